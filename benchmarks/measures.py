"""Measures of ranking and of pairwise linkage; a higher score means more likely the same."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class Point:
    """What a rule "same from this score on" gets right."""

    threshold: float
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Curve:
    """One place for each distinct score, highest first."""

    thresholds: NDArray[np.float64]
    precisions: NDArray[np.float64]
    recalls: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.thresholds)

    def point(self, place: int) -> Point:
        columns = (self.thresholds, self.precisions, self.recalls)
        return Point(*(float(column[place]) for column in columns))


def curve(scores: ArrayLike, same: ArrayLike, *, positives: int | None = None) -> Curve:
    """`positives` counts all true pairs, those that were never scored among them."""
    values, labels = np.asarray(scores, np.float64), np.asarray(same, np.bool_)
    wanted = int(labels.sum()) if positives is None else positives
    order = np.argsort(-values, kind="stable")
    values, right = values[order], np.cumsum(labels[order])
    is_last = np.append(values[1:] != values[:-1], True) if len(values) else np.zeros(0, np.bool_)
    taken = np.flatnonzero(is_last) + 1
    found = right[is_last]
    return Curve(values[is_last], found / taken, found / wanted if wanted else found * 0.0)


def best_f1(points: Curve) -> Point:
    """The point of the highest F1, chosen with the truth in hand."""
    if not len(points):
        return Point(0.0, 0.0, 0.0)
    total = points.precisions + points.recalls
    f1 = 2 * points.precisions * points.recalls / np.where(total > 0, total, 1.0)
    return points.point(int(np.argmax(f1)))


def recall_at(points: Curve, *, precision: float) -> float:
    return float(np.max(points.recalls[points.precisions >= precision], initial=0.0))


def at_threshold(points: Curve, *, threshold: float) -> Point:
    """The point of the lowest score that is still at or over `threshold`."""
    over = int((points.thresholds >= threshold).sum())
    return points.point(over - 1) if over else Point(threshold, 0.0, 0.0)


def auc(scores: ArrayLike, same: ArrayLike) -> float:
    """Chance that a true pair scores over a false one; a tie counts half (Mann-Whitney U)."""
    values, labels = np.asarray(scores, np.float64), np.asarray(same, np.bool_)
    positives, negatives = int(labels.sum()), int((~labels).sum())
    if not positives or not negatives:
        return 0.0
    _, level, held = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(held) - (held - 1) / 2)[level]
    return float((ranks[labels].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def true_pairs(entities: Iterable[str]) -> int:
    """How many pairs of rows are of one entity, given the entity of each row."""
    return sum(held * (held - 1) // 2 for held in Counter(entities).values())


def median_seconds(work: Callable[[], object], *, repeats: int) -> float:
    """Median over `repeats` warm runs."""
    work()
    return statistics.median(seconds_of(work) for _ in range(repeats))


def seconds_of(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def quantile(values: Sequence[float], share: float) -> float:
    return float(np.quantile(values, share)) if len(values) else 0.0
