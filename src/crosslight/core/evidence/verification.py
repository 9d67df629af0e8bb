"""Does a ledger hold? The whole check, on entries handed in or on an exported folder.

Each entry is read by its own rules and hashed; the root at every checkpoint must be the signed
one; time must not run backwards. The first thing that fails is named, the rest is not looked at.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crosslight.core.evidence.acts import Act
from crosslight.core.evidence.checkpoint import SignedCheckpoint
from crosslight.core.evidence.entry import Entry, EntryFault, parse_entry
from crosslight.core.evidence.merkle import EMPTY_ROOT, Frontier, leaf_hash


class LedgerFault(Exception):
    """`entry` is the number of the first entry that does not hold, where one can be named."""

    def __init__(self, what: str, *, entry: int | None = None) -> None:
        self.entry = entry
        super().__init__(what if entry is None else f"Entry {entry} does not hold: {what}")


@dataclass(frozen=True, slots=True)
class Verification:
    """`root` is the signed root in hexadecimal; `entry` the first that does not hold, if known.

    `witnesses` are those of the policy that cosigned, if one was asked about.
    """

    entries: int
    root: str
    checkpoints: int
    first_fault: str | None = None
    entry: int | None = None
    witnesses: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return self.first_fault is None

    @classmethod
    def of_fault(cls, fault: LedgerFault, *, entries: int = 0) -> Verification:
        return cls(
            entries=entries, root="", checkpoints=0, first_fault=str(fault), entry=fault.entry
        )

    @classmethod
    def of_checkpoints(
        cls, signed: Sequence[SignedCheckpoint], *, witnesses: tuple[str, ...] = ()
    ) -> Verification:
        """All that was signed holds; the last one speaks of the whole ledger."""
        last = signed[-1]
        sizes = {checkpoint.size for checkpoint in signed}
        return cls(
            entries=last.size, root=last.root.hex(), checkpoints=len(sizes), witnesses=witnesses
        )


EMPTY_LEDGER = Verification(entries=0, root=EMPTY_ROOT.hex(), checkpoints=0)


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry's bytes, and the hash under which they were stored."""

    index: int
    body: bytes
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class SoundEntry:
    index: int
    entry: Entry


def replay(
    stored: Iterable[StoredEntry], *, signed: Sequence[SignedCheckpoint]
) -> Iterator[SoundEntry]:
    """Each entry once it was checked; raises LedgerFault at the first that does not hold.

    `signed` are checkpoints whose signatures hold, by growing size; the last one covers everything.
    """
    frontier, previous = Frontier(), None
    due = deque(signed)
    proven = 0
    for item in stored:
        entry = _sound(item, expected=frontier.size, previous=previous)
        if previous is None:
            _check_origin(entry, signed=signed)
        frontier = frontier.push(item.leaf_hash)
        while due and due[0].size == frontier.size:
            _check_root(frontier, signed=due.popleft(), proven=proven)
            proven = frontier.size
        yield SoundEntry(item.index, entry)
        previous = entry
    if due:
        raise LedgerFault("it was signed, and is not there.", entry=frontier.size)
    if frontier.size != proven:
        raise LedgerFault("no checkpoint covers it.", entry=proven)


def _sound(item: StoredEntry, *, expected: int, previous: Entry | None) -> Entry:
    if item.index != expected:
        raise LedgerFault(f"it is missing; the next one is {item.index}.", entry=expected)
    if leaf_hash(item.body) != item.leaf_hash:
        raise LedgerFault("its bytes do not match its hash.", entry=expected)
    try:
        entry = parse_entry(item.body)
    except EntryFault as error:
        raise LedgerFault(str(error), entry=expected) from error
    if (entry.act is Act.LOG_OPENED) != (previous is None):
        raise LedgerFault("a ledger is opened once, by its first entry.", entry=expected)
    if previous is not None and entry.at < previous.at:
        raise LedgerFault("it is older than the entry before it.", entry=expected)
    return entry


def _check_origin(first: Entry, *, signed: Sequence[SignedCheckpoint]) -> None:
    origin = first.opening.origin if first.opening else ""
    if any(checkpoint.origin != origin for checkpoint in signed):
        raise LedgerFault("it opens another ledger than the one that was signed.", entry=0)


def _check_root(frontier: Frontier, *, signed: SignedCheckpoint, proven: int) -> None:
    if frontier.root == signed.root:
        return
    last = frontier.size - 1
    raise LedgerFault(
        f"entries {proven} to {last} were rewritten somewhere; their root is not the signed one.",
        entry=proven,
    )
