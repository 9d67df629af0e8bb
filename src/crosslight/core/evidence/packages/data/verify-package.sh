#!/bin/sh
# Checks an unpacked Crosslight evidence package without Crosslight.
#
#   sh verify-package.sh FOLDER [--require STEP] [--tsa-root ROOT.pem] [--tsa-policy OID]
#      [--ledger LOG.vkey] [--witness WITNESS.vkey] [--quorum K] [KEY.pem ...]
#
# FOLDER is what the .osint.zip was unpacked into. Each KEY.pem is a public key (Ed25519, PEM) that
# you got another way than with the package: every statement must then be signed by one of them.
# --require names a step, such as intake, that must be among the statements. It may be repeated.
# --tsa-root names the root certificate of a time-stamp authority (more than one may be named), and
# --tsa-policy the policy that it stamps under: then there must be a time stamp, and each must hold.
# --ledger names the public key of a ledger: then there must be a receipt, and each must hold, with
# the cosignatures of K of the witnesses that --witness names.
# Needs sh, coreutils, diffutils, findutils, grep, sed, openssl 3 and jq. Writes nothing into
# FOLDER, and loads nothing from a network. Status 0: everything holds. Status 1: the line with
# FAIL says what does not. Status 2: it could not begin.
#
# Every check ends in "|| die": "set -e" alone does not stop at a failed command before "&&".
set -eu
LC_ALL=C
CDPATH=
export LC_ALL CDPATH
umask 077

die() { echo "FAIL $*" >&2; exit 1; }
stop() { echo "$*" >&2; exit 2; }
ok() { echo "OK   $*"; }

usage="Usage: sh verify-package.sh FOLDER [--require STEP] [--tsa-root ROOT.pem] \
[--tsa-policy OID] [--ledger LOG.vkey] [--witness WITNESS.vkey] [--quorum K] [KEY.pem ...]"
[ $# -ge 1 ] || stop "$usage"
for tool in base64 cmp cut date find grep jq od openssl sed sha256sum sort stat; do
  command -v "$tool" >/dev/null || stop "$tool is needed and not installed."
done
folder=$1
shift
work=$(mktemp -d) || stop "No temporary folder can be made."
trap 'rm -rf "$work"' EXIT

# The fingerprint of a raw public key in a file: sha256: and half of its SHA-256.
fingerprint() { printf 'sha256:%s' "$(sha256sum <"$1" | cut -c1-32)"; }

# One JSON text without blanks, names sorted and not repeated: RFC 8785 for what packages hold.
is_plain_json() {
  { cat "$1" && echo; } >"$work/line" || return 1
  jq -cS . "$1" 2>/dev/null | cmp -s - "$work/line" || return 1
}

# Decodes the base64 text at place $1 of the JSON in $2 into file $3, if it is written in the one
# way that encoding gives. Never through $(...), which drops line ends.
decode() {
  jq -j "$1" "$2" >"$work/text" 2>/dev/null || return 1
  base64 -d <"$work/text" >"$3" 2>/dev/null || return 1
  base64 -w 0 <"$3" | cmp -s - "$work/text" || return 1
}

# unbase64 TEXT FILE: the bytes behind TEXT, if it is written in the one way that encoding gives.
unbase64() {
  printf '%s' "$1" | base64 -d >"$2" 2>/dev/null || return 1
  [ "$(base64 -w 0 <"$2")" = "$1" ] || return 1
}

hex() { od -An -v -tx1 "$1" | tr -d ' \n'; }

# read_vkey FILE TYPE NAME: a public key as ledgers and witnesses write it (C2SP signed-note) goes
# to NAME.name, NAME.id and NAME.der.
read_vkey() {
  vkey=$(cat "$1") || return 1
  rest=${vkey#*+}
  case ${vkey%%+*} in '' | *[[:space:]]*) return 1 ;; esac
  unbase64 "${rest#*+}" "$work/vkey" || return 1
  [ "$(stat -c %s "$work/vkey")" -eq 33 ] || return 1
  case $(hex "$work/vkey") in "$2"*) ;; *) return 1 ;; esac
  printf '%s\n' "${vkey%%+*}" | cat - "$work/vkey" >"$work/vkey.named" || return 1
  [ "$(sha256sum <"$work/vkey.named" | cut -c1-8)" = "${rest%%+*}" ] || return 1
  printf '%s' "${vkey%%+*}" >"$3.name"
  printf '%s' "${rest%%+*}" >"$3.id"
  printf '\060\052\060\005\006\003\053\145\160\003\041\000' >"$3.der"
  tail -c 32 "$work/vkey" >>"$3.der"
}

