"""Which files a package has, and under which names. There are no others."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime

from crosslight.core.evidence.packages.faults import PackageFault, shown

SUFFIX = ".osint.zip"
# Names of formats, not addresses: nothing is ever fetched from there.
PROFILE = "https://crosslight.example/bagit/osint-package/1"
CUSTODY = "https://crosslight.example/custody/v1"

INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
DESCRIPTION = "metadata/package.json"
OBJECTS = "data/objects/"
SIGNATURES = "signatures/"

PACKAGE_ID = re.compile(r"pkg_[0-9a-hjkmnp-tv-z]{26}")
SHA256 = re.compile(r"[0-9a-f]{64}")
OBJECT = re.compile(r"data/objects/[0-9]{4}(\.[a-z0-9]{1,16})?")
STATEMENT = re.compile(r"signatures/([0-9]{4})-([a-z]+)\.dsse\.json")
# A ledger's proof that it recorded a step, beside that step's statement.
RECEIPT = re.compile(r"signatures/([0-9]{4}-[a-z]+)\.tlog-proof")
# From one authority after another: .tsr, .2.tsr, .3.tsr …
STAMP = re.compile(r"signatures/tagmanifest-sha256\.txt(?:\.([2-9]))?\.tsr")
MOST_STAMPS = 9
_FIXED = frozenset({"bagit.txt", INFO, MANIFEST, TAG_MANIFEST, DESCRIPTION})
_KINDS = (OBJECT, STATEMENT, RECEIPT, STAMP)


def object_path(number: int, *, suffix: str) -> str:
    """`suffix` is kept where it is plain; the rest of a file's own name may betray a person."""
    path = f"{OBJECTS}{number:04}{suffix.lower()}"
    return path if OBJECT.fullmatch(path) else f"{OBJECTS}{number:04}"


def statement_path(number: int, *, step: str) -> str:
    return f"{SIGNATURES}{number:04}-{step}.dsse.json"


def receipt_path(number: int, *, step: str) -> str:
    return f"{SIGNATURES}{number:04}-{step}.tlog-proof"


def stamp_path(number: int) -> str:
    return f"{SIGNATURES}{TAG_MANIFEST}{'' if number == 1 else f'.{number}'}.tsr"


def statements_in(names: Collection[str]) -> list[str]:
    return sorted(filter(STATEMENT.fullmatch, names))


def receipts_in(names: Collection[str]) -> list[str]:
    return sorted(filter(RECEIPT.fullmatch, names))


def stamps_in(names: Collection[str]) -> list[str]:
    """In the order in which they were added."""
    return [path for path in map(stamp_path, range(1, MOST_STAMPS + 1)) if path in names]


def statement_of(receipt: str) -> str:
    """The path of the statement that the receipt of this name stands beside."""
    return f"{receipt.removesuffix('.tlog-proof')}.dsse.json"


def check_names(names: Collection[str]) -> None:
    for name in sorted(names):
        if name == "fetch.txt":
            raise PackageFault("fetch.txt asks to load files from elsewhere, which is forbidden.")
        if name not in _FIXED and not any(kind.fullmatch(name) for kind in _KINDS):
            raise PackageFault(f"{shown(name)} is not a file that packages have.")
    for name in sorted(_FIXED - set(names)):
        raise PackageFault(f"{name} is missing.")
    for name in receipts_in(names):
        if statement_of(name) not in names:
            raise PackageFault(f"{name} stands beside no statement.")
    stamps = set(filter(STAMP.fullmatch, names))
    if stamps != {stamp_path(number) for number in range(1, len(stamps) + 1)}:
        raise PackageFault("The time stamps are not numbered one after the other.")


def bag_info(package: str, *, created: datetime, size: int, count: int) -> bytes:
    """No names and nothing of the case: this file is what archives show to everyone."""
    lines = (
        f"BagIt-Profile-Identifier: {PROFILE}",
        f"External-Identifier: {package}",
        f"Bagging-Date: {created:%Y-%m-%d}",
        f"Payload-Oxum: {size}.{count}",
    )
    return "".join(f"{line}\n" for line in lines).encode()
