"""The files around `crosslight package`: what goes in, whose key, and how the package appears."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from crosslight.cli.support import USAGE, Failure, fail
from crosslight.core.evidence.canonical import JSON
from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.building import Signer, Source, build_package
from crosslight.core.evidence.packages.custody import Step, fingerprint
from crosslight.core.evidence.packages.description import Description, Heading
from crosslight.core.evidence.packages.facts import Role
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.verification import Expectations, verify_package
from crosslight.core.vocabulary.law import LegalBasis
from crosslight.foundation import clock
from crosslight.foundation.identifiers import new_id
from crosslight.foundation.key_files import NoKeyInFile, create_key, is_private, read_key

_FINGERPRINT = re.compile(r"sha256:[0-9a-f]{32}")

Facts = Mapping[str, JSON]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What may be said of a package beside its files."""

    legal_basis: str
    contributor: str | None
    purpose: str
    sensitivity: tuple[str, ...]
    facts_file: Path | None
    keep_names: bool
    consent: str | None = None
    logged_in: bool | None = None
    exit_country: str | None = None

    def facts(self) -> dict[str, JSON]:
        """What holds of every file that has nothing else said of it."""
        context: dict[str, JSON] = {}
        if self.logged_in is not None:
            context["logged_in"] = self.logged_in
        if self.exit_country is not None:
            context["exit_country"] = self.exit_country
        facts: dict[str, JSON] = {"capture_context": context} if context else {}
        return facts if self.consent is None else {**facts, "consent_ref": self.consent}


@dataclass(frozen=True, slots=True)
class Signing:
    key: Ed25519PrivateKey

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key.public_key().public_bytes_raw())


def unusable(sentence: str) -> Failure:
    return fail(f"{sentence} Nothing was written.", status=USAGE)


def check_places(files: Sequence[Path], out: Path) -> None:
    if not out.name.endswith(layout.SUFFIX):
        raise unusable(f"{out} does not end in {layout.SUFFIX}.")
    if out.exists() or out.is_symlink():
        raise unusable(f"{out} is already there: packages are never replaced. Name another file.")
    if not out.parent.is_dir():
        raise unusable(f"There is no folder {out.parent}.")
    if odd := next((file for file in files if not file.is_file()), None):
        raise unusable(f"{odd} is not a file that can be read twice.")


def signing_key(path: Path, *, announce: Callable[[str], None]) -> Signing:
    """The key in `path`, made where there is none; `announce` is told of a new one."""
    is_new = not path.exists()
    if is_new:
        create_key(path)
    elif not is_private(path):
        raise unusable(f"Others may read the key in {path}. Close it with: chmod 600 {path}.")
    try:
        signing = Signing(read_key(path))
    except NoKeyInFile as error:
        raise unusable(str(error)) from error
    if is_new:
        announce(
            f"New signing key in {path}, fingerprint {signing.fingerprint}. Keep a copy of the "
            "file in a safe place, and read the fingerprint out to your contact by phone."
        )
    return signing


def read_sources(files: Sequence[Path], options: Options) -> list[Source]:
    """Each file with what the facts file says of it, under its path as typed or its name."""
    given = {} if options.facts_file is None else _facts_in(options.facts_file)
    keys = [str(file) if str(file) in given else file.name for file in files]
    if unused := sorted(given.keys() - set(keys)):
        raise unusable(f"{options.facts_file} speaks of {unused[0]!r}, which is not packed.")
    for key in given:
        if keys.count(key) > 1:
            raise unusable(f"{options.facts_file}: {key!r} is several files; write their paths.")
    return [
        _source(file, {**options.facts(), **given.get(key, {})}, keep_name=options.keep_names)
        for file, key in zip(files, keys, strict=True)
    ]


def build_into(
    out: Path, sources: Sequence[Source], *, signing: Signing, options: Options
) -> Description:
    """Write, read again and check the package, and only then let it appear under its name."""
    actor = options.contributor or signing.fingerprint
    heading = Heading(
        id=new_id("pkg"),
        created=clock.now().replace(microsecond=0),
        contributor=actor,
        purpose_code=options.purpose,
        legal_basis=LegalBasis(options.legal_basis),
        sensitivity=tuple(set(options.sensitivity)),
    )
    tool = {"name": "crosslight", "version": version("crosslight")}
    signer = Signer(signing.key, Step.CAPTURE, actor, tool)
    try:
        with appearing(out) as file:
            description = build_package(file, sources, heading=heading, signer=signer)
            _check_written(file, signing)
    except PackageFault as error:
        raise unusable(str(error)) from error
    return description


def trusted_fingerprint(given: str) -> str:
    """`given` is a fingerprint, or a file with a public key in PEM."""
    if _FINGERPRINT.fullmatch(given):
        return given
    try:
        key = load_pem_public_key(Path(given).read_bytes())
    except (OSError, ValueError) as error:
        raise fail(
            f"{given} is neither a fingerprint (sha256: and 32 digits) nor a file with a public "
            "key in PEM.",
            status=USAGE,
        ) from error
    if not isinstance(key, Ed25519PublicKey):
        raise fail(f"{given} holds a public key of another kind than Ed25519.", status=USAGE)
    return fingerprint(key.public_bytes_raw())


def _facts_in(path: Path) -> dict[str, Facts]:
    try:
        given = json.loads(path.read_bytes(), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise unusable(f"{path} is not one JSON object with each name once.") from error
    if not isinstance(given, dict) or not all(isinstance(each, dict) for each in given.values()):
        raise unusable(f"{path} is not a JSON object of one object for each file.")
    return given


def _once(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    if len(pairs) != len(dict(pairs)):
        raise ValueError("a name is there twice")
    return dict(pairs)


def _source(file: Path, facts: dict[str, JSON], *, keep_name: bool) -> Source:
    given = facts.pop("role", Role.ORIGINAL.value)
    if given not in list(Role):
        raise unusable(f"{file}: its role is not original, capture or derived.")
    if keep_name:
        facts.setdefault("original_name", file.name)
    return Source(lambda: file.open("rb"), file.suffix, Role(str(given)), facts)


@contextmanager
def appearing(out: Path) -> Iterator[BinaryIO]:
    """A file beside `out` that gets its name once it is whole and on the disk, or vanishes."""
    draft = out.with_name(f".{out.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.rename(out)
    finally:
        draft.unlink(missing_ok=True)


def _check_written(file: BinaryIO, signing: Signing) -> None:
    file.flush()
    verdict = verify_package(file, expected=Expectations(frozenset({signing.fingerprint})))
    if verdict.fault is not None:
        raise PackageFault(f"What was written does not read back: {verdict.fault}")