trusted=
required=
policies=' '
roots=
ledger=
quorum=0
witnesses=0
while [ $# -gt 0 ]; do
  case $1 in
    --*)
      [ $# -ge 2 ] || stop "$usage"
      case $1 in
        --require) required="$required $2" ;;
        --tsa-root)
          openssl x509 -in "$2" -noout 2>/dev/null || stop "$2 is not a certificate in PEM."
          cat "$2" >>"$work/roots.pem" && echo >>"$work/roots.pem"
          roots=yes
          ;;
        --tsa-policy) policies="$policies$2 " ;;
        --ledger)
          read_vkey "$2" 01 "$work/ledger" || stop "$2 holds no public key of a ledger."
          ledger=yes
          ;;
        --witness)
          read_vkey "$2" 04 "$work/witness-$witnesses" ||
            stop "$2 holds no public key of a witness."
          for other in "$work"/witness-*.der; do
            [ "$other" = "$work/witness-$witnesses.der" ] ||
              ! cmp -s "$other" "$work/witness-$witnesses.der" || stop "$2 is named twice."
          done
          witnesses=$((witnesses + 1))
          ;;
        --quorum)
          case $2 in '' | *[!0-9]* | ???*) stop "$2 is not a number of witnesses." ;; esac
          quorum=$2
          ;;
        *) stop "$usage" ;;
      esac
      shift 2
      continue
      ;;
  esac
  openssl pkey -pubin -in "$1" -outform DER -out "$work/der" 2>/dev/null ||
    stop "$1 is not a public key in PEM."
  [ "$(stat -c %s "$work/der")" -eq 44 ] || stop "$1 is not an Ed25519 key."
  [ "$(head -c 12 "$work/der" | base64)" = MCowBQYDK2VwAyEA ] || stop "$1 is not an Ed25519 key."
  tail -c 32 "$work/der" >"$work/raw"
  trusted="$trusted $(fingerprint "$work/raw") "
  shift
done
[ "$quorum" -le "$witnesses" ] || stop "$quorum of $witnesses witnesses cannot be."
[ "$witnesses" -eq 0 ] || [ -n "$ledger" ] || stop "Witnesses are of a ledger: name it with --ledger."
cd "$folder" 2>/dev/null || stop "$folder is not a folder that can be opened."

# 1. Only plain files, with the names that packages have.
[ ! -e fetch.txt ] || die "layout: fetch.txt is forbidden"
[ -z "$(find . ! -type f ! -type d)" ] || die "layout: there is a link or a device"
[ -z "$(find . -name '*[!A-Za-z0-9._-]*')" ] || die "layout: there is a name that packages have not"
find . -type d | sort >"$work/folders" || die "layout: the folder cannot be read"
printf '%s\n' . ./data ./data/objects ./metadata ./signatures | cmp -s - "$work/folders" ||
  die "layout: a folder is missing, or does not belong here"
find . -type f | cut -c3- | sort >"$work/files" || die "layout: the folder cannot be read"
object='data/objects/[0-9]{4}(\.[a-z0-9]{1,16})?'
statement='signatures/[0-9]{4}-[a-z]+\.dsse\.json'
fixed='bagit\.txt|bag-info\.txt|(tag)?manifest-sha256\.txt|metadata/package\.json'
receipt='signatures/[0-9]{4}-[a-z]+\.tlog-proof'
stamp='signatures/tagmanifest-sha256\.txt(\.[2-9])?\.tsr'
if grep -Evx "$object|$statement|$receipt|$stamp|$fixed" "$work/files" >&2; then
  die "layout: the files above do not belong here"
