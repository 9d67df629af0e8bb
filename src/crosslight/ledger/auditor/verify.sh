#!/bin/sh
# Checks an exported ledger without Crosslight: with sha256sum, openssl 3 and jq, and with awk, od,
# sed and what else every POSIX system has. README.txt beside this file says what it means.
#
#   sh verify.sh FOLDER [LOG_VKEY [K WITNESS_VKEY...]]
#
# FOLDER        one shard of a ledger, or all of them, each in a folder of its year
# LOG_VKEY      a file with the ledger's public key as you got it by another way than FOLDER
# K WITNESS...  at least K of these witnesses, each a file with a public key, must have cosigned
#
# TSA_ROOT and TSA_POLICY in the environment: a file with the root certificates (PEM) of the time
# stamping authorities that you believe, and their policies (OIDs, separated by spaces). Without
# them, time stamps are checked against the roots that lie in FOLDER.
#
# Ends with status 0 and a line OK, or with status 1 and a line FAIL; 2: it could not begin.

set -u
LC_ALL=C
# Names that a configuration gives to policies would hide their numbers.
OPENSSL_CONF=/dev/null
export LC_ALL OPENSSL_CONF
# The acts that a ledger may hold, each with its class (Directive (EU) 2016/680, article 25).
ACTS='@ACTS@'
DASH=$(printf '\342\200\224')

# A stranger chose names and texts in the folder: nothing of them may steer the terminal.
say() { printf '%s\n' "$*" | tr -cd '\012\040-\176' >&2; }
unable() { say "verify.sh: $*"; exit 2; }
die() { say "FAIL: $*"; exit 1; }

