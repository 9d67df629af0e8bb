"""Does a ledger hold? The whole check, on entries handed in or on an exported folder.

Each entry is read by its own rules and hashed; the root at every checkpoint must be the signed
one; time must not run backwards. The first thing that fails is named, the rest is not looked at.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crosslight.core.evidence.acts import Act
from crosslight.core.evidence.canonical import JSON
from crosslight.core.evidence.checkpoint import SignedCheckpoint
from crosslight.core.evidence.entry import Entry, EntryFault, checked_fields, entry_of
from crosslight.core.evidence.merkle import EMPTY_ROOT, Growth, leaf_hash


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
    """`fields` keep every rule; most readers need no more, and making an entry takes time."""

    index: int
    fields: Mapping[str, JSON]

    @property
    def entry(self) -> Entry:
        return entry_of(self.fields)


def replay(
    stored: Iterable[StoredEntry], *, signed: Sequence[SignedCheckpoint]
) -> Iterator[SoundEntry]:
    """Each entry once it was checked; raises LedgerFault at the first that does not hold.

    `signed` are checkpoints whose signatures hold, by growing size; the last one covers everything.
    """
    growth, previous = Growth(), ""
    due = deque(signed)
    proven = 0
    for item in stored:
        fields = _sound(item, expected=growth.size, previous=previous)
        if growth.size == 0:
            _check_origin(fields, signed=signed)
        growth.push(item.leaf_hash)
        while due and due[0].size == growth.size:
            _check_root(growth, signed=due.popleft(), proven=proven)
            proven = growth.size
        yield SoundEntry(item.index, fields)
        previous = str(fields["ts"])
    if due:
        raise LedgerFault("it was signed, and is not there.", entry=growth.size)
    if growth.size != proven:
        raise LedgerFault("no checkpoint covers it.", entry=proven)


def _sound(item: StoredEntry, *, expected: int, previous: str) -> Mapping[str, JSON]:
    """`previous` is the time of the entry before it."""
    if item.index != expected:
        raise LedgerFault(f"it is missing; the next one is {item.index}.", entry=expected)
    if leaf_hash(item.body) != item.leaf_hash:
        raise LedgerFault("its bytes do not match its hash.", entry=expected)
    try:
        fields = checked_fields(item.body)
    except EntryFault as error:
        raise LedgerFault(str(error), entry=expected) from error
    if (fields["act"] == Act.LOG_OPENED) != (expected == 0):
        raise LedgerFault("a ledger is opened once, by its first entry.", entry=expected)
    if str(fields["ts"]) < previous:
        raise LedgerFault("it is older than the entry before it.", entry=expected)
    return fields


def _check_origin(first: Mapping[str, JSON], *, signed: Sequence[SignedCheckpoint]) -> None:
    if any(checkpoint.origin != first["origin"] for checkpoint in signed):
        raise LedgerFault("it opens another ledger than the one that was signed.", entry=0)


def _check_root(growth: Growth, *, signed: SignedCheckpoint, proven: int) -> None:
    if growth.root == signed.root:
        return
    last = growth.size - 1
    raise LedgerFault(
        f"entries {proven} to {last} were rewritten somewhere; their root is not the signed one.",
        entry=proven,
    )
