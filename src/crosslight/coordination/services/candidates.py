"""Whom an entity's keys bring up, and what the model says of each, all weighed in one batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

from crosslight.coordination.services import index, value_counts
from crosslight.core.matching import (
    Columns,
    Prepared,
    Weighed,
    Weigher,
    columns,
    compare,
    counted_keys,
    explained,
    unpack,
)
from crosslight.core.matching.model import (
    BANDS,
    NOTIFYING,
    Band,
    Counts,
    MatchResult,
    Population,
)

MOST_CANDIDATES = 64
# Own records are passed over, so somewhat more than are wanted are looked at in one go.
_LOOKED_AT = MOST_CANDIDATES + 16


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity of another unit that shares a key which few enough hold."""

    entity_id: str
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates weighed; `common` are identifiers of the entity that too many hold."""

    prepared: Prepared
    candidates: tuple[Candidate, ...]
    weighed: Weighed | None
    common: frozenset[int]

    def band(self, place: int) -> Band:
        return Band.NONE if self.weighed is None else BANDS[self.weighed.bands[place]]

    def notifying(self) -> Iterator[tuple[str, MatchResult]]:
        """Those whose evidence is to be told, in words."""
        for place, candidate in enumerate(self.candidates):
            if self.weighed is not None and self.band(place) in NOTIFYING:
                yield (
                    candidate.entity_id,
                    explained(self.prepared, candidate.prepared, self.weighed, place=place),
                )


def found(prepared: Prepared, kinds: index.KeyKinds, *, unit_id: str | None) -> Found:
    """The best candidates of other units than `unit_id`, weighed."""
    held = index.holding(kinds)
    total = max(index.population_size(), 1)
    ranking = _ranked(held.usable, kinds, total=total)
    chosen = tuple(_chosen(ranking, like=prepared, unit_id=unit_id))
    if not chosen:
        return Found(prepared, (), None, held.common)
    batch = columns((prepared, *(each.prepared for each in chosen)))
    weigher = Weigher(batch, population(batch, held.holders, total=total))
    ours = np.zeros(len(chosen), dtype=np.int64)
    weighed = weigher.weigh(ours, np.arange(1, len(chosen) + 1))
    return Found(prepared, chosen, weighed, held.common)


def ranked(
    prepared: Prepared, unit: str | None = None, limit: int = 10
) -> list[tuple[str, float, Band]]:
    """The online check's candidates for a record that is not indexed, the heaviest first."""
    seen = found(prepared, index.keys_of(prepared), unit_id=unit)
    if seen.weighed is None:
        return []
    weights = seen.weighed.weights.tolist()
    lines = [
        (candidate.entity_id, weights[place], seen.band(place))
        for place, candidate in enumerate(seen.candidates)
    ]
    return sorted(lines, key=lambda line: (-line[1], line[0]))[:limit]


def compared(one: Prepared, other: Prepared) -> MatchResult:
    """Two entities by themselves, weighed as the index counts what they hold."""
    held = index.holding(index.keys_of(one))
    total = max(index.population_size(), 1)
    counted = population(columns((one, other)), held.holders, total=total)
    return compare(one, other, population=counted)


def population(batch: Columns, holders: Mapping[int, int], *, total: int) -> Population:
    """How common what the records hold is: identifiers as counted, all else as remembered."""
    remembered = value_counts.holders(counted_keys(batch).tolist())
    return Counts.of({**holders, **remembered}, total=total)


def _ranked(usable: Mapping[int, Sequence[int]], kinds: index.KeyKinds, *, total: int) -> list[int]:
    """Profiles by how rare the keys are that they share: who shares an identifier comes first."""
    rarity: dict[int, float] = defaultdict(float)
    exact: set[int] = set()
    for key, profiles in usable.items():
        bits = log2(1 + total / len(profiles))
        for profile in profiles:
            rarity[profile] += bits
        if kinds[key] == index.EXACT:
            exact.update(profiles)
    return sorted(rarity, key=lambda profile: (profile not in exact, -rarity[profile], profile))


def _chosen(profiles: Sequence[int], *, like: Prepared, unit_id: str | None) -> Iterator[Candidate]:
    """The first profiles of other units, of what they hold only what `like` holds, too."""
    left = MOST_CANDIDATES
    for start in range(0, len(profiles), _LOOKED_AT):
        part = profiles[start : start + _LOOKED_AT]
        texts = {pk: rest for pk, *rest in index.profiles(part)}
        for profile in part:
            if profile not in texts or not left:
                continue
            entity_id, unit, packed = texts[profile]
            if unit != unit_id:
                left -= 1
                yield Candidate(entity_id, unpack(packed, like=like))
        if not left:
            return