[ $# -ge 1 ] || unable 'name the folder: sh verify.sh FOLDER [LOG_VKEY [K WITNESS_VKEY...]]'
for tool in sha256sum openssl jq awk od sed cmp mktemp xargs; do
    command -v "$tool" >/dev/null || unable "$tool is not installed"
done
dir=$(CDPATH='' cd -- "$1" 2>/dev/null && pwd) || unable "there is no folder $1"
held=${2-}
[ -z "$held" ] || [ -f "$held" ] || unable "there is no file $held"
least=${3-0}
case $least in '' | *[!0-9]*) unable "$least is no number of witnesses" ;; esac
if [ $# -ge 3 ]; then
    shift 3
    [ "$least" -ge 1 ] && [ "$least" -le $# ] || unable "asked for $least of $# witnesses"
else
    shift $#
fi
work=$(mktemp -d) || unable 'no folder for temporary files'
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# A ledger of several years: every shard by itself, and each opened on the last state of the one
# before it. What is compared is handed over in a file, a line each: origin, size, root, "closed"
# or "open"; the origin, size and root on which the shard was opened; its first and last key.
years=$(for year in "$dir"/[0-9][0-9][0-9][0-9]; do
    [ ! -d "$year" ] || [ -z "$(find "$year" ! -type d)" ] || echo "${year##*/}"
done)
if [ ! -e "$dir/checkpoint" ] && [ -n "$years" ]; then
    [ -z "$(find "$dir" ! -type d ! -type f)" ] || die 'the folder holds something that is no file'
    for year in $years; do newest=$year; done
    { printf '%s\n' $years && printf '%s\n' README.txt verify.sh; } | sort >"$work/expected"
    (cd "$dir" && find . -mindepth 1 -maxdepth 1 \( ! -type d -o ! -empty \)) |
        sed 's|^\./||' | sort >"$work/found"
    cmp -s "$work/expected" "$work/found" || die 'something is missing or too many beside the years'
    for shared in README.txt verify.sh; do
        cmp -s "$dir/$shared" "$dir/$newest/$shared" || die "$shared is not that of the newest shard"
    done
    : >"$work/said"
    : >"$work/before"
    shards=0
    for year in $years; do
        : >"$work/facts"
        if [ "$least" -gt 0 ]; then
            VERIFY_FACTS=$work/facts sh "$0" "$dir/$year" "$held" "$least" "$@"
        else
            VERIFY_FACTS=$work/facts sh "$0" "$dir/$year" ${held:+"$held"}
        fi >>"$work/said"
        status=$?
        [ "$status" -eq 0 ] || exit "$status"
        origin=$(sed -n 1p "$work/facts")
        [ "${origin##*/audit/}" = "$year" ] || die "the shard $year is of another year"
        if [ -s "$work/before" ]; then
            sed -n 1,3p "$work/before" >"$work/last"
            sed -n 5,7p "$work/facts" | cmp -s - "$work/last" ||
                die "the shard $year was not opened on the last state of the one before it"
            [ "$(sed -n 4p "$work/before")" = closed ] || die "the shard before $year was never closed"
            [ "$(sed -n 9p "$work/before")" = "$(sed -n 8p "$work/facts")" ] ||
                die "the shard $year begins with another key than the one before it ended"
        fi
        cp "$work/facts" "$work/before" || die 'no room for temporary files'
        shards=$((shards + 1))
    done
    cat "$work/said"
    echo "OK: $shards shards, each opened on the last state of the one before it."
    exit 0
fi

hex() { od -An -v -tx1 "$1" | tr -d ' \n'; }
bytes_in() { wc -c <"$1" | tr -d ' '; }
lines_in() { wc -l <"$1" | tr -d ' '; }

# base64 TEXT FILE: the bytes behind TEXT; only the one spelling that encoding gives is taken.
base64() {
    printf '%s' "$1" | openssl base64 -d -A >"$2" 2>/dev/null || return 1
    [ "$(openssl base64 -A <"$2")" = "$1" ]
}

# read_key FILE TYPE: sets name and id, and writes $work/key.der.
read_key() {
    vkey=$(cat "$1") || return 1
    name=${vkey%%+*}
    rest=${vkey#*+}
    id=${rest%%+*}
    base64 "${rest#*+}" "$work/key.raw" || return 1
    [ "$(bytes_in "$work/key.raw")" -eq 33 ] || return 1
    case $(hex "$work/key.raw") in "$2"*) ;; *) return 1 ;; esac
    case $name in '' | *[[:space:]]*) return 1 ;; esac
    printf '%s\n' "$name" | cat - "$work/key.raw" >"$work/key.named"
    [ "$(sha256sum <"$work/key.named" | cut -c 1-8)" = "$id" ] || return 1
    # An Ed25519 key as openssl reads it (RFC 8410): this head, then the 32 bytes.
    printf '\060\052\060\005\006\003\053\145\160\003\041\000' >"$work/key.der"
    tail -c 32 "$work/key.raw" >>"$work/key.der"
}

# key_name: the key that was read, under the name that all shards of its ledger have in common.
key_name() {
    tail -c 32 "$work/key.raw" >"$work/key.public"
    printf '%s %s\n' "${name%/audit/????}" "$(hex "$work/key.public")"
}

# signed_by_key MESSAGE: does the signature in $work/blob.sig belong to the file MESSAGE?
signed_by_key() {
    openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key.der" -rawin \
        -in "$1" -sigfile "$work/blob.sig" >/dev/null 2>&1
}

# check_signatures BYTES: every line of the key that was read must hold; sets found to their number.
check_signatures() {
    found=0
    while IFS= read -r line; do
        rest=${line#"$DASH "}
        signer=${rest%% *}
        [ "$line" = "$DASH $signer ${rest#* }" ] || die 'checkpoint: a signature line is malformed'
        case $signer in '' | *+*) die 'checkpoint: a signature line names nobody' ;; esac
        base64 "${rest#* }" "$work/blob" || die "checkpoint: the line of $signer is not base64"
        [ "$(bytes_in "$work/blob")" -gt 4 ] || die "checkpoint: the line of $signer is empty"
        [ "$signer" = "$name" ] || continue
        [ "$(hex "$work/blob" | cut -c 1-8)" = "$id" ] || continue
        [ "$(bytes_in "$work/blob")" -eq $((4 + $1)) ] ||
            die "checkpoint: the signature of $name has the wrong length"
        tail -c 64 "$work/blob" >"$work/blob.sig"
        cp "$work/text" "$work/message" || die 'no room for temporary files'
        [ "$1" -eq 64 ] || cosigned_message || die "the cosignature of $name bears no time"
        signed_by_key "$work/message" || die "checkpoint: the signature of $name is false"
        found=$((found + 1))
    done <"$work/lines"
}

