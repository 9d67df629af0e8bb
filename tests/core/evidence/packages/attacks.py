"""Tampered packages, as what an unpacked folder holds, for our verifier and for the script.

Each is a case with the files, who is trusted, and the check that refuses it in the verifier and in
the script. `signed` ones are signed by the trusted contributor: what refuses them is the rule and
not the signature.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.custody import Step, sign
from crosslight.core.evidence.packages.verification import Check, Expectations
from tests.core.evidence.packages.making import (
    CAPTURE,
    CONTRIBUTOR,
    INTAKE,
    PLATFORM,
    STRANGER,
    files_of,
    manifest_of,
    received,
    signed_again,
    sound,
    statement,
    trusting,
    with_manifests,
)

Files = Mapping[str, bytes]
PHOTO = "data/objects/0002.jpg"
ADVERT = "data/objects/0001.wacz"
BOTH = trusting(CONTRIBUTOR, PLATFORM)
HASH = "0" * 64


@dataclass(frozen=True)
class Case:
    """`script` begins the line with which the auditor's script refuses it."""

    files: Files
    refused_by: Check
    script: str
    expected: Expectations = BOTH


def changed(name: str, change: Callable[[bytes], bytes]) -> dict[str, bytes]:
    files = files_of(received())
    return files | {name: change(files[name])}


def flipped(content: bytes) -> bytes:
    return content[:7] + bytes([content[7] ^ 1]) + content[8:]


def without(name: str) -> dict[str, bytes]:
    return {path: content for path, content in files_of(received()).items() if path != name}


def resealed(files: Files) -> dict[str, bytes]:
    """The lists under metadata stay as they are; the rest is signed for by the contributor."""
    tags = {
        name: content
        for name, content in files.items()
        if not name.startswith(("data/", "signatures/", "tagmanifest"))
    }
    files = {name: files[name] for name in files if not name.startswith("signatures/")}
    files[layout.TAG_MANIFEST] = manifest_of(tags, "")
    return files | {CAPTURE: sign(statement(files, Step.CAPTURE, after=None), key=CONTRIBUTOR)}


def with_line(line: str) -> dict[str, bytes]:
    """The manifest lists something more, sorted in, and is signed for."""
    files = files_of(sound())
    lines = [*files[layout.MANIFEST].decode().splitlines(), line]
    lines.sort(key=lambda each: each[66:])
    return resealed(files | {layout.MANIFEST: "".join(f"{each}\n" for each in lines).encode()})


def stranger_in_the_chain() -> dict[str, bytes]:
    files = files_of(sound())
    return files | {INTAKE: sign(statement(files, Step.INTAKE, after=CAPTURE), key=STRANGER)}


def second_without_first() -> dict[str, bytes]:
    files = without(CAPTURE)
    return {name.replace("0002-", "0001-"): content for name, content in files.items()}


def forged_info(content: bytes) -> bytes:
    return content.replace(b"2026-11-21", b"2025-11-21")


