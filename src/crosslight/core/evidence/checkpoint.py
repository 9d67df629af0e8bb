"""Signed statements of a ledger's size and root: the C2SP format tlog-checkpoint.

https://github.com/C2SP/C2SP/blob/main/tlog-checkpoint.md
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.core.evidence.merkle import HASH_BYTES
from crosslight.core.evidence.notes import (
    ED25519_SIGNATURE_BYTES,
    KeyKind,
    Note,
    NoteFault,
    Signature,
    VerifierKey,
    from_base64,
    to_base64,
    verifier_key,
)

_FIXED_LINES = 3
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class CheckpointFault(NoteFault):
    """A checkpoint that does not hold; the message says why."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`extensions` are further lines, opaque; our own ledgers write none."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def to_text(self) -> str:
        lines = (self.origin, str(self.size), to_base64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def from_text(cls, text: str) -> Checkpoint:
        *lines, end = text.split("\n")
        if end or len(lines) < _FIXED_LINES or not all(lines):
            raise CheckpointFault("A checkpoint has the lines origin, size and root, none empty.")
        origin, size, root, *extensions = lines
        if not _SIZE.fullmatch(size):
            raise CheckpointFault("The size in the checkpoint is not a number.")
        digest = from_base64(root)
        if len(digest) != HASH_BYTES:
            raise CheckpointFault("The root in the checkpoint is not a SHA-256 hash.")
        return cls(origin, int(size), digest, tuple(extensions))


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """`note` is the text to publish: the checkpoint and the signatures under it."""

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


def sign_checkpoint(checkpoint: Checkpoint, *, key: Ed25519PrivateKey) -> SignedCheckpoint:
    text = checkpoint.to_text()
    key_id = verifier_key(name=checkpoint.origin, key=key).id
    signature = Signature(checkpoint.origin, key_id, key.sign(text.encode()))
    return SignedCheckpoint(checkpoint, Note(text, (signature,)).to_text())


def open_checkpoint(note: str, *, key: VerifierKey) -> SignedCheckpoint:
    """The checkpoint that `key` signed; raises NoteFault where it did not.

    Signatures of other keys are ignored, as the specification asks; a false one in the name of
    `key` is not. Stricter than it, the key must bear the ledger's own name.
    """
    if key.kind is not KeyKind.LEDGER:
        raise CheckpointFault("This is the key of a witness, not of a ledger.")
    parsed = Note.from_text(note)
    lines = parsed.of(key)
    if not lines:
        raise CheckpointFault(
            "The checkpoint was signed with another key."
            if parsed.names(key.name)
            else f"The checkpoint carries no signature of {key.name}."
        )
    for line in lines:
        if len(line.blob) != ED25519_SIGNATURE_BYTES:
            raise CheckpointFault("The signature of the checkpoint has the wrong length.")
        key.verify(line.blob, parsed.text.encode())
    checkpoint = Checkpoint.from_text(parsed.text)
    if checkpoint.origin != key.name:
        raise CheckpointFault("The checkpoint is of another ledger than its key.")
    return SignedCheckpoint(checkpoint, note)
