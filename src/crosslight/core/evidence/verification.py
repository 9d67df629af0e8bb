"""Does a ledger hold? The whole check, on entries handed in or on an exported folder.

Each entry is read by its own rules and hashed; the root at every checkpoint must be the signed
one; time must not run backwards. The first thing that fails is named, the rest is not looked at.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from crosslight.core.evidence.acts import Act
from crosslight.core.evidence.checkpoint import Checkpoint
from crosslight.core.evidence.entry import (
    CheckedEntry,
    Entry,
    EntryFault,
    Opening,
    check_entry,
    opening_of,
    rotation_of,
)
from crosslight.core.evidence.merkle import EMPTY_ROOT, Growth, leaf_hash
from crosslight.core.evidence.rotation import Exchange, RotationFault
from crosslight.core.evidence.rotation import checked as exchanged


class LedgerFault(Exception):
    """`entry` is the number of the first entry that does not hold, where one can be named."""

    def __init__(self, what: str, *, entry: int | None = None) -> None:
        self.what = what
        self.entry = entry
        super().__init__(what if entry is None else f"Entry {entry} does not hold: {what}")


@dataclass(frozen=True, slots=True)
class Verification:
    """`root` is the signed root in hexadecimal; `entry` the first that does not hold, if known.

    `witnesses` are those of the policy that cosigned, if one was asked about. `stamps` counts the
    checkpoints with a time stamp that holds, `shards` the yearly parts, and `leaves` are the
    fingerprints of the authorities' certificates. `stamped_size` is the largest stamped size of
    the newest part.
    """

    entries: int
    root: str
    checkpoints: int
    first_fault: str | None = None
    entry: int | None = None
    witnesses: tuple[str, ...] = ()
    stamps: int = 0
    stamped_size: int = 0
    shards: int = 1
    leaves: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return self.first_fault is None

    @classmethod
    def of_fault(cls, fault: LedgerFault, *, entries: int = 0) -> Verification:
        return cls(
            entries=entries, root="", checkpoints=0, first_fault=str(fault), entry=fault.entry
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
    """Most readers need no more than its place, and making an entry takes time."""

    index: int
    checked: CheckedEntry

    @property
    def entry(self) -> Entry:
        return self.checked.entry


@dataclass(frozen=True, slots=True)
class State:
    """The ledger at one size: its root, and the time of its last entry."""

    root: bytes
    at: str


@dataclass
class Trail:
    """What one reading of all entries leaves behind for the checks after it.

    `wanted` are sizes whose state is asked for beside those of the checkpoints.
    """

    wanted: frozenset[int] = frozenset()
    opening: Opening | None = None
    exchanges: list[Exchange] = field(default_factory=list)
    states: dict[int, State] = field(default_factory=dict)
    is_closed: bool = False


def replay(
    stored: Iterable[StoredEntry], *, signed: Sequence[Checkpoint], trail: Trail | None = None
) -> Iterator[SoundEntry]:
    """Each entry once it was checked; raises LedgerFault at the first that does not hold.

    `signed` are checkpoints by growing size; the last one covers everything. Their signatures are
    for the caller to check, since the entries say which key was in use.
    """
    growth, previous = Growth(), ""
    trail = Trail() if trail is None else trail
    due = deque(signed)
    proven = 0
    for item in stored:
        checked = _sound(item, expected=growth.size, previous=previous)
        if growth.size == 0:
            _check_origin(checked, signed=signed)
        _follow(trail, checked, index=growth.size)
        growth.push(item.leaf_hash)
        if growth.size in trail.wanted:
            trail.states[growth.size] = State(growth.root, checked.at)
        while due and due[0].size == growth.size:
            _check_root(growth, signed=due.popleft(), proven=proven)
            proven = growth.size
        yield SoundEntry(item.index, checked)
        previous = checked.at
    if due:
        raise LedgerFault("it was signed, and is not there.", entry=growth.size)
    if growth.size != proven:
        raise LedgerFault("no checkpoint covers it.", entry=proven)


# The acts that say how the ledger itself goes on.
_TRAILING = frozenset(act.value for act in (Act.LOG_OPENED, Act.LOG_CLOSED, Act.KEY_ROTATED))


def _follow(trail: Trail, checked: CheckedEntry, *, index: int) -> None:
    if trail.is_closed:
        raise LedgerFault("it stands behind the closing of the ledger.", entry=index)
    if checked.act not in _TRAILING:
        return
    if checked.act == Act.LOG_OPENED:
        trail.opening = opening_of(checked.fields)
    elif checked.act == Act.LOG_CLOSED:
        trail.is_closed = True
    elif trail.opening is not None:
        origin = trail.opening.origin
        try:
            exchange = exchanged(rotation_of(checked.fields), origin=origin, index=index)
        except RotationFault as error:
            raise LedgerFault(str(error), entry=index) from error
        trail.exchanges.append(exchange)


def _sound(item: StoredEntry, *, expected: int, previous: str) -> CheckedEntry:
    """`previous` is the time of the entry before it."""
    if item.index != expected:
        raise LedgerFault(f"it is missing; the next one is {item.index}.", entry=expected)
    if leaf_hash(item.body) != item.leaf_hash:
        raise LedgerFault("its bytes do not match its hash.", entry=expected)
    try:
        checked = check_entry(item.body)
    except EntryFault as error:
        raise LedgerFault(str(error), entry=expected) from error
    if (checked.act == Act.LOG_OPENED) != (expected == 0):
        raise LedgerFault("a ledger is opened once, by its first entry.", entry=expected)
    if checked.at < previous:
        raise LedgerFault("it is older than the entry before it.", entry=expected)
    return checked


def _check_origin(first: CheckedEntry, *, signed: Sequence[Checkpoint]) -> None:
    origin = first.fields["origin"]
    if any(checkpoint.origin != origin for checkpoint in signed):
        raise LedgerFault("it opens another ledger than the one that was signed.", entry=0)


def _check_root(growth: Growth, *, signed: Checkpoint, proven: int) -> None:
    if growth.root == signed.root:
        return
    last = growth.size - 1
    raise LedgerFault(
        f"entries {proven} to {last} were rewritten somewhere; their root is not the signed one.",
        entry=proven,
    )
