#!/bin/sh
# Checks an unpacked Crosslight evidence package without Crosslight.
#
#   sh verify-package.sh FOLDER [--require STEP] [KEY.pem ...]
#
# FOLDER is what the .osint.zip was unpacked into. Each KEY.pem is a public key (Ed25519, PEM) that
# you got another way than with the package: every statement must then be signed by one of them.
# --require names a step, such as intake, that must be among the statements. It may be repeated.
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

usage="Usage: sh verify-package.sh FOLDER [--require STEP] [KEY.pem ...]"
[ $# -ge 1 ] || stop "$usage"
for tool in base64 cmp cut find grep jq openssl sed sha256sum sort stat; do
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

trusted=
required=
while [ $# -gt 0 ]; do
  if [ "$1" = --require ]; then
    [ $# -ge 2 ] || stop "$usage"
    required="$required $2"
    shift 2
    continue
  fi
  openssl pkey -pubin -in "$1" -outform DER -out "$work/der" 2>/dev/null ||
    stop "$1 is not a public key in PEM."
  [ "$(stat -c %s "$work/der")" -eq 44 ] || stop "$1 is not an Ed25519 key."
  [ "$(head -c 12 "$work/der" | base64)" = MCowBQYDK2VwAyEA ] || stop "$1 is not an Ed25519 key."
  tail -c 32 "$work/der" >"$work/raw"
  trusted="$trusted $(fingerprint "$work/raw") "
  shift
done
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
if grep -Evx "$object|$statement|$fixed" "$work/files" >&2; then
  die "layout: the files above do not belong here"
fi
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
for file in signatures/*; do
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
echo "The package $package holds."