cosigned_message() {
    time=$(hex "$work/blob" | cut -c 9-24)
    case $time in 0000000000000000 | [89a-f]*) return 1 ;; esac
    printf 'cosignature/v1\ntime %s\n' $((0x$time)) | cat - "$work/text" >"$work/message"
}

# 1. Only plain files: a link or a pipe could show one thing now and another later.
[ -z "$(find "$dir" ! -type d ! -type f)" ] || die 'the folder holds something that is no file'

# 2. The key. One that you hold may bear the name of another year's shard.
if [ -n "$held" ]; then
    read_key "$held" 01 || die 'the key in the export is not the key that you hold'
    held_key=$(key_name)
fi
[ -f "$dir/keys/log.vkey" ] || die 'keys/log.vkey is missing'
read_key "$dir/keys/log.vkey" 01 || die 'keys/log.vkey holds no ledger key'
printf '%s\n' "$vkey" | cmp -s - "$dir/keys/log.vkey" || die 'keys/log.vkey is not one line'
log_vkey=$vkey
log_id=$id
last_key=$(key_name)

# 3. The checkpoint: text, an empty line, lines with signatures.
[ -f "$dir/checkpoint" ] || die 'checkpoint is missing'
[ "$(tr -d '\012\040-\176\200-\377' <"$dir/checkpoint" | wc -c)" -eq 0 ] ||
    die 'checkpoint: control characters'
[ "$(tail -c 1 "$dir/checkpoint" | od -An -tx1 | tr -d ' ')" = 0a ] ||
    die 'checkpoint: the last line has no end'
gap=$(awk '$0 == "" { gap = NR } END { print gap + 0 }' "$dir/checkpoint")
[ "$gap" -ge 4 ] || die 'checkpoint: it does not have three lines and signatures'
head -n $((gap - 1)) "$dir/checkpoint" >"$work/text"
tail -n +$((gap + 1)) "$dir/checkpoint" >"$work/lines"
grep -q '^$' "$work/text" && die 'checkpoint: an empty line'
signatures=$(lines_in "$work/lines")
[ "$signatures" -ge 1 ] && [ "$signatures" -le 64 ] || die 'checkpoint: no signatures, or too many'
origin=$(sed -n 1p "$work/text")
size=$(sed -n 2p "$work/text")
case $size in '' | 0* | *[!0-9]* | ????????????*) die 'checkpoint: the size is no number' ;; esac
base64 "$(sed -n 3p "$work/text")" "$work/root" || die 'checkpoint: the root is not base64'
[ "$(bytes_in "$work/root")" -eq 32 ] || die 'checkpoint: the root is not a SHA-256 hash'
[ "$origin" = "$name" ] || die 'the checkpoint is of another ledger than its key'
check_signatures 64
[ "$found" -ge 1 ] || die 'the checkpoint is not signed with the key of the ledger'

# 4. The witnesses.
cosigned=0
: >"$work/witnesses"
for witness; do
    [ -f "$witness" ] && read_key "$witness" 04 || unable "$witness holds no key of a witness"
    grep -q "^$(hex "$work/key.der")$" "$work/witnesses" && unable "$witness is named twice"
    printf '%s\n' "$(hex "$work/key.der")" >>"$work/witnesses"
    check_signatures 72
    [ "$found" -eq 0 ] || cosigned=$((cosigned + 1))
done
[ "$cosigned" -ge "$least" ] || die "$cosigned witnesses cosigned, and you ask for $least"

# 5. The files: those of a ledger of this size and no other, each with its digest.
[ "$(find "$dir/tile/entries" -type f 2>/dev/null | wc -l)" -eq $(((size + 255) / 256)) ] ||
    die 'tile/entries does not have the bundles of as many entries as were signed'
