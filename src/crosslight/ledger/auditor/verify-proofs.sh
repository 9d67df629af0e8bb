#!/bin/sh
# Checks proofs of ledger entries without Crosslight: with sha256sum, openssl 3 and jq, and with
# awk, sed, od and what else every POSIX system has.
#
#   sh verify.sh FOLDER [LOG_VKEY]     a folder of proofs, as a court gets it
#   sh verify.sh FILE.tlog-proof LOG_VKEY     one receipt
#
# LOG_VKEY   a file with the ledger's public key as you got it by another way
#
# Ends with status 0 and a line OK, or with status 1 and a line FAIL; 2: it could not begin.

set -u
LC_ALL=C
export LC_ALL
DASH=$(printf '\342\200\224')

# A stranger chose names and texts: nothing of them may steer the terminal.
say() { printf '%s\n' "$*" | tr -cd '\012\040-\176' >&2; }
unable() { say "verify.sh: $*"; exit 2; }
die() { say "FAIL: $*"; exit 1; }

[ $# -ge 1 ] && [ $# -le 2 ] || unable 'name the folder or the receipt, then the key'
for tool in sha256sum openssl jq awk od sed cmp mktemp; do
    command -v "$tool" >/dev/null || unable "$tool is not installed"
done
held=${2-}
[ -z "$held" ] || [ -f "$held" ] || unable "there is no file $held"
work=$(mktemp -d) || unable 'no folder for temporary files'
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

hex() { od -An -v -tx1 "$1" | tr -d ' \n'; }
bytes_in() { wc -c <"$1" | tr -d ' '; }

# base64 TEXT FILE: the bytes behind TEXT; only the one spelling that encoding gives is taken.
base64() {
    printf '%s' "$1" | openssl base64 -d -A >"$2" 2>/dev/null || return 1
    [ "$(openssl base64 -A <"$2")" = "$1" ]
}

# read_key FILE: sets name and id, and writes $work/key.der.
read_key() {
    vkey=$(cat "$1") || return 1
    name=${vkey%%+*}
    rest=${vkey#*+}
    id=${rest%%+*}
    base64 "${rest#*+}" "$work/key.raw" || return 1
    [ "$(bytes_in "$work/key.raw")" -eq 33 ] || return 1
    case $(hex "$work/key.raw") in 01*) ;; *) return 1 ;; esac
    case $name in '' | *[[:space:]]*) return 1 ;; esac
    printf '%s\n' "$name" | cat - "$work/key.raw" >"$work/key.named"
    [ "$(sha256sum <"$work/key.named" | cut -c 1-8)" = "$id" ] || return 1
    # An Ed25519 key as openssl reads it (RFC 8410): this head, then the 32 bytes.
    printf '\060\052\060\005\006\003\053\145\160\003\041\000' >"$work/key.der"
    tail -c 32 "$work/key.raw" >>"$work/key.der"
}

# check_note: the checkpoint in $work/note is signed by the key that was read; sets size and root.
check_note() {
    [ "$(tail -c 1 "$work/note" | od -An -tx1 | tr -d ' ')" = 0a ] || die "$what: its last line has no end"
    gap=$(awk '$0 == "" { gap = NR } END { print gap + 0 }' "$work/note")
    [ "$gap" -ge 4 ] || die "$what: its checkpoint does not have three lines and signatures"
    head -n $((gap - 1)) "$work/note" >"$work/text"
    tail -n +$((gap + 1)) "$work/note" >"$work/lines"
    grep -q '^$' "$work/text" && die "$what: an empty line in its checkpoint"
    [ "$(sed -n 1p "$work/text")" = "$name" ] || die "$what: its checkpoint is of another ledger than the key"
    size=$(sed -n 2p "$work/text")
    case $size in '' | 0* | *[!0-9]* | ????????????*) die "$what: the size is no number" ;; esac
    base64 "$(sed -n 3p "$work/text")" "$work/root" || die "$what: the root is not base64"
    [ "$(bytes_in "$work/root")" -eq 32 ] || die "$what: the root is not a SHA-256 hash"
    found=0
    while IFS= read -r line; do
        rest=${line#"$DASH "}
        signer=${rest%% *}
        [ "$line" = "$DASH $signer ${rest#* }" ] || die "$what: a signature line is malformed"
        base64 "${rest#* }" "$work/blob" || die "$what: a signature is not base64"
        [ "$signer" = "$name" ] || continue
        [ "$(hex "$work/blob" | cut -c 1-8)" = "$id" ] || continue
        [ "$(bytes_in "$work/blob")" -eq 68 ] || die "$what: the signature has the wrong length"
        tail -c 64 "$work/blob" >"$work/sig"
        openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key.der" -rawin \
            -in "$work/text" -sigfile "$work/sig" >/dev/null 2>&1 ||
            die "$what: the signature of its checkpoint is false"
        found=1
    done <"$work/lines"
    [ "$found" -eq 1 ] || die "$what: its checkpoint is not signed with the key"
}

# join LEFT RIGHT: the hash of two hashes takes the place of $work/hash.
join() {
    { printf '\001' && cat "$1" "$2"; } | openssl dgst -sha256 -binary >"$work/joined" ||
        die 'a hash was not made'
    mv "$work/joined" "$work/hash" || die 'no room for temporary files'
}