# The eleven of the design, A to K. Traversal, duplicates and case live in a list here; how a ZIP
# itself tells such lies is in test_archive.
ELEVEN: dict[str, Case] = {
    "A bit flip": Case(changed(PHOTO, flipped), Check.CONTENT, "content"),
    "B extra payload": Case(
        files_of(received()) | {"data/objects/0003.bin": b"planted"}, Check.MANIFESTS, "manifest"
    ),
    "C extra tag file": Case(
        files_of(received()) | {"metadata/evil.exe": b"MZ"}, Check.LAYOUT, "layout"
    ),
    "D forged bag-info": Case(changed(layout.INFO, forged_info), Check.TAG_FILES, "tag files"),
    "E dropped intake signature": Case(
        without(INTAKE),
        Check.SIGNERS,
        "signers",
        trusting(CONTRIBUTOR, PLATFORM, steps=[Step.INTAKE]),
    ),
    "E dropped first signature": Case(without(CAPTURE), Check.CUSTODY, "custody"),
    "E dropped first, renumbered": Case(second_without_first(), Check.CUSTODY, "custody"),
    "F untrusted signer": Case(signed_again(files_of(sound())), Check.SIGNERS, "signers"),
    "F untrusted signer at the end": Case(stranger_in_the_chain(), Check.SIGNERS, "signers"),
    "G traversal": Case(with_line(f"{HASH}  data/objects/../../x"), Check.MANIFESTS, "manifest"),
    "H duplicate": Case(with_line(f"{HASH}  {PHOTO}"), Check.MANIFESTS, "manifest"),
    "I case collision": Case(
        signed_again(
            files_of(sound()) | {"data/objects/0002.JPG": b"the other one"}, key=CONTRIBUTOR
        ),
        Check.ARCHIVE,
        "layout",
    ),
    "J fetch.txt": Case(
        resealed(files_of(sound()) | {"fetch.txt": b"https://example.org/x - data/objects/x\n"}),
        Check.LAYOUT,
        "layout",
    ),
    "K object removed, lists rewritten": Case(
        with_manifests(without(PHOTO)), Check.DESCRIPTION, "description"
    ),
    "K object removed, all rewritten but the signature": Case(
        with_manifests(
            files_of(sound())
            | {
                "metadata/package.json": files_of(sound())["metadata/package.json"].replace(
                    b'"size":660', b'"size":661'
                ),
                PHOTO: files_of(sound())[PHOTO] + b"!",
            }
        ),
        Check.DESCRIPTION,
        "description",
    ),
}

# What bagit-python takes for valid, and what it refuses, in our profile (table 2.1 of the design).
TABLE_2_1: dict[str, Case] = {
    "a listed path far outside": Case(
        with_line(f"{HASH}  ../../etc/hostname"), Check.MANIFESTS, "manifest"
    ),
    "an absolute listed path": Case(with_line(f"{HASH}  /etc/hostname"), Check.MANIFESTS, "mani"),
    "a listed path at home": Case(with_line(f"{HASH}  ~/x"), Check.MANIFESTS, "manifest"),
    "a sibling with the same prefix": Case(
        with_line(f"{HASH}  ../b3-evil/x"), Check.MANIFESTS, "manifest"
    ),
    "fetch.txt into a sibling": Case(
        resealed(files_of(sound()) | {"fetch.txt": b"https://example.org/x - ../b3-evil/x\n"}),
        Check.LAYOUT,
        "layout",
    ),
    "fetch.txt from inside our network": Case(
        resealed(
            files_of(sound())
            | {"fetch.txt": b"http://169.254.169.254/x - data/objects/0001.wacz\n"}
        ),
        Check.LAYOUT,
        "layout",
    ),
    "an MD5 manifest alone": Case(
        {
            "manifest-md5.txt" if name == layout.MANIFEST else name: content
            for name, content in files_of(received()).items()
        },
        Check.LAYOUT,
        "layout",
    ),
    "an MD5 manifest beside": Case(
        resealed(files_of(sound()) | {"manifest-md5.txt": b""}), Check.LAYOUT, "layout"
    ),
    "bag-info forged, no tag manifest": Case(
        {
            name: content
            for name, content in changed(layout.INFO, forged_info).items()
            if name != layout.TAG_MANIFEST
        },
        Check.LAYOUT,
        "layout",
    ),
    "an unlisted file at the top": Case(
        files_of(received()) | {"evil.exe": b"MZ"}, Check.LAYOUT, "layout"
    ),
    "a manifest line without a path": Case(with_line(HASH), Check.MANIFESTS, "manifest"),
    "a manifest line without a hash": Case(
        with_line("x" * 64 + f"  {PHOTO}"), Check.MANIFESTS, "manifest"
    ),
    "a manifest that is not sorted": Case(
        resealed(
            files_of(sound())
            | {
                layout.MANIFEST: b"".join(
                    reversed(files_of(sound())[layout.MANIFEST].splitlines(keepends=True))
                )
            }
        ),
        Check.MANIFESTS,
        "manifest",
    ),
    "another bagit.txt": Case(
        resealed(
            files_of(sound())
            | {"bagit.txt": b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"}
        ),
        Check.MANIFESTS,
        "layout",
    ),
}
ATTACKS = ELEVEN | TABLE_2_1
