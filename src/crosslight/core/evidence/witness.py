"""What a witness checks before it cosigns: the ledger continues what the witness saw last.

The rules are those of https://github.com/C2SP/C2SP/blob/main/tlog-witness.md (add-checkpoint).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from crosslight.core.evidence.checkpoint import Checkpoint
from crosslight.core.evidence.merkle import EMPTY_ROOT, HASH_BYTES, verify_consistency
from crosslight.core.evidence.notes import NoteFault, from_base64, to_base64
from crosslight.core.evidence.tiles import TileFault
from crosslight.core.evidence.tree import TileTree


class Breach(StrEnum):
    """Why a witness refuses."""

    FORK = "fork"
    REWRITE = "rewrite"
    ROLLBACK = "rollback"
    TRUNCATION = "truncation"
    UNFIT = "unfit"


_WHAT_TO_DO = (
    "Nothing was cosigned. Keep both checkpoints and this folder, tell the other witnesses and "
    "the data-protection authority, and do not accept a newer one in exchange."
)


class Refused(Exception):
    """`breach` for machines; the text says what was found and what to do."""

    def __init__(self, breach: Breach, what: str, *, remedy: str = _WHAT_TO_DO) -> None:
        self.breach = breach
        super().__init__(f"{what} {remedy}")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is handed to the witness: a checkpoint, and the tiles of an export of `size` entries."""

    checkpoint: Checkpoint
    tree: TileTree
    size: int


def examine(shown: Shown, *, last: Checkpoint | None) -> None:
    """Return if `shown` continues `last`; raise Refused where it does not.

    The signature was verified before. The first checkpoint of a ledger is taken as it is, if the
    tiles lead to it.
    """
    new = shown.checkpoint
    if last is not None and new.size < last.size:
        raise _shorter(shown, last)
    if last is not None and new.size == last.size and new.root != last.root:
        raise _fork(last)
    _check_fit(shown)
    if last is not None and not _continues(shown, last):
        raise _rewrite(new, last)


def _fork(last: Checkpoint) -> Refused:
    return Refused(
        Breach.FORK,
        f"Fork: you hold another signed checkpoint of the same {last.size} entries with "
        f"another root, so the ledger shows different people different records.",
    )


def _rewrite(new: Checkpoint, last: Checkpoint) -> Refused:
    return Refused(
        Breach.REWRITE,
        f"Rewrite: the ledger of {new.size} entries does not contain the {last.size} that you "
        "cosigned; at least one of those was changed, removed or slipped in.",
    )


def _shorter(shown: Shown, last: Checkpoint) -> Refused:
    new = shown.checkpoint
    if shown.size >= last.size and _is_kept(shown, last):
        return Refused(
            Breach.ROLLBACK,
            f"Rollback: the checkpoint covers {new.size} entries, and you cosigned {last.size}, "
            "which this folder still holds.",
            remedy="Nothing was cosigned. Ask for the newest checkpoint.",
        )
    return Refused(
        Breach.TRUNCATION,
        f"Truncation: the ledger ends at {new.size} entries, and you cosigned {last.size}; "
        f"entries {new.size} to {last.size - 1} were cut off.",
    )


def _is_kept(shown: Shown, last: Checkpoint) -> bool:
    try:
        return shown.tree.root(last.size) == last.root
    except TileFault:
        return False


def _check_fit(shown: Shown) -> None:
    """So that damage to the folder is not taken for a breach of the ledger."""
    new = shown.checkpoint
    remedy = "Nothing was cosigned, and this proves nothing yet. Ask for the export once more."
    if new.size > shown.size:
        what = (
            f"The folder holds {shown.size} entries, fewer than the {new.size} of the checkpoint."
        )
        raise Refused(Breach.UNFIT, what, remedy=remedy)
    try:
        is_fit = (shown.tree.root(new.size) if new.size else EMPTY_ROOT) == new.root
    except TileFault as error:
        raise Refused(Breach.UNFIT, f"The folder is damaged: {error}", remedy=remedy) from error
    if not is_fit:
        what = "The tiles in the folder do not lead to the root of the checkpoint."
        raise Refused(Breach.UNFIT, what, remedy=remedy)


def _continues(shown: Shown, last: Checkpoint) -> bool:
    new = shown.checkpoint
    is_first_or_same = last.size in {0, new.size}
    return verify_consistency(
        old=last.size,
        new=new.size,
        old_root=last.root,
        new_root=new.root,
        proof=() if is_first_or_same else shown.tree.consistency(last.size, new.size),
    )


# The protocol's own limit; a tree of as many entries as a size can name is no higher.
_MOST_HASHES = 63
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")


class RequestFault(ValueError):
    """This is no request to add a checkpoint; the message says why."""


@dataclass(frozen=True, slots=True)
class Growth:
    """A request to add a checkpoint: `note` continues a state of `old` entries, says `proof`."""

    old: int
    proof: tuple[bytes, ...]
    note: str

    def to_text(self) -> str:
        return "\n".join([f"old {self.old}", *map(to_base64, self.proof), "", self.note])

    @classmethod
    def from_bytes(cls, data: bytes) -> Growth:
        try:
            head, separator, note = data.decode().partition("\n\n")
        except UnicodeDecodeError as error:
            raise RequestFault("The request is not text.") from error
        first, *lines = head.split("\n")
        found = _OLD.fullmatch(first)
        if not separator or found is None:
            raise RequestFault("A request reads: old and a size, hashes, an empty line, a note.")
        if len(lines) > _MOST_HASHES:
            raise RequestFault(f"A proof has at most {_MOST_HASHES} hashes.")
        try:
            proof = tuple(map(from_base64, lines))
        except NoteFault as error:
            raise RequestFault(f"A line of the proof does not hold: {error}") from error
        if any(len(each) != HASH_BYTES for each in proof):
            raise RequestFault("A line of the proof is not a SHA-256 hash.")
        return cls(int(found[1]), proof, note)


def examine_growth(growth: Growth, new: Checkpoint, *, last: Checkpoint | None) -> None:
    """Return if the proof shows that `new` continues `last`; raise Refused where it does not.

    `growth.old` is the size of `last` (0 for none), and `new` is not smaller: the caller has seen
    to that. The signature was verified before. The first checkpoint is taken as it is.
    """
    if last is not None and new.size == last.size and new.root != last.root:
        raise _fork(last)
    if last is None and growth.proof:
        raise Refused(Breach.REWRITE, "Rewrite: the first checkpoint has nothing to continue.")
    if last is not None and not verify_consistency(
        old=last.size,
        new=new.size,
        old_root=last.root,
        new_root=new.root,
        proof=growth.proof,
    ):
        raise _rewrite(new, last)