fi
for file in signatures/*.tlog-proof; do
  [ ! -f "$file" ] || [ -f "${file%.tlog-proof}.dsse.json" ] ||
    die "layout: $file stands beside no statement"
done
stamped=0
while [ "$stamped" -lt 9 ]; do
  file=signatures/tagmanifest-sha256.txt.$((stamped + 1)).tsr
  [ "$stamped" -gt 0 ] || file=signatures/tagmanifest-sha256.txt.tsr
  [ -f "$file" ] || break
  stamped=$((stamped + 1))
done
[ "$(grep -c '\.tsr$' "$work/files")" -eq "$stamped" ] ||
  die "layout: the time stamps are not numbered one after the other"
for file in bagit.txt bag-info.txt manifest-sha256.txt tagmanifest-sha256.txt \
  metadata/package.json; do
  [ -f "$file" ] || die "layout: $file is missing"
done
printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' | cmp -s - bagit.txt ||
  die "layout: bagit.txt is not that of BagIt 1.0"
ok "layout: the files of a package, and no others"

# 2. The manifest lists what is there, and only that.
if grep -aEvxq "[0-9a-f]{64}  $object" manifest-sha256.txt; then
  die "manifest: a line is not a hash and a path"
fi
sort -t ' ' -k 3 -u manifest-sha256.txt | cmp -s - manifest-sha256.txt ||
  die "manifest: not sorted, or a path is there twice"
cut -c67- manifest-sha256.txt >"$work/listed"
find data -type f | sort | cmp -s - "$work/listed" ||
  die "manifest: a file is not listed, or not there"
ok "manifest: lists every file"

# 3. The content.
sha256sum --strict --quiet -c manifest-sha256.txt >&2 || die "content: a file was changed"
ok "content: every hash holds"

# 4. The lists themselves, and the description.
printf '%s\n' bag-info.txt bagit.txt manifest-sha256.txt metadata/package.json >"$work/tags"
cut -c67- tagmanifest-sha256.txt | cmp -s - "$work/tags" ||
  die "tag files: tagmanifest-sha256.txt lists others than it must"
sha256sum --strict --quiet -c tagmanifest-sha256.txt >&2 || die "tag files: a file was changed"
sed 's/ .*//' tagmanifest-sha256.txt | paste -d '#' - "$work/tags" | sed 's/#/  /' |
  cmp -s - tagmanifest-sha256.txt || die "tag files: tagmanifest-sha256.txt is not written plainly"
ok "tag files: every hash holds"

is_plain_json metadata/package.json || die "description: not one plain JSON object"
jq -e '.schema == "osint-package/1" and (.items | type == "array")
  and keys == ["contributor", "created", "id", "items", "legal_basis", "purpose_code", "schema",
    "sensitivity"]
  and (.contributor | test("\\A([a-z]{3}_[0-9a-hjkmnp-tv-z]{26}|sha256:[0-9a-f]{32})\\z"))
  and (.created | fromdateiso8601 | todateiso8601) == .created
  and all(.items[]; .role == "original" or .role == "capture" or .role == "derived")
  and (.id | test("\\Apkg_[0-9a-hjkmnp-tv-z]{26}\\z"))' metadata/package.json >/dev/null 2>&1 ||
  die "description: not of the schema osint-package/1"
jq -r '.items[] | "\(.sha256)  \(.path)"' metadata/package.json |
  cmp -s - manifest-sha256.txt || die "description: other files than in the manifest"
