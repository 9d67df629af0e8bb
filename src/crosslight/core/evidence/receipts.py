"""A receipt: one entry's proof, to be checked without the ledger. The C2SP format tlog-proof.

https://github.com/C2SP/C2SP/blob/main/tlog-proof.md. The optional line `extra` carries the
entry's own bytes; it is believed only because its hash is what the proof leads up from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crosslight.core.evidence.checkpoint import SignedCheckpoint, open_checkpoint
from crosslight.core.evidence.entry import MAX_BYTES
from crosslight.core.evidence.merkle import HASH_BYTES, leaf_hash, verify_inclusion
from crosslight.core.evidence.notes import NoteFault, VerifierKey, from_base64, to_base64

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
        if not verify_inclusion(
            index=self.index,
            size=signed.size,
            leaf=leaf_hash(body),
            proof=self.hashes,
            root=signed.root,
        ):
            raise ReceiptFault(f"The entry is not number {self.index} of the ledger as signed.")
        return signed

    def _body(self, given: bytes | None) -> bytes:
        if given is not None and self.entry is not None and given != self.entry:
            raise ReceiptFault("The receipt is of another entry than the one you hold.")
        body = self.entry if given is None else given
        if body is None:
            raise ReceiptFault("The receipt does not carry its entry; hand the entry in, too.")
        return body


def _extra(lines: list[str]) -> bytes | None:
    if not lines or not lines[0].startswith(_EXTRA):
        return None
    return from_base64(lines.pop(0).removeprefix(_EXTRA))


def _hashes(lines: Sequence[str]) -> tuple[bytes, ...]:
    hashes = tuple(map(from_base64, lines))
    if len(hashes) > _MOST_HASHES or any(len(each) != HASH_BYTES for each in hashes):
        raise ReceiptFault("The lines of the proof are not SHA-256 hashes, or too many.")
    return hashes
