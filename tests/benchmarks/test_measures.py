from __future__ import annotations

import pytest
from benchmarks.measures import at_threshold, auc, best_f1, curve, recall_at

SCORED = [(0.9, True), (0.8, True), (0.8, False), (0.3, True), (0.1, False)]


def test_auc_counts_a_tie_as_half() -> None:
    assert auc(SCORED) == pytest.approx((2 + 1.5 + 1) / 6)
    assert auc([(0.5, True), (0.5, False)]) == 0.5
    assert auc([(0.5, True)]) == 0


def test_curve_treats_equal_scores_as_one_point() -> None:
    points = curve(SCORED)
    assert [point.threshold for point in points] == [0.9, 0.8, 0.3, 0.1]
    assert [point.precision for point in points] == pytest.approx([1, 2 / 3, 3 / 4, 3 / 5])
    assert [point.recall for point in points] == pytest.approx([1 / 3, 2 / 3, 1, 1])


def test_pairs_never_scored_lower_the_recall() -> None:
    assert best_f1(curve(SCORED, positives=6)).recall == pytest.approx(0.5)


def test_points_at_a_precision_and_at_a_threshold() -> None:
    points = curve(SCORED)
    assert recall_at(points, precision=0.95) == pytest.approx(1 / 3)
    assert recall_at(points, precision=0.7) == 1
    assert at_threshold(points, threshold=0.5).threshold == 0.8
    assert at_threshold(points, threshold=2).recall == 0
    assert best_f1([]).f1 == 0