# check_proof FILE: the entry in it is in the tree that its checkpoint signs (RFC 9162, 2.1.3.2).
check_proof() {
    what=$(basename "$1")
    [ "$(sed -n 1p "$1")" = 'c2sp.org/tlog-proof@v1' ] || die "$what: this is no proof"
    cut=$(awk '$0 == "" { print NR; exit }' "$1")
    [ -n "$cut" ] || die "$what: it has no checkpoint"
    head -n $((cut - 1)) "$1" >"$work/head"
    tail -n +$((cut + 1)) "$1" >"$work/note"
    line=$(sed -n 2p "$work/head")
    case $line in 'extra '*) ;; *) die "$what: it does not carry its entry" ;; esac
    base64 "${line#extra }" "$work/entry" || die "$what: its entry is not base64"
    index=$(sed -n 3p "$work/head")
    index=${index#index }
    case $index in '' | 0?* | *[!0-9]* | ????????????*) die "$what: it does not say which entry it is of" ;; esac
    check_note
    [ "$index" -lt "$size" ] || die "$what: the entry is beyond what was signed"
    { printf '\000' && cat "$work/entry"; } | openssl dgst -sha256 -binary >"$work/hash" ||
        die 'a hash was not made'
    tail -n +4 "$work/head" >"$work/path"
    node=$index
    last=$((size - 1))
    while IFS= read -r step; do
        base64 "$step" "$work/step" || die "$what: a hash is not base64"
        [ "$(bytes_in "$work/step")" -eq 32 ] || die "$what: a hash has the wrong length"
        [ "$last" -gt 0 ] || die "$what: the proof is too long"
        if [ $((node % 2)) -eq 1 ] || [ "$node" -eq "$last" ]; then
            join "$work/step" "$work/hash"
            while [ $((node % 2)) -eq 0 ] && [ "$node" -ne 0 ]; do
                node=$((node / 2))
                last=$((last / 2))
            done
        else
            join "$work/hash" "$work/step"
        fi
        node=$((node / 2))
        last=$((last / 2))
    done <"$work/path"
    [ "$last" -eq 0 ] || die "$what: the proof is too short"
    cmp -s "$work/hash" "$work/root" || die "$what: the entry is not number $index of what was signed"
    jq -cS . "$work/entry" >"$work/canonical" 2>/dev/null || die "$what: its entry is not JSON"
    [ "$(cat "$work/canonical")" = "$(cat "$work/entry")" ] || die "$what: its entry is not canonical JSON"
}

tell() {
    jq -r --arg index "$index" '"\($index)  \(.ts)  \(.act)  by \(.actor)\(
        if .just == "" then "" else "  for \(.just)" end)\(
        if .rcpt == [] then "" else "  to \(.rcpt | join(", "))" end)  \(.out)"' "$work/entry" |
        tr -cd '\012\040-\176'
}

if [ -f "$1" ]; then
    [ -n "$held" ] || unable 'name the key of the ledger, too: without it a receipt proves nothing'
    read_key "$held" || unable "$held holds no key of a ledger"
    check_proof "$1"
    tell
    printf 'OK: entry %s of %s is one of the %s entries that were signed.\n' "$index" "$name" "$size"
    exit 0
fi

dir=$(CDPATH='' cd -- "$1" 2>/dev/null && pwd) || unable "there is nothing at $1"
[ -z "$(find "$dir" ! -type d ! -type f)" ] || die 'the folder holds something that is no file'
[ -f "$dir/keys/log.vkey" ] && read_key "$dir/keys/log.vkey" || die 'keys/log.vkey holds no ledger key'
printf '%s\n' "$vkey" | cmp -s - "$dir/keys/log.vkey" || die 'keys/log.vkey is not one line'
if [ -n "$held" ]; then
    [ "$(cat "$held")" = "$vkey" ] || die 'the enclosed key is not the key that you hold'
fi

# The files: those that are listed and no other, each with its digest, and none of a strange name.
(cd "$dir" && find . -type f) | sed 's|^\./||' | sort >"$work/found"
grep -qvE '^(README\.txt|SHA256SUMS|keys/log\.vkey|object\.txt|verify\.sh|entries/[0-9]{12}\.tlog-proof)$' \
    "$work/found" && die 'a file does not belong here'
[ -f "$dir/SHA256SUMS" ] || die 'SHA256SUMS is missing'
grep -qvE '^[0-9a-f]{64}  [A-Za-z0-9./-]+$' "$dir/SHA256SUMS" && die 'SHA256SUMS: a malformed line'
cut -c 67- "$dir/SHA256SUMS" >"$work/listed"
grep -v '^SHA256SUMS$' "$work/found" | cmp -s - "$work/listed" || die 'SHA256SUMS is not of these files'
(cd "$dir" && sha256sum --strict --quiet -c SHA256SUMS) >/dev/null 2>&1 ||
    die 'a file does not match its line in SHA256SUMS'
for needed in README.txt object.txt verify.sh; do
    [ -f "$dir/$needed" ] || die "$needed is missing"
done
object=$(cat "$dir/object.txt")
printf '%s\n' "$object" | cmp -s - "$dir/object.txt" || die 'object.txt is not one line'

count=0
for proof in "$dir"/entries/*.tlog-proof; do
    [ -f "$proof" ] || die 'there is no proof in it'
    check_proof "$proof"
    [ "$what" = "$(printf '%012d' "$index").tlog-proof" ] || die "$what: it is the proof of entry $index"
    jq -e --arg object "$object" '.obj | type == "array" and index($object) != null' \
        "$work/entry" >/dev/null 2>&1 || die "$what: its entry does not name $object"
    if [ "$count" -eq 0 ]; then
        cp "$work/note" "$work/first" || die 'no room for temporary files'
    fi
    cmp -s "$work/note" "$work/first" || die "$what: it is under another checkpoint than the first"
    tell
    count=$((count + 1))
done
printf 'OK: %s entries of %s name %s, each proven among the %s that were signed.\n' \
    "$count" "$name" "$object" "$size"
if [ -z "$held" ]; then
    echo 'You named no key, so this shows that nothing was damaged, not who signed it.'
fi