awk -v size="$size" '
function path(kind, number, width,    text) {
    text = sprintf("%03d", number % 1000)
    while ((number = int(number / 1000)) > 0) text = sprintf("x%03d/", number % 1000) text
    return "tile/" kind "/" text (width == 256 ? "" : ".p/" width)
}
function pieces(kind, count,    number, width) {
    for (number = 0; number * 256 < count; number++) {
        width = count - number * 256
        if (width > 256) width = 256
        print kind, width, path(kind, number, width)
    }
}
BEGIN {
    pieces("entries", size)
    for (level = 0; size > 0; level++) { pieces(level, size); size = int(size / 256) }
}' >"$work/pieces" || die 'the list of files could not be made'
stamps=$(find "$dir/tsr" -type f -name '[1-9]*.tsr' 2>/dev/null | sed 's|.*/||; s|\.tsr$||' | sort -n)
for stamp in $stamps; do
    case $stamp in *[!0-9]* | ????????????????*) die 'tsr: a file bears no size' ;; esac
    [ "$stamp" -le "$size" ] || die "tsr/$stamp.tsr is of a state that the ledger has not reached"
done
{
    cut -d ' ' -f 3 "$work/pieces"
    printf '%s\n' README.txt keys/log.vkey verify.sh
    [ -z "$stamps" ] || printf '%s\n' keys/tsa.pem keys/tsa.policies
    for stamp in $stamps; do echo "tsr/$stamp.tsr"; done
} | sort >"$work/listed"
printf '%s\n' SHA256SUMS checkpoint | sort - "$work/listed" >"$work/expected"
(cd "$dir" && find . ! -type d) | sed 's|^\./||' | sort >"$work/found"
cmp -s "$work/expected" "$work/found" ||
    die "a file is missing or too many: $(diff "$work/expected" "$work/found" | sed -n 2p)"
grep -qvE '^[0-9a-f]{64}  [A-Za-z0-9./]+$' "$dir/SHA256SUMS" && die 'SHA256SUMS: a malformed line'
cut -c 67- "$dir/SHA256SUMS" | cmp -s - "$work/listed" || die 'SHA256SUMS is not of these files'
(cd "$dir" && sha256sum --strict --quiet -c SHA256SUMS) >/dev/null 2>&1 ||
    die 'a file does not match its line in SHA256SUMS'

# 6. The entries, one a line. Each lies in its bundle behind its length in two bytes, and holds
# visible ASCII only.
: >"$work/entries"
while read -r kind width path; do
    [ "$kind" = entries ] || continue
    od -An -v -tu1 "$dir/$path" | awk -v want="$width" '
    function bad() { failed = 1; exit 1 }
    {
        for (i = 1; i <= NF; i++) {
            if (state == 0) { left = $i * 256; state = 1 }
            else if (state == 1) {
                left += $i
                state = 2
                if (left == 0 || left > 16384) bad()
            } else {
                if ($i < 33 || $i > 126) bad()
                printf "%c", $i + 0
                if (--left == 0) { printf "\n"; state = 0; count++ }
            }
        }
    }
    END { if (failed || state != 0 || count != want) exit 1 }' >>"$work/entries" ||
        die "$path: an entry is cut off, missing, too many or holds what no entry may hold"
done <"$work/pieces"
[ "$(lines_in "$work/entries")" -eq "$size" ] || die 'there are not as many entries as were signed'

# 7. What an entry may say. Fields are in order, so the last one is "v"; numbers have one spelling.
grep -qv '"v":1}$' "$work/entries" && die 'an entry is of another version'
sed -n 1p "$work/entries" | grep -qE '"prev_size":(null|0|[1-9][0-9]{0,15}),' ||
    die 'entry 0 does not open a ledger'
