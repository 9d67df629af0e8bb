"""A random sample that anyone can draw again: by a seed, out of numbers that the ledger fixes."""

from __future__ import annotations

import hashlib
import heapq
import re
from collections.abc import Iterable, Iterator, Mapping

from crosslight.core.evidence import tiles
from crosslight.core.evidence.acts import NEEDS_JUSTIFICATION, Act
from crosslight.core.evidence.checkpoint import Checkpoint
from crosslight.core.evidence.entry import EntryFault, parse_entry
from crosslight.core.evidence.export import CHECKPOINT, ENTRIES
from crosslight.core.evidence.notes import Note, NoteFault

# Article 25 wants a justification for these, so these are what is looked at.
ACCESSES = frozenset(act for act in Act if act.classification in NEEDS_JUSTIFICATION)
DRAWN = 30
_SEED = re.compile(r"[!-~]{1,64}")


class Unreadable(ValueError):
    """An export whose entries cannot be read; its verification says more."""


def is_seed(text: str) -> bool:
    return bool(_SEED.fullmatch(text))


def draw(numbers: Iterable[int], *, seed: str, most: int) -> tuple[int, ...]:
    """At most `most` of `numbers`, in their order.

    Those whose SHA-256 over `seed:number` is least: no number has a better chance than another,
    and nobody who does not choose the seed can say which come.
    """
    chosen = heapq.nsmallest(most, numbers, key=lambda number: (_mark(seed, number), number))
    return tuple(sorted(chosen))


def accesses_in(files: Mapping[str, bytes], *, most: int | None = None) -> Iterator[int]:
    """The numbers of all accesses among the first `most` entries of an export; it is not checked.

    Raises Unreadable.
    """
    try:
        held = Checkpoint.from_text(Note.from_text(files[CHECKPOINT].decode()).text).size
        size = held if most is None else min(most, held)
        for piece in tiles.pieces(held):
            if piece.start >= size:
                return
            bodies = tiles.unbundle(files[piece.path(ENTRIES)])
            for index, body in enumerate(bodies, start=piece.start):
                if index < size and parse_entry(body).act in ACCESSES:
                    yield index
    except (KeyError, UnicodeDecodeError, NoteFault, EntryFault, tiles.TileFault) as error:
        raise Unreadable("The export cannot be read.") from error


def _mark(seed: str, number: int) -> bytes:
    return hashlib.sha256(f"{seed}:{number}".encode()).digest()
