"""Three witnesses, and what they add to a checkpoint."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.core.evidence.cosignature import cosign
from crosslight.core.evidence.notes import KeyKind, Note, Signature, VerifierKey, verifier_key

NAMES = ("dpo.example", "ngo.example", "other.example")
TIME = 1_800_000_000
KEYS = {
    name: Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
    for number, name in enumerate(NAMES, start=40)
}


def vkey_of(name: str) -> VerifierKey:
    return verifier_key(name=name, key=KEYS[name], kind=KeyKind.WITNESS)


def cosignature(note: str, name: str, *, seconds: int = TIME) -> Signature:
    return cosign(Note.from_text(note).text, name=name, key=KEYS[name], seconds=seconds)


def cosigned(note: str, *names: str) -> str:
    return note + "".join(cosignature(note, name).to_line() for name in names)


def policy_of(ledger: VerifierKey, *, threshold: int = 2) -> str:
    lines = [f"witness {name} {vkey_of(name).to_text()}" for name in NAMES]
    group = f"group enough {threshold} {' '.join(NAMES)}"
    return "\n".join([f"log {ledger.to_text()}", *lines, group, "quorum enough", ""])
