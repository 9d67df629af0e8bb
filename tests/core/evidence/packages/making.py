"""Packages to tamper with: sound ones, and every lie that a ZIP, a bag or a signature can tell."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from zipfile import ZipFile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.bagit import write_manifest
from crosslight.core.evidence.packages.building import Signer, Source, build_package
from crosslight.core.evidence.packages.custody import Statement, Step, fingerprint, sign
from crosslight.core.evidence.packages.description import Heading
from crosslight.core.evidence.packages.facts import Role
from crosslight.core.evidence.packages.verification import (
    NO_EXPECTATIONS,
    Expectations,
    Verdict,
    verify_package,
)
from crosslight.core.evidence.packages.zipform import Writer
from crosslight.core.vocabulary.law import LegalBasis

CONTRIBUTOR = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
PLATFORM = Ed25519PrivateKey.from_private_bytes(b"\x02" * 32)
STRANGER = Ed25519PrivateKey.from_private_bytes(b"\x03" * 32)
PACKAGE = "pkg_01jdm0000000000000000000ex"
OTHER_PACKAGE = "pkg_01jdm0000000000000000000ey"
MADE = datetime(2026, 11, 21, 17, 21, 52, tzinfo=UTC)
TOOL = {"name": "crosslight", "version": "0.1.0"}
HEADING = Heading(
    id=PACKAGE,
    created=MADE,
    contributor="org_01jdm0000000000000000000ab",
    purpose_code="osint_preservation",
    legal_basis=LegalBasis.GDPR_PUBLIC_TASK,
    sensitivity=("possible_victim",),
)
CAPTURE_FACTS = {
    "source_url": "https://example.org/advert/17",
    "captured_start": "2026-11-21T17:00:00Z",
    "captured_end": "2026-11-21T17:00:09Z",
    "clock": "browser",
    "tool": {"name": "browsertrix", "version": "1.2.0"},
    "http_status": 200,
    "resolved_ip": "192.0.2.7",
    "capture_context": {"logged_in": False, "exit_country": "NL"},
    "defects": ["truncated"],
    "flags": {"contains_location": False},
    "original_name": "Capture d’écran.wacz",
}
INTAKE = "signatures/0002-intake.dsse.json"
CAPTURE = "signatures/0001-capture.dsse.json"


def signer_of(key: Ed25519PrivateKey = CONTRIBUTOR) -> Signer:
    return Signer(key, Step.CAPTURE, HEADING.contributor, TOOL)


def source(content: bytes, *, suffix: str = ".bin", role: Role = Role.ORIGINAL, **facts) -> Source:
    return Source(lambda: io.BytesIO(content), suffix, role, facts)


def build(*sources: Source, heading: Heading = HEADING, signer: Signer | None = None) -> bytes:
    out = io.BytesIO()
    build_package(out, sources, heading=heading, signer=signer or signer_of())
    return out.getvalue()


@cache
def sound() -> bytes:
    """Two files and one statement, as `crosslight package build` makes it."""
    return build(
        source(b"an advert, as it was\n" * 40, suffix=".wacz", role=Role.CAPTURE, **CAPTURE_FACTS),
        source(b"\xff\xd8 a photo " * 60, suffix=".JPG"),
    )


def files_of(package: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zip_of(files: Mapping[str, bytes] | Sequence[tuple[str, bytes]]) -> bytes:
    """The files in the ZIP form of packages, under whatever names."""
    out = io.BytesIO()
    writer = Writer(out)
    for name, content in files.items() if isinstance(files, Mapping) else files:
        writer.add_bytes(name, content)
    writer.close()
    return out.getvalue()


def statement(files: Mapping[str, bytes], step: Step, *, after: str | None, hours: int = 0):
    return Statement(
        package=PACKAGE,
        subject=hashlib.sha256(files[layout.TAG_MANIFEST]).hexdigest(),
        step=step,
        actor="org_01jdm0000000000000000000ad",
        time=MADE + timedelta(hours=hours),
        previous=None if after is None else hashlib.sha256(files[after]).hexdigest(),
        tool=TOOL,
    )


@cache
def received() -> bytes:
    """The sound package once the platform took it in: two statements by two keys."""
    files = files_of(sound())
    intake = statement(files, Step.INTAKE, after=CAPTURE, hours=2)
    files[INTAKE] = sign(replace(intake, result="clean"), key=PLATFORM)
    return zip_of(files)


def with_manifests(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same files with lists that fit them again, as whoever tampers would write them."""
    files = dict(files)
    files[layout.MANIFEST] = manifest_of(files, "data/")
    tags = [name for name in files if not name.startswith(("data/", "signatures/", "tagmanifest"))]
    files[layout.TAG_MANIFEST] = manifest_of({name: files[name] for name in tags}, "")
    return files


def manifest_of(files: Mapping[str, bytes], start: str) -> bytes:
    return write_manifest(
        {
            name: hashlib.sha256(content).hexdigest()
            for name, content in files.items()
            if name.startswith(start)
        }
    )


def signed_again(files: Mapping[str, bytes], *, key: Ed25519PrivateKey = STRANGER):
    """With lists that fit and one statement of `key` over them."""
    files = {
        name: content
        for name, content in with_manifests(files).items()
        if not name.startswith("signatures/")
    }
    files[CAPTURE] = sign(statement(files, Step.CAPTURE, after=None), key=key)
    return files


def fingerprint_of(key: Ed25519PrivateKey) -> str:
    return fingerprint(key.public_key().public_bytes_raw())


def trusting(*keys: Ed25519PrivateKey, steps: Sequence[Step] = ()) -> Expectations:
    return Expectations(frozenset(map(fingerprint_of, keys)), frozenset(steps))


def verdict(package: bytes, expected: Expectations = NO_EXPECTATIONS) -> Verdict:
    return verify_package(io.BytesIO(package), expected=expected)
