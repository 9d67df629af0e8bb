"""A folder of proofs: some entries of a ledger, each with its receipt, all under one checkpoint.

What a court gets that asks who had to do with one object. The rest of the ledger stays hashes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crosslight.core.evidence.checkpoint import SignedCheckpoint
from crosslight.core.evidence.entry import Entry, EntryFault, parse_entry
from crosslight.core.evidence.export import KEY, README, SCRIPT, SUMS, sums
from crosslight.core.evidence.notes import NoteFault, VerifierKey
from crosslight.core.evidence.receipts import SUFFIX, Proof

OBJECT = "object.txt"
_NAME = re.compile(rf"entries/(\d{{12}}){re.escape(SUFFIX)}")
_FIXED = frozenset({README, SCRIPT, SUMS, KEY, OBJECT})


class ProofsFault(ValueError):
    """A folder of proofs that does not hold; the message says which file and why."""


@dataclass(frozen=True, slots=True)
class ProvenEntry:
    index: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Proven:
    """`checkpoint` is the one that every proof leads to."""

    object_id: str
    checkpoint: SignedCheckpoint
    entries: tuple[ProvenEntry, ...]


def build_proofs(
    proofs: Iterable[Proof], *, object_id: str, key: VerifierKey, page: bytes, script: bytes
) -> dict[str, bytes]:
    """The files of the folder by their names."""
    files = {name_of(proof.index): proof.to_text().encode() for proof in proofs}
    files |= {
        KEY: f"{key.to_text()}\n".encode(),
        OBJECT: f"{object_id}\n".encode(),
        README: page,
        SCRIPT: script,
    }
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    return {**files, SUMS: sums(digests)}


def name_of(index: int) -> str:
    return f"entries/{index:012d}{SUFFIX}"


def verify_proofs(files: Mapping[str, bytes], *, key: VerifierKey | None = None) -> Proven:
    """Check every byte; raises ProofsFault at the first that does not hold.

    Without `key` the enclosed one is believed: that shows damage, not who signed.
    """
    _check_files(files)
    enclosed = _key(files)
    if key is not None and key != enclosed:
        raise ProofsFault("The enclosed key is not the key that you hold.")
    object_id = files[OBJECT].decode("ascii", "replace").removesuffix("\n")
    found: list[ProvenEntry] = []
    signed: SignedCheckpoint | None = None
    for name in sorted(name for name in files if _NAME.fullmatch(name)):
        proven, under = _proven(name, files[name], key=enclosed)
        if signed is not None and under.note != signed.note:
            raise ProofsFault(f"{name} is under another checkpoint than the proofs before it.")
        if object_id not in proven.entry.objects:
            raise ProofsFault(f"{name} does not name {object_id!a}.")
        signed = under
        found.append(proven)
    if signed is None:
        raise ProofsFault("There is no proof in it.")
    return Proven(object_id, signed, tuple(found))


def _proven(name: str, data: bytes, *, key: VerifierKey) -> tuple[ProvenEntry, SignedCheckpoint]:
    try:
        proof = Proof.from_text(data.decode())
        signed = proof.verify(key=key)
        entry = parse_entry(proof.entry or b"")
    except (NoteFault, EntryFault, UnicodeDecodeError) as error:
        raise ProofsFault(f"{name} does not hold: {error}") from error
    if name != name_of(proof.index):
        raise ProofsFault(f"{name} is the proof of entry {proof.index}.")
    return ProvenEntry(proof.index, entry), signed


def _key(files: Mapping[str, bytes]) -> VerifierKey:
    try:
        return VerifierKey.from_text(files[KEY].decode().removesuffix("\n"))
    except (NoteFault, UnicodeDecodeError) as error:
        raise ProofsFault(f"The enclosed key does not hold: {error}") from error


def _check_files(files: Mapping[str, bytes]) -> None:
    names = set(files)
    if missing := sorted(_FIXED - names):
        raise ProofsFault(f"{missing[0]} is missing.")
    if strays := sorted(name for name in names - _FIXED if not _NAME.fullmatch(name)):
        # A stranger chose the name: it may hold bytes that move the cursor.
        raise ProofsFault(f"{strays[0]!a} does not belong here.")
    digests = {name: hashlib.sha256(files[name]).hexdigest() for name in names - {SUMS}}
    if files[SUMS] != sums(digests):
        raise ProofsFault(f"{SUMS} is not the list of these files.")
