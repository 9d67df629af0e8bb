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
_FIXED = frozenset({"bagit.txt", INFO, MANIFEST, TAG_MANIFEST, DESCRIPTION})


def object_path(number: int, *, suffix: str) -> str:
    """`suffix` is kept where it is plain; the rest of a file's own name may betray a person."""
    path = f"{OBJECTS}{number:04}{suffix.lower()}"
    return path if OBJECT.fullmatch(path) else f"{OBJECTS}{number:04}"


def statement_path(number: int, *, step: str) -> str:
    return f"{SIGNATURES}{number:04}-{step}.dsse.json"


def check_names(names: Collection[str]) -> None:
    for name in sorted(names):
        if name == "fetch.txt":
            raise PackageFault("fetch.txt asks to load files from elsewhere, which is forbidden.")
        if name not in _FIXED and not OBJECT.fullmatch(name) and not STATEMENT.fullmatch(name):
            raise PackageFault(f"{shown(name)} is not a file that packages have.")
    for name in sorted(_FIXED - set(names)):
        raise PackageFault(f"{name} is missing.")


def bag_info(package: str, *, created: datetime, size: int, count: int) -> bytes:
    """No names and nothing of the case: this file is what archives show to everyone."""
    lines = (
        f"BagIt-Profile-Identifier: {PROFILE}",
        f"External-Identifier: {package}",
        f"Bagging-Date: {created:%Y-%m-%d}",
        f"Payload-Oxum: {size}.{count}",
    )
    return "".join(f"{line}\n" for line in lines).encode()
