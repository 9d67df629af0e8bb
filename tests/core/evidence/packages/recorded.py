"""A ledger that recorded the intake of the sound package, two witnesses, and the receipt."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.core.evidence.cosignature import cosign
from crosslight.core.evidence.export import CHECKPOINT, receipt_from
from crosslight.core.evidence.notes import KeyKind, Note, verifier_key
from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.ledgered import ledger_object
from crosslight.core.evidence.quorum import TrustPolicy
from crosslight.core.evidence.receipts import LedgerTrust, Proof
from tests.core.evidence.ledgers import (
    KEY_OF_LEDGER,
    ORIGIN,
    an_entry,
    an_opening,
    bodies_of,
    export_of,
)
from tests.core.evidence.packages.making import PACKAGE, files_of, received, zip_of

RECEIPT = "signatures/0002-intake.tlog-proof"
LEDGER = verifier_key(name=ORIGIN, key=KEY_OF_LEDGER)
WITNESSES = {
    f"witness{number}.example": Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
    for number in (21, 22)
}
WITNESS_KEYS = {
    name: verifier_key(name=name, key=key, kind=KeyKind.WITNESS) for name, key in WITNESSES.items()
}
SIZE, INDEX = 131, 77


def witnessed(note: str, *names: str) -> str:
    parsed = Note.from_text(note)
    lines = [cosign(parsed.text, name=n, key=WITNESSES[n], seconds=1_800_000_000) for n in names]
    return replace(parsed, signatures=(*parsed.signatures, *lines)).to_text()


@cache
def receipt_for(
    *objects: str,
    index: int = INDEX,
    size: int = SIZE,
    cosigners: tuple[str, ...] = tuple(WITNESSES),
) -> Proof:
    """An entry with these objects in a ledger of `size` entries, cosigned."""
    bodies = bodies_of(size)
    bodies[index] = (
        an_entry(index, objects=objects) if index else an_opening(objects=objects)
    ).to_bytes()
    export = export_of(bodies)
    export[CHECKPOINT] = witnessed(export[CHECKPOINT].decode(), *cosigners).encode()
    return receipt_from(export, index)


def intake_receipt(**changes) -> Proof:
    tag_manifest = files_of(received())[layout.TAG_MANIFEST]
    return receipt_for(PACKAGE, ledger_object(tag_manifest), **changes)


def recorded() -> bytes:
    return zip_of(files_of(received()) | {RECEIPT: intake_receipt().to_text().encode()})


def policy_of(threshold: int) -> TrustPolicy:
    lines = [f"log {LEDGER.to_text()}"]
    lines += [f"witness {name} {key.to_text()}" for name, key in WITNESS_KEYS.items()]
    lines += [f"group enough {threshold} {' '.join(WITNESS_KEYS)}", "quorum enough"]
    return TrustPolicy.from_bytes("".join(f"{line}\n" for line in lines).encode())


TRUST = LedgerTrust(policy=policy_of(2))