stat -c '%s %n' data/objects/* >"$work/sizes" || die "description: the content cannot be read"
jq -r '.items[] | "\(.size) \(.path)"' metadata/package.json |
  cmp -s - "$work/sizes" || die "description: other sizes than the files have"
package=$(jq -r .id metadata/package.json) || die "description: no identifier"
created=$(jq -r .created metadata/package.json) || die "description: no time"
oxum=$(jq -r '"\(.items | map(.size) | add).\(.items | length)"' metadata/package.json) ||
  die "description: no sizes"
printf '%s\n' \
  "BagIt-Profile-Identifier: https://crosslight.example/bagit/osint-package/1" \
  "External-Identifier: $package" "Bagging-Date: ${created%%T*}" "Payload-Oxum: $oxum" |
  cmp -s - bag-info.txt || die "description: bag-info.txt says something else"
ok "description: is about these files"

# 5. Custody: each statement is signed, about these lists, and follows the one before it.
subject=$(sha256sum <tagmanifest-sha256.txt | cut -c1-64)
previous=null
last=
steps=' '
number=0
for file in signatures/*.dsse.json; do
  [ -f "$file" ] || die "custody: nobody signed this package"
  number=$((number + 1))
  step=${file#signatures/????-}
  step=${step%.dsse.json}
  [ "$file" = "$(printf 'signatures/%04d-%s.dsse.json' "$number" "$step")" ] ||
    die "custody: statement $number is missing"
  case $number-$step in
    1-capture | 1-receive) ;;
    1-* | *-capture | *-receive) die "custody: capture or receive comes first, and once" ;;
    *-intake | *-validate | *-transfer | *-disclose | *-restrict) ;;
    *) die "custody: $step is not a step" ;;
  esac
  is_plain_json "$file" || die "custody: $file is not one plain JSON object"
  jq -e '(keys == ["payload", "payloadType", "signatures"])
    and .payloadType == "application/vnd.in-toto+json"
    and (.signatures | length == 1) and (.signatures[0] | keys == ["keyid", "sig"])' \
    "$file" >/dev/null 2>&1 || die "custody: $file is not a DSSE envelope with one signature"
  decode .payload "$file" "$work/payload" || die "custody: $file has no payload"
  decode '.signatures[0].sig' "$file" "$work/sig" || die "custody: $file has no signature"
  is_plain_json "$work/payload" || die "custody: $file holds no statement"
  jq -e --arg subject "$subject" --arg package "$package" --arg step "$step" \
    --arg previous "$previous" --arg last "$last" '
    ._type == "https://in-toto.io/Statement/v1"
    and .predicateType == "https://crosslight.example/custody/v1"
    and .subject == [{"name": "tagmanifest-sha256.txt", "digest": {"sha256": $subject}}]
    and .predicate.package == $package and .predicate.step == $step
    and keys == ["_type", "predicate", "predicateType", "subject"]
    and (.predicate | keys - ["note_code", "result"])
      == ["actor", "key", "package", "prev", "step", "time", "tool"]
    and .predicate.prev == (if $previous == "null" then null else $previous end)
    and (.predicate.actor | test("\\A([a-z]{3}_[0-9a-hjkmnp-tv-z]{26}|sha256:[0-9a-f]{32})\\z"))
    and (.predicate.tool | keys - ["settings_sha256"] == ["name", "version"]
      and all(.name, .version; test("\\A[A-Za-z0-9][A-Za-z0-9._+-]{0,63}\\z"))
      and (has("settings_sha256") | not or (.settings_sha256 | test("\\A[0-9a-f]{64}\\z"))))
    and (.predicate | to_entries | map(select(.key == "note_code" or .key == "result"))
      | all(.value | test("\\A[a-z][a-z0-9_]{0,47}\\z")))
    and (.predicate.time | fromdateiso8601 | todateiso8601) == .predicate.time
    and .predicate.time >= $last' "$work/payload" >/dev/null 2>&1 ||
    die "custody: $file is about something else, or does not follow the statement before it"
  decode .predicate.key "$work/payload" "$work/raw" || die "custody: $file holds no key"
  [ "$(stat -c %s "$work/raw")" -eq 32 ] || die "custody: $file holds no Ed25519 key"
  signer=$(fingerprint "$work/raw")
  jq -e --arg signer "$signer" '.signatures[0].keyid == $signer' "$file" >/dev/null ||
    die "custody: $file is signed under another key id"
  printf -- '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA%s\n-----END PUBLIC KEY-----\n' \
    "$(base64 -w 0 <"$work/raw")" >"$work/key.pem"
  printf 'DSSEv1 28 application/vnd.in-toto+json %s ' "$(stat -c %s "$work/payload")" >"$work/pae"
  cat "$work/payload" >>"$work/pae"
  openssl pkeyutl -verify -pubin -inkey "$work/key.pem" -rawin -in "$work/pae" \
    -sigfile "$work/sig" >/dev/null 2>&1 || die "custody: the signature of $file does not hold"
  if [ -n "$trusted" ]; then
    case $trusted in
      *" $signer "*) ;;
      *) die "signers: $file is signed by $signer, which is none of your keys" ;;
    esac
  fi
  steps="$steps$step "
  last=$(jq -r .predicate.time "$work/payload")
  previous=$(sha256sum <"$file" | cut -c1-64)
  echo "     $last $step, signed by $signer"
done
ok "custody: a chain of $number, each signed and bound to the one before it"
for step in $required; do
  case $steps in
    *" $step "*) ;;
    *) die "signers: there is no statement for the step $step" ;;
  esac
done
if [ -n "$trusted" ]; then
  ok "signers: every statement is signed by one of your keys"
else
  echo "NOTE no key was given: this shows that nothing was changed since, not who signed"
fi

# 6. Time stamps of RFC 3161, each over tagmanifest-sha256.txt. The authority's certificate must
# have been valid then, not today.
number=0
while [ "$number" -lt "$stamped" ]; do
  number=$((number + 1))
  file=signatures/tagmanifest-sha256.txt.$number.tsr
  [ "$number" -gt 1 ] || file=signatures/tagmanifest-sha256.txt.tsr
  [ "$(stat -c %s "$file")" -le 65536 ] || die "time stamps: $file is too large"
  openssl ts -reply -in "$file" -out "$work/again" >/dev/null 2>&1 ||
    die "time stamps: $file is not a time-stamp response in DER"
  cmp -s "$file" "$work/again" || die "time stamps: $file is not one response in DER"
  openssl ts -reply -in "$file" -text >"$work/reply" 2>/dev/null ||
    die "time stamps: $file cannot be read"
  grep -qx 'Status: Granted\.' "$work/reply" || die "time stamps: $file was not granted"
  algorithm=$(sed -n 's/^Hash Algorithm: //p' "$work/reply")
  case $algorithm in
    sha256 | sha384 | sha512) ;;
    *) die "time stamps: $file is not over a SHA-2 hash" ;;
  esac
  sed -n 's/^    [0-9a-f]\{4\} - \(.\{47\}\).*/\1/p' "$work/reply" | tr -d ' \n-' >"$work/imprint"
  [ "$(cat "$work/imprint")" = "$("${algorithm}sum" <tagmanifest-sha256.txt | cut -d ' ' -f 1)" ] ||
    die "time stamps: $file is of other bytes than these"
  at=$(sed -n 's/^Time stamp: //p' "$work/reply" | sed 's/\.[0-9]*//')
  policy=$(sed -n 's/^Policy OID: //p' "$work/reply")
  if [ -n "$roots" ]; then
    seconds=$(date -u -d "$at" +%s) || die "time stamps: $file has no time"
    openssl ts -verify -data tagmanifest-sha256.txt -in "$file" -CAfile "$work/roots.pem" \
      -attime "$seconds" >/dev/null 2>&1 ||
      die "time stamps: $file is of no authority whose root you trust"
    case $policies in
      ' ' | *" $policy "*) ;;
      *) die "time stamps: $file was made under the policy $policy, not yours" ;;
    esac
  fi
  echo "     $at, policy $policy"
