"""What an executor of Spark does: weighs the pairs of blocks of records that share a key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, groupby
from typing import Any, NamedTuple, Protocol

import numpy as np
import pyarrow

from crosslight.core.matching import Counts, Figures, Prepared, Weigher, columns, unpack
from crosslight.exchange.bulk.job import Threshold

COLUMNS = "left int, right int, weight double, band tinyint, compared bigint"
_SCHEMA = pyarrow.schema(
    [
        ("left", pyarrow.int32()),
        ("right", pyarrow.int32()),
        ("weight", pyarrow.float64()),
        ("band", pyarrow.int8()),
        ("compared", pyarrow.int64()),
    ]
)
_BATCH_PAIRS = 50_000
_REMEMBERED = 50_000


class Broadcast(Protocol):
    """What Spark has sent to every executor once."""

    @property
    def value(self) -> Counts: ...


class _Line(NamedTuple):
    """One record in the block of one of its keys; `smaller` are its usable keys below that."""

    key: int
    row: int
    source: int
    packed: str
    smaller: frozenset[int]


_Pair = tuple[_Line, _Line]


@dataclass(frozen=True, slots=True)
class Blocks:
    population: Broadcast
    threshold: Threshold
    is_across: bool
    model: Figures

    def weigh(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Arrow batches of lines ordered by key become batches of wanted pairs.

        A line with a left record of -1 says how many pairs were weighed for those before it.
        """
        waiting: list[_Pair] = []
        for _, block in groupby(_lines(batches), key=lambda line: line.key):
            waiting += self._pairs(block)
            if len(waiting) >= _BATCH_PAIRS:
                yield self._weighed(waiting)
                waiting = []
        if waiting:
            yield self._weighed(waiting)

    def _pairs(self, block: Iterable[_Line]) -> Iterator[_Pair]:
        """Pairs of a block that no smaller key brings together, too."""
        for left, right in combinations(block, 2):
            if self.is_across and left.source == right.source:
                continue
            if left.smaller.isdisjoint(right.smaller):
                yield left, right

    def _weighed(self, pairs: list[_Pair]) -> Any:  # noqa: ANN401 - pyarrow ships no types
        texts = {line.row: line.packed for pair in pairs for line in pair}
        places = {row: place for place, row in enumerate(texts)}
        held = columns([_unpacked(text) for text in texts.values()])
        weigher = Weigher(held, self._counts, model=self.model)
        rows = np.array([(left.row, right.row) for left, right in pairs], dtype=np.int32)
        at = np.array([(places[left.row], places[right.row]) for left, right in pairs])
        weighed = weigher.weigh(at[:, 0], at[:, 1])
        wanted = self.threshold.wanted(weighed)
        kept = int(wanted.sum())
        values = (
            np.append(rows[wanted, 0], np.int32(-1)),
            np.append(rows[wanted, 1], np.int32(-1)),
            np.append(weighed.weights[wanted], 0.0),
            np.append(weighed.bands[wanted], np.int8(0)),
            np.append(np.zeros(kept, dtype=np.int64), len(pairs)),
        )
        return pyarrow.RecordBatch.from_arrays(
            [
                pyarrow.array(found, type=kind.type)
                for found, kind in zip(values, _SCHEMA, strict=True)
            ],
            schema=_SCHEMA,
        )

    @property
    def _counts(self) -> Counts:
        return self.population.value


def _lines(batches: Iterable[Any]) -> Iterator[_Line]:
    for batch in batches:
        for line in batch.select(["key", "row", "source", "packed", "keys"]).to_pylist():
            key, own = line["key"], line["keys"]
            smaller = frozenset(own[: own.index(key)])
            yield _Line(key, line["row"], line["source"], line["packed"], smaller)


@lru_cache(maxsize=_REMEMBERED)
def _unpacked(text: str) -> Prepared:
    return unpack(text)