jq -cS . "$work/entries" >"$work/canonical" 2>/dev/null || die 'an entry is not JSON'
cmp -s "$work/entries" "$work/canonical" || die 'an entry is not canonical JSON'
jq -n --arg origin "$origin" --argjson acts "$ACTS" '
def spelled(pattern): type == "string" and test("\\A(?:" + pattern + ")\\z");
def maybe(rule): . == null or rule;
def each(rule): type == "array" and all(.[]; rule);
def id: spelled("[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}|[a-z][a-z0-9_]{1,15}:[A-Za-z0-9_.-]{1,64}");
def code: spelled("[!-~]{0,64}");
def digest: spelled("[0-9a-f]{64}");
def origin: spelled("[a-z0-9.:-]{1,100}/audit/[0-9]{4}");
def moment: spelled("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z")
    and (.[0:19] + "Z" | . == (try (fromdateiso8601 | todate) catch ""));
def fields: ["act", "actor", "app", "auth", "basis", "class", "id", "just", "obj", "org", "out",
    "pc", "rcpt", "ref", "role", "ts", "unit", "v"];
def opening: ["origin", "prev_origin", "prev_root", "prev_size"];
def exchange: ["new_key", "new_sig", "old_key", "old_sig"];
def key: spelled("[a-z0-9.:-]{1,100}/audit/[0-9]{4}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}");
def signature: spelled("[A-Za-z0-9+/]{86}==");
def sound(first): type == "object"
    and keys == (fields + (if first then opening elif .act == "key.rotated" then exchange
        else [] end) | sort)
    and (.act == "log.opened") == first
    and $acts[.act | strings] == .class and .class != null
    and (.id | id and startswith("led_")) and (.ts | moment) and (.actor | id)
    and (.org | maybe(id)) and (.unit | maybe(id))
    and (.role | each(code)) and (.obj | each(id)) and (.rcpt | each(id))
    and (.just | code) and (.ref | code) and (.basis | code) and (.auth | code) and (.app | code)
    and (.out | spelled("ok|denied:[!-~]{1,64}")) and (.pc | maybe(digest))
    and (.just != "" or (.class != "consult" and .class != "disclose"))
    and (.act == "act.refused") == (.out | startswith("denied:"))
    and ((first | not) or (.origin == $origin and (.origin | origin)
        and (.prev_origin | maybe(origin)) and (.prev_root | maybe(digest))))
    and (.act != "key.rotated" or ((.old_key | key) and (.new_key | key)
        and (.old_sig | signature) and (.new_sig | signature)));
reduce inputs as $entry ({index: 0, ts: "", closed: false};
    (.index == 0) as $first
    | if .closed then error("entry \(.index) stands behind the closing of the ledger") else . end
    | if ($entry | sound($first)) | not then error("entry \(.index) breaks a rule of entries")
      elif $entry.ts < .ts then error("entry \(.index) is older than the one before it")
      else {index: (.index + 1), ts: $entry.ts, closed: ($entry.act == "log.closed")} end)
' "$work/entries" >/dev/null 2>"$work/said" || die "$(sed 's/^jq: error ([^)]*): //; q' "$work/said")"

# 8. The keys: where the ledger exchanged one, the old and the new one signed that.
# field NAME: of the entry in $work/entry.
field() { jq -r ".$1" "$work/entry"; }

# signed_exchange KEY SIGNATURE: did KEY sign the exchange in $work/message?
signed_exchange() {
    printf '%s\n' "$1" >"$work/vkey"
    read_key "$work/vkey" 01 && [ "$name" = "$origin" ] && base64 "$2" "$work/blob.sig" &&
        [ "$(bytes_in "$work/blob.sig")" -eq 64 ] && signed_by_key "$work/message"
}

first_key=
before=
: >"$work/keys"
grep -n '^{"act":"key.rotated",' "$work/entries" | cut -d : -f 1 >"$work/exchanges"
while read -r line; do
    index=$((line - 1))
    sed -n "${line}p" "$work/entries" >"$work/entry"
    old=$(field old_key)
    new=$(field new_key)
    [ -z "$before" ] || [ "$before" = "$old" ] || die "entry $index exchanges a key not in use there"
    [ "$old" != "$new" ] || die "entry $index exchanges a key for itself"
    printf 'crosslight/key-rotation/v1\n%s\n%s\n%s\n%s\n' "$origin" "$index" "$old" "$new" \
        >"$work/message"
    signed_exchange "$new" "$(field new_sig)" || die "entry $index: the new key did not sign it"
    signed_exchange "$old" "$(field old_sig)" || die "entry $index: the old key did not sign it"
    first_key=${first_key:-$(key_name)}
    key_name >>"$work/keys"
    before=$new
