"""A receipt: one entry's proof, to be checked without the ledger. The C2SP format tlog-proof.

https://github.com/C2SP/C2SP/blob/main/tlog-proof.md. The optional line `extra` carries the
entry's own bytes; it is believed only because its hash is what the proof leads up from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crosslight.core.evidence.checkpoint import Checkpoint, SignedCheckpoint, open_checkpoint
from crosslight.core.evidence.entry import MAX_BYTES
from crosslight.core.evidence.merkle import HASH_BYTES, leaf_hash, verify_inclusion
from crosslight.core.evidence.notes import (
    Note,
    NoteFault,
    VerifierKey,
    from_base64,
    to_base64,
)
from crosslight.core.evidence.quorum import TrustPolicy

SUFFIX = ".tlog-proof"
_HEADER = "c2sp.org/tlog-proof@v1"
_EXTRA = "extra "
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
# A tree of as many entries as an index can name is no higher.
_MOST_HASHES = 63
# Header, extra, index, hashes and a checkpoint with its signatures: far less than this.
MOST_BYTES = 8 * MAX_BYTES


class ReceiptFault(NoteFault):
    """A receipt that does not hold; the message says why."""


@dataclass(frozen=True, slots=True)
class Proof:
    """`note` is the checkpoint with its signatures; `entry` the bytes of the entry, if given."""

    index: int
    hashes: tuple[bytes, ...]
    note: str
    entry: bytes | None = None

    def to_text(self) -> str:
        lines = [
            _HEADER,
            *([] if self.entry is None else [_EXTRA + to_base64(self.entry)]),
            f"index {self.index}",
            *map(to_base64, self.hashes),
        ]
        return "\n".join([*lines, "", self.note])

    @classmethod
    def from_text(cls, text: str) -> Proof:
        head, separator, note = text.partition("\n\n")
        lines = head.split("\n")
        if not separator or lines.pop(0) != _HEADER:
            raise ReceiptFault(f"A receipt begins with the line {_HEADER}.")
        entry = _extra(lines)
        found = _INDEX.fullmatch(lines.pop(0)) if lines else None
        if found is None:
            raise ReceiptFault("The receipt does not say which entry it is of.")
        return cls(int(found[1]), _hashes(lines), note, entry)

    def verify(self, *, key: VerifierKey, entry: bytes | None = None) -> SignedCheckpoint:
        """The checkpoint that the entry is under; raises NoteFault where it is not.

        `entry` is needed where the receipt does not carry the bytes itself.
        """
        body = self._body(entry)
        signed = open_checkpoint(self.note, key=key)
        self._check_inclusion(body, signed.checkpoint)
        return signed

    def claimed(self) -> Checkpoint:
        """The checkpoint that the entry is under, whoever may have signed it."""
        checkpoint = Checkpoint.from_text(Note.from_text(self.note).text)
        self._check_inclusion(self._body(None), checkpoint)
        return checkpoint

    def _check_inclusion(self, body: bytes, checkpoint: Checkpoint) -> None:
        if not verify_inclusion(
            index=self.index,
            size=checkpoint.size,
            leaf=leaf_hash(body),
            proof=self.hashes,
            root=checkpoint.root,
        ):
            raise ReceiptFault(f"The entry is not number {self.index} of the ledger as signed.")

    def _body(self, given: bytes | None) -> bytes:
        if given is not None and self.entry is not None and given != self.entry:
            raise ReceiptFault("The receipt is of another entry than the one you hold.")
        body = self.entry if given is None else given
        if body is None:
            raise ReceiptFault("The receipt does not carry its entry; hand the entry in, too.")
        return body


@dataclass(frozen=True, slots=True)
class LedgerTrust:
    """Whose receipts are believed: those of `key`, or of the ledgers that `policy` names.

    A policy also says how many witnesses must have cosigned.
    """

    key: VerifierKey | None = None
    policy: TrustPolicy | None = None

    def verify(
        self, proof: Proof, *, entry: bytes | None = None
    ) -> tuple[SignedCheckpoint, tuple[str, ...]]:
        """The checkpoint that the entry is under, and the witnesses who cosigned it."""
        signed = proof.verify(key=self._key_for(proof), entry=entry)
        return signed, self.policy.accepted(signed.note) if self.policy else ()

    def _key_for(self, proof: Proof) -> VerifierKey:
        """The key that must have signed: the one given, or the policy's for this ledger."""
        ledgers = self.policy.ledgers if self.policy else ()
        if self.key is not None:
            if ledgers and self.key not in ledgers:
                raise NoteFault("The policy does not name the ledger of this key.")
            return self.key
        origin = Note.from_text(proof.note).text.partition("\n")[0]
        for known in ledgers:
            if known.name == origin:
                return known
        raise NoteFault("The receipt is of no ledger that the policy names.")


def _extra(lines: list[str]) -> bytes | None:
    if not lines or not lines[0].startswith(_EXTRA):
        return None
    return from_base64(lines.pop(0).removeprefix(_EXTRA))


def _hashes(lines: Sequence[str]) -> tuple[bytes, ...]:
    hashes = tuple(map(from_base64, lines))
    if len(hashes) > _MOST_HASHES or any(len(each) != HASH_BYTES for each in hashes):
        raise ReceiptFault("The lines of the proof are not SHA-256 hashes, or too many.")
    return hashes
