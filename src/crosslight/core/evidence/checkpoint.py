"""Signed statements of a ledger's size and root: the C2SP formats tlog-checkpoint and signed-note.

https://github.com/C2SP/C2SP/blob/main/signed-note.md and tlog-checkpoint.md. Reading is stricter
than the specification: one signature, one spelling, so that no byte can change unnoticed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from crosslight.core.evidence.merkle import HASH_BYTES

_ED25519 = b"\x01"
_KEY_ID_BYTES = 4
_SIGNATURE_BYTES = 64
_NAME = re.compile(r"[^\s+]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class CheckpointFault(ValueError):
    """A checkpoint, signature or key that does not hold; the message says why."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a ledger's key under its name, as `name+id+key` (signed-note, vkey)."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        digest = hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()
        return digest[:_KEY_ID_BYTES]

    def to_text(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_base64(_ED25519 + self.public)}"

    @classmethod
    def from_text(cls, text: str) -> VerifierKey:
        parts = text.split("+", 2)
        if len(parts) != 3 or not _NAME.fullmatch(parts[0]):  # noqa: PLR2004  name, id, key
            raise CheckpointFault("A verifier key reads name+id+key.")
        material = _from_base64(parts[2])
        if material[:1] != _ED25519 or len(material) != 1 + HASH_BYTES:
            raise CheckpointFault("The verifier key is not an Ed25519 key.")
        key = cls(parts[0], material[1:])
        if key.to_text() != text:
            raise CheckpointFault("The verifier key does not match its own id.")
        return key


@dataclass(frozen=True, slots=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes

    def to_text(self) -> str:
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"

    @classmethod
    def from_text(cls, text: str) -> Checkpoint:
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not lines[0]:  # noqa: PLR2004  three lines and their end
            raise CheckpointFault("A checkpoint has three lines: origin, size and root.")
        if not _SIZE.fullmatch(lines[1]):
            raise CheckpointFault("The size in the checkpoint is not a number.")
        root = _from_base64(lines[2])
        if len(root) != HASH_BYTES:
            raise CheckpointFault("The root in the checkpoint is not a SHA-256 hash.")
        return cls(lines[0], int(lines[1]), root)


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """`note` is the text to publish: the checkpoint and the ledger's signature under it."""

    checkpoint: Checkpoint
    note: str

    @property
    def size(self) -> int:
        return self.checkpoint.size

    @property
    def root(self) -> bytes:
        return self.checkpoint.root

    @property
    def origin(self) -> str:
        return self.checkpoint.origin


def verifier_key(*, name: str, key: Ed25519PrivateKey) -> VerifierKey:
    return VerifierKey(name, key.public_key().public_bytes_raw())


def sign_checkpoint(checkpoint: Checkpoint, *, key: Ed25519PrivateKey) -> SignedCheckpoint:
    text = checkpoint.to_text()
    key_id = verifier_key(name=checkpoint.origin, key=key).id
    signature = _base64(key_id + key.sign(text.encode()))
    return SignedCheckpoint(checkpoint, f"{text}\n— {checkpoint.origin} {signature}\n")


def open_checkpoint(note: str, *, key: VerifierKey) -> SignedCheckpoint:
    """The checkpoint that `key` signed; raises CheckpointFault where it did not."""
    text, separator, line = note.partition("\n\n")
    text += "\n"
    prefix = f"— {key.name} "
    if not separator or not line.startswith(prefix) or not line.endswith("\n"):
        raise CheckpointFault(f"The checkpoint carries no signature of {key.name}.")
    blob = _from_base64(line[len(prefix) : -1])
    if len(blob) != _KEY_ID_BYTES + _SIGNATURE_BYTES or blob[:_KEY_ID_BYTES] != key.id:
        raise CheckpointFault("The checkpoint was signed with another key.")
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(blob[_KEY_ID_BYTES:], text.encode())
    except InvalidSignature as error:
        raise CheckpointFault("The signature does not belong to this checkpoint.") from error
    checkpoint = Checkpoint.from_text(text)
    if checkpoint.origin != key.name:
        raise CheckpointFault("The checkpoint is of another ledger than its key.")
    return SignedCheckpoint(checkpoint, note)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _from_base64(text: str) -> bytes:
    """Only the one spelling that encoding gives: the last character has spare bits."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise CheckpointFault("This is not base64.") from error
    if _base64(data) != text:
        raise CheckpointFault("This is not base64 in its one canonical spelling.")
    return data