done
if [ -n "$roots" ]; then
  [ "$stamped" -gt 0 ] || die "time stamps: there is none, and you asked for one"
  ok "time stamps: $stamped, each of an authority whose root you trust"
elif [ "$stamped" -gt 0 ]; then
  echo "NOTE no root was given: who made the time stamp was not checked"
fi

# 7. Receipts: a ledger recorded a step. The entry names this tagmanifest-sha256.txt, hashes lead
# from it up to a root (RFC 6962), and the ledger signed the root, perhaps with witnesses.

# signed_by KEY BYTES: each line of the checkpoint that is of KEY must hold; found counts them.
signed_by() {
  found=0
  name=$(cat "$1.name")
  while IFS= read -r line; do
    rest=${line#"$dash "}
    signer=${rest%% *}
    [ "$line" = "$dash $signer ${rest#* }" ] || die "receipts: $file: a signature line is malformed"
    case $signer in '' | *+*) die "receipts: $file: a signature line names nobody" ;; esac
    unbase64 "${rest#* }" "$work/blob" || die "receipts: $file: a signature is not base64"
    [ "$(stat -c %s "$work/blob")" -gt 4 ] || die "receipts: $file: a signature is empty"
    [ "$signer" = "$name" ] && [ "$(hex "$work/blob" | cut -c1-8)" = "$(cat "$1.id")" ] || continue
    [ "$(stat -c %s "$work/blob")" -eq $((4 + $2)) ] ||
      die "receipts: $file: the signature of $name has the wrong length"
    tail -c 64 "$work/blob" >"$work/sig"
    cp "$work/note" "$work/message"
    if [ "$2" -eq 72 ]; then
      time=$(hex "$work/blob" | cut -c9-24)
      case $time in 0000000000000000 | [89a-f]*) die "receipts: a cosignature bears no time" ;; esac
      printf 'cosignature/v1\ntime %s\n' $((0x$time)) | cat - "$work/note" >"$work/message"
    fi
    openssl pkeyutl -verify -pubin -keyform DER -inkey "$1.der" -rawin -in "$work/message" \
      -sigfile "$work/sig" >/dev/null 2>&1 || die "receipts: $file: the signature of $name is false"
    found=$((found + 1))
  done <"$work/signatures"
}

