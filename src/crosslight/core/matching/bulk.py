"""Every likely pair among many records, each compared once: files, imports, re-runs."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crosslight.core.matching import (
    MatchResult,
    Prepared,
    Weighing,
    compare,
    is_key_usable,
    weigh,
)

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Pair:
    """Positions of two records, `left` before `right`, and what their comparison found."""

    left: int
    right: int
    result: MatchResult


@dataclass(frozen=True, slots=True)
class CountedRarity:
    """How rare values are among the records themselves."""

    total: int
    counts: Mapping[str, int]

    def holders(self, key: str) -> int:
        return self.counts.get(key, 1)


@dataclass(frozen=True, slots=True)
class Pool:
    """Records with an index of the keys that more than one of them holds.

    `sources` numbers the file each record came from; with several files only pairs across them
    count. `common_keys` says how many keys too many records hold to fetch candidates by.
    """

    records: Sequence[Prepared]
    sources: Sequence[int] | None
    rarity: CountedRarity
    postings: Mapping[str, array[int]]
    common_keys: int

    def candidates(self, position: int) -> list[int]:
        """Later records that share a usable key with that at `position`, in order."""
        found: set[int] = set()
        for key in self.records[position].keys:
            found.update(self.postings.get(key, ()))
        later = (other for other in found if other > position)
        if self.sources is None:
            return sorted(later)
        own = self.sources[position]
        return sorted(other for other in later if self.sources[other] != own)


def pool(records: Sequence[Prepared], *, sources: Sequence[int] | None = None) -> Pool:
    """Index of `records`; the memory it takes grows with the keys that are shared."""
    counts = Counter(key for record in records for key in record.keys)
    shared = {key: count for key, count in counts.items() if count > 1}
    del counts
    usable = {key for key, count in shared.items() if is_key_usable(key, count)}
    return Pool(
        records=records,
        sources=sources,
        rarity=CountedRarity(total=len(records), counts=shared),
        postings=_postings(records, usable=usable),
        common_keys=len(shared) - len(usable),
    )


def _postings(records: Iterable[Prepared], *, usable: set[str]) -> dict[str, array[int]]:
    found: dict[str, array[int]] = {}
    for position, record in enumerate(records):
        for key in record.keys & usable:
            found.setdefault(key, array("I")).append(position)
    return found


def matched_pairs(
    among: Pool,
    *,
    is_wanted: Callable[[Weighing], bool],
    positions: Iterable[int] | None = None,
    progress: Progress | None = None,
) -> Iterator[Pair]:
    """Wanted pairs ordered by left record, heaviest first.

    `positions` are those of the left records, all by default. `progress` hears after each of
    them how many pairs were compared for it.
    """
    for position in range(len(among.records)) if positions is None else positions:
        record = among.records[position]
        found = []
        candidates = among.candidates(position)
        for other in candidates:
            if is_wanted(weigh(record, among.records[other], rarity=among.rarity)):
                # Only wanted pairs are put in words, which costs as much as the weighing.
                result = compare(record, among.records[other], rarity=among.rarity)
                found.append(Pair(position, other, result))
        found.sort(key=lambda pair: (-pair.result.weight, pair.right))
        yield from found
        if progress:
            progress(len(candidates))
