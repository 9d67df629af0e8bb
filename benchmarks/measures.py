"""Measures of ranking and of pairwise linkage; a higher score means more likely the same."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby


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


Scored = Sequence[tuple[float, bool]]


def curve(scored: Scored, *, positives: int | None = None) -> list[Point]:
    """One point for each distinct score, highest first.

    `positives` counts all true pairs, those that were never scored among them.
    """
    wanted = sum(same for _, same in scored) if positives is None else positives
    points, taken, right = [], 0, 0
    ordered = sorted(scored, key=lambda item: -item[0])
    for threshold, group in groupby(ordered, key=lambda item: item[0]):
        labels = [same for _, same in group]
        taken, right = taken + len(labels), right + sum(labels)
        points.append(Point(threshold, right / taken, right / wanted if wanted else 0.0))
    return points


def best_f1(points: Iterable[Point]) -> Point:
    return max(points, key=lambda point: point.f1, default=Point(0.0, 0.0, 0.0))


def recall_at(points: Iterable[Point], *, precision: float) -> float:
    return max((point.recall for point in points if point.precision >= precision), default=0.0)


def at_threshold(points: Iterable[Point], *, threshold: float) -> Point:
    """The point of the lowest score that is still at or over `threshold`."""
    over = [point for point in points if point.threshold >= threshold]
    return over[-1] if over else Point(threshold, 0.0, 0.0)


def auc(scored: Scored) -> float:
    """Chance that a true pair scores over a false one; a tie counts half (Mann-Whitney U)."""
    positives = sum(same for _, same in scored)
    negatives = len(scored) - positives
    if not positives or not negatives:
        return 0.0
    below, won = 0, 0.0
    ordered = sorted(scored, key=lambda item: item[0])
    for _, group in groupby(ordered, key=lambda item: item[0]):
        labels = [same for _, same in group]
        right = sum(labels)
        wrong = len(labels) - right
        won += right * (below + wrong / 2)
        below += wrong
    return won / (positives * negatives)


def median_seconds(work: Callable[[], object], *, repeats: int) -> float:
    """Median over `repeats` warm runs."""
    work()
    taken = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)