# node LEFT RIGHT: the hash of a pair goes to $work/hash.
node() {
  { printf '\001' && cat "$1" "$2"; } >"$work/pair" || die "No room for temporary files."
  openssl dgst -sha256 -binary -out "$work/hash" "$work/pair" || die "receipts: no hash was made"
}

dash=$(printf '\342\200\224')
receipts=0
for file in signatures/*.tlog-proof; do
  [ -f "$file" ] || break
  receipts=$((receipts + 1))
  [ "$(stat -c %s "$file")" -le 131072 ] || die "receipts: $file is too large"
  [ "$(tr -d '\012\040-\176\200-\377' <"$file" | wc -c)" -eq 0 ] ||
    die "receipts: $file holds control characters"
  [ "$(tail -c 1 "$file" | od -An -tx1 | tr -d ' ')" = 0a ] || die "receipts: $file has no end"
  gap=$(grep -n '^$' "$file" | sed 's/:.*//')
  [ "$(echo "$gap" | wc -w)" -eq 2 ] || die "receipts: $file does not have its three parts"
  head -n $((${gap%%[!0-9]*} - 1)) "$file" >"$work/proof"
  tail -n +$((${gap%%[!0-9]*} + 1)) "$file" >"$work/rest"
  gap=$(grep -n '^$' "$work/rest" | sed 's/:.*//')
  head -n $((gap - 1)) "$work/rest" >"$work/note"
  tail -n +$((gap + 1)) "$work/rest" >"$work/signatures"
  [ "$(wc -l <"$work/signatures")" -ge 1 ] && [ "$(wc -l <"$work/signatures")" -le 64 ] ||
    die "receipts: $file: no signatures, or too many"
  [ "$(wc -l <"$work/note")" -ge 3 ] || die "receipts: $file: no checkpoint"
  while IFS= read -r line; do
    case ${line#"$dash "} in
      "$line" | ' '* | '') die "receipts: $file: a signature line is malformed" ;;
    esac
  done <"$work/signatures"

  [ "$(sed -n 1p "$work/proof")" = c2sp.org/tlog-proof@v1 ] || die "receipts: $file is no receipt"
  line=$(sed -n 2p "$work/proof")
  [ "${line#extra }" != "$line" ] || die "receipts: $file does not carry its entry"
  unbase64 "${line#extra }" "$work/entry" || die "receipts: $file: the entry is not base64"
  is_plain_json "$work/entry" || die "receipts: $file: the entry is not one plain JSON object"
  jq -e --arg subject "sha256:$subject" '(.obj | type == "array") and any(.obj[]; . == $subject)
    and (.act | test("\\A[a-z_.]+\\z")) and (.ts | test("\\A[0-9T:.Z-]+\\z"))' "$work/entry" \
    >/dev/null 2>&1 || die "receipts: $file is of an entry that does not name this package"
  line=$(sed -n 3p "$work/proof")
  index=${line#index }
  case $index in
    "$line" | '' | *[!0-9]* | ???????????????????* | 0?*) die "receipts: $file: no index" ;;
  esac
  size=$(sed -n 2p "$work/note")
  case $size in
    '' | *[!0-9]* | ???????????????????* | 0*) die "receipts: $file: the ledger has no size" ;;
  esac
  [ "$index" -lt "$size" ] || die "receipts: $file: the ledger has no such entry"
  unbase64 "$(sed -n 3p "$work/note")" "$work/root" || die "receipts: $file: no root"

  { printf '\000' && cat "$work/entry"; } >"$work/pair" || die "No room for temporary files."
  openssl dgst -sha256 -binary -out "$work/hash" "$work/pair" || die "receipts: no hash was made"
  place=$index
  last_place=$((size - 1))
  tail -n +4 "$work/proof" >"$work/hashes"
  while IFS= read -r line; do
    unbase64 "$line" "$work/other" || die "receipts: $file: a hash is not base64"
    [ "$(stat -c %s "$work/other")" -eq 32 ] || die "receipts: $file: a hash has the wrong length"
    [ "$last_place" -gt 0 ] || die "receipts: $file has more hashes than lead to the root"
    cp "$work/hash" "$work/below"
    if [ $((place % 2)) -eq 1 ] || [ "$place" -eq "$last_place" ]; then
      node "$work/other" "$work/below"
      while [ $((place % 2)) -eq 0 ] && [ "$place" -gt 0 ]; do
        place=$((place / 2))
        last_place=$((last_place / 2))
      done
    else
      node "$work/below" "$work/other"
    fi
    place=$((place / 2))
    last_place=$((last_place / 2))
  done <"$work/hashes"
  [ "$last_place" -eq 0 ] && cmp -s "$work/hash" "$work/root" ||
    die "receipts: $file: the entry is not in the ledger as it was signed"

  if [ -n "$ledger" ]; then
    [ "$(sed -n 1p "$work/note")" = "$(cat "$work/ledger.name")" ] ||
      die "receipts: $file is of another ledger than yours"
    signed_by "$work/ledger" 64
    [ "$found" -ge 1 ] || die "receipts: $file is not signed with the key of your ledger"
    cosigned=0
    number=0
    while [ "$number" -lt "$witnesses" ]; do
      signed_by "$work/witness-$number" 72
      [ "$found" -eq 0 ] || cosigned=$((cosigned + 1))
      number=$((number + 1))
    done
    [ "$cosigned" -ge "$quorum" ] ||
      die "receipts: $cosigned witnesses cosigned $file, and you ask for $quorum"
  fi
  echo "     $(jq -r .ts "$work/entry") $(jq -r .act "$work/entry"), entry $index of $size"
done
if [ -n "$ledger" ]; then
  [ "$receipts" -gt 0 ] || die "receipts: there is none, and you asked for one"
  ok "receipts: $receipts, each under the key of your ledger"
elif [ "$receipts" -gt 0 ]; then
  echo "NOTE no ledger was named: who signed the receipt was not checked"
fi
echo "The package $package holds."