done <"$work/exchanges"
[ -z "$before" ] || [ "$before" = "$log_vkey" ] ||
    die 'the ledger is signed with another key than it last took'
first_key=${first_key:-$last_key}
printf '%s\n' "$last_key" >>"$work/keys"
if [ -n "$held" ]; then
    grep -Fqx "$held_key" "$work/keys" || die 'the key in the export is not the key that you hold'
fi

# 9. The tree (RFC 6962): hash every entry, then pairs of hashes, up to the root. An odd one at the
# end goes up as it is. Of every eighth row the tiles hold the first hashes.
# hash_all: the digests of the files in $work/nodes, in the order of their names.
hash_all() {
    (cd "$work/nodes" && find . -type f | sort | xargs sha256sum) | cut -c 1-64
    rm -rf "$work/nodes"
}

# raw_of HEX: the bytes.
raw_of() {
    printf '%b' "$(awk -v text="$1" 'BEGIN {
        for (i = 0; i < 256; i++) octal[sprintf("%02x", i)] = sprintf("\\0%03o", i)
        for (at = 1; at < length(text); at += 2) out = out octal[substr(text, at, 2)]
        print out
    }')"
}

# check_tiles LEVEL COUNT: the tiles of LEVEL hold the first COUNT lines of $work/row.
check_tiles() {
    : >"$work/tiles"
    while read -r kind width path; do
        [ "$kind" = "$1" ] || continue
        [ "$(bytes_in "$dir/$path")" -eq $((32 * width)) ] || die "$path has the wrong length"
        { hex "$dir/$path" | fold -w 64 && echo; } >>"$work/tiles"
    done <"$work/pieces"
    head -n "$2" "$work/row" | cmp -s - "$work/tiles" ||
        die "the tiles of level $1 do not follow from the entries"
}

# halve: the row above $work/row takes its place.
halve() {
    : >"$work/odd"
    awk -v odd="$work/odd" '
    BEGIN { for (i = 0; i < 256; i++) octal[sprintf("%02x", i)] = sprintf("\\0%03o", i) }
    function spelled(text,    at, out) {
        for (at = 1; at < 64; at += 2) out = out octal[substr(text, at, 2)]
        return out
    }
    NR % 2 { left = $0; next }
    { print "\\0001" spelled(left) spelled($0) }
    END { if (NR % 2) print left >odd }' "$work/row" >"$work/pairs" || die 'a row was not halved'
    mkdir "$work/nodes" || die 'no room for temporary files'
    node=1000000000
    while read -r pair; do
        printf '%b' "$pair" >"$work/nodes/$node" || die 'no room for temporary files'
        node=$((node + 1))
    done <"$work/pairs"
    hash_all >"$work/row"
    [ "$(lines_in "$work/row")" -eq "$(lines_in "$work/pairs")" ] || die 'a hash was not made'
    cat "$work/odd" >>"$work/row"
}

mkdir "$work/nodes" || die 'no room for temporary files'
node=1000000000
while IFS= read -r entry; do
    printf '\000%s' "$entry" >"$work/nodes/$node" || die 'no room for temporary files'
    node=$((node + 1))
done <"$work/entries"
hash_all >"$work/row"
[ "$(lines_in "$work/row")" -eq "$size" ] || die 'a hash was not made'
height=0
whole=$size
while :; do
    if [ $((height % 8)) -eq 0 ]; then
        [ "$whole" -eq 0 ] || check_tiles $((height / 8)) "$whole"
        whole=$((whole / 256))
    fi
    # A stamped state of the ledger is made of whole subtrees, one for each bit of its size.
    for stamp in $stamps; do
        [ $(((stamp >> height) & 1)) -eq 0 ] ||
            sed -n "$((stamp >> height))p" "$work/row" >>"$work/stamp.$stamp"
    done
    [ "$(lines_in "$work/row")" -gt 1 ] || break
    halve
    height=$((height + 1))
