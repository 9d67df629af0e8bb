"""Receipts inside a package: a ledger's proof that it recorded a step of custody.

The entry names the hash of the package's tagmanifest-sha256.txt among its objects, so that the
receipt of one package cannot lie in another, not even in one that bears the same identifier.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from crosslight.core.evidence.acts import Act
from crosslight.core.evidence.checkpoint import Checkpoint
from crosslight.core.evidence.entry import EntryFault, parse_entry
from crosslight.core.evidence.notes import NoteFault
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.receipts import LedgerTrust, Proof


@dataclass(frozen=True, slots=True)
class LedgeredStep:
    """`path` is the receipt's; `at` is the ledger's time; `witnesses` by their names in a policy.

    Without trust in a ledger nothing in it is more than a claim.
    """

    path: str
    origin: str
    index: int
    act: Act
    at: str
    witnesses: tuple[str, ...]


def ledger_object(tag_manifest: bytes) -> str:
    """What an entry must name among its objects for its receipt to go into the package."""
    return object_of(hashlib.sha256(tag_manifest).hexdigest())


def object_of(subject: str) -> str:
    """The same of the digest that statements of custody are about."""
    return f"sha256:{subject}"


def check_receipts(
    files: Iterable[tuple[str, bytes]],
    *,
    tag_manifest: bytes,
    trust: LedgerTrust | None,
) -> tuple[LedgeredStep, ...]:
    """All of them, in order. With trust in a ledger each must be its, and one must be there."""
    wanted = ledger_object(tag_manifest)
    steps = []
    for path, data in files:
        try:
            steps.append(_checked(path, data, wanted=wanted, trust=trust))
        except (NoteFault, EntryFault, UnicodeDecodeError) as error:
            raise PackageFault(f"{path}: {error}") from error
    if trust is not None and not steps:
        raise PackageFault("There is no receipt of a ledger, which you asked for.")
    return tuple(steps)


def _checked(path: str, data: bytes, *, wanted: str, trust: LedgerTrust | None) -> LedgeredStep:
    proof = Proof.from_text(data.decode("utf-8"))
    if proof.entry is None:
        raise NoteFault("The receipt does not carry its entry.")
    checkpoint, witnesses = _checkpoint(proof, trust)
    entry = parse_entry(proof.entry)
    if wanted not in entry.objects:
        raise NoteFault("The receipt is of an entry that does not name this package.")
    return LedgeredStep(path, checkpoint.origin, proof.index, entry.act, entry.at, witnesses)


def _checkpoint(proof: Proof, trust: LedgerTrust | None) -> tuple[Checkpoint, tuple[str, ...]]:
    if trust is None:
        return proof.claimed(), ()
    signed, witnesses = trust.verify(proof)
    return signed.checkpoint, witnesses