done
[ "$(cat "$work/row")" = "$(hex "$work/root")" ] || die 'the root of the entries is not the signed one'

root=$(cat "$work/row")

# 10. The time stamps (RFC 3161), each on the text of the checkpoint at its size.
if [ -n "$stamps" ]; then
    roots=${TSA_ROOT:-$dir/keys/tsa.pem}
    policies=${TSA_POLICY:-$(cat "$dir/keys/tsa.policies")}
fi
for stamp in $stamps; do
    answer=$dir/tsr/$stamp.tsr
    sed -n 1p "$work/stamp.$stamp" >"$work/sum"
    sed 1d "$work/stamp.$stamp" >"$work/larger"
    while read -r left; do
        { echo "$left"; cat "$work/sum"; } >"$work/row"
        halve
        cp "$work/row" "$work/sum" || die 'no room for temporary files'
    done <"$work/larger"
    raw_of "$(cat "$work/sum")" >"$work/sum.raw"
    printf '%s\n%s\n%s\n' "$origin" "$stamp" "$(openssl base64 -A <"$work/sum.raw")" >"$work/stamped"
    # The answer and nothing behind it: its outermost head says how long it is.
    length=$(openssl asn1parse -inform DER -in "$answer" 2>/dev/null |
        sed -n '1s/^ *0:d=0 *hl=\([0-9]*\) *l= *\([0-9]*\) .*/\1 + \2/p')
    [ -n "$length" ] && [ $(($length)) -eq "$(bytes_in "$answer")" ] ||
        die "tsr/$stamp.tsr is cut off, too long or no answer of an authority"
    openssl ts -reply -in "$answer" -text >"$work/answer" 2>/dev/null ||
        die "tsr/$stamp.tsr is no answer of an authority"
    policy=$(sed -n 's/^Policy OID: //p' "$work/answer")
    printf '%s\n' $policies | grep -Fqx "$policy" || die "tsr/$stamp.tsr is under another policy"
    time=$(date -u -d "$(sed -n 's/^Time stamp: //p' "$work/answer")" +%s 2>/dev/null) ||
        die "tsr/$stamp.tsr bears no time"
    openssl ts -verify -data "$work/stamped" -in "$answer" -CAfile "$roots" -attime "$time" \
        >/dev/null 2>&1 || die "tsr/$stamp.tsr does not hold"
    last=$(sed -n "${stamp}p" "$work/entries" | jq -r '.ts[0:19] + "Z" | fromdateiso8601')
    [ "$time" -ge "$last" ] || die "tsr/$stamp.tsr was made before the last entry that it covers"
done

if [ -n "${VERIFY_FACTS-}" ]; then
    printf '%s\n' "$origin" "$size" "$root" >"$VERIFY_FACTS"
    case $(sed -n '$p' "$work/entries") in
        '{"act":"log.closed",'*) echo closed ;;
        *) echo open ;;
    esac >>"$VERIFY_FACTS"
    sed -n 1p "$work/entries" | jq -r '.prev_origin, .prev_size, .prev_root' >>"$VERIFY_FACTS"
    printf '%s\n' "$first_key" "$last_key" >>"$VERIFY_FACTS"
fi

printf 'OK: %s entries of %s, root %s.\n' "$size" "$origin" "$root"
[ -z "$stamps" ] || printf 'Stamped by an authority up to %s entries.\n' "$stamp"
[ -z "$stamps" ] || [ -n "${TSA_ROOT-}" ] ||
    echo 'You named no authority (TSA_ROOT, TSA_POLICY), so this says nothing about whose stamps these are.'
if [ -z "$held" ]; then
    echo 'You named no key, so this shows that nothing was damaged, not who signed it.'
fi
[ "$least" -eq 0 ] || echo "$cosigned of the witnesses that you named cosigned it."
