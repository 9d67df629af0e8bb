from __future__ import annotations

import pytest
from benchmarks.measures import at_threshold, auc, best_f1, curve, recall_at, true_pairs

SCORES = [0.9, 0.8, 0.8, 0.3, 0.1]
SAME = [True, True, False, True, False]


def test_auc_counts_a_tie_as_half() -> None:
    assert auc(SCORES, SAME) == pytest.approx((2 + 1.5 + 1) / 6)
    assert auc([0.5, 0.5], [True, False]) == 0.5
    assert auc([0.5], [True]) == 0


def test_curve_treats_equal_scores_as_one_point() -> None:
    points = curve(SCORES, SAME)
    assert list(points.thresholds) == [0.9, 0.8, 0.3, 0.1]
    assert list(points.precisions) == pytest.approx([1, 2 / 3, 3 / 4, 3 / 5])
    assert list(points.recalls) == pytest.approx([1 / 3, 2 / 3, 1, 1])


def test_curve_does_not_depend_on_the_order_of_pairs() -> None:
    points = curve(SCORES[::-1], SAME[::-1])
    assert list(points.precisions) == list(curve(SCORES, SAME).precisions)


def test_pairs_never_scored_lower_the_recall() -> None:
    assert best_f1(curve(SCORES, SAME, positives=6)).recall == pytest.approx(0.5)


def test_points_at_a_precision_and_at_a_threshold() -> None:
    points = curve(SCORES, SAME)
    assert recall_at(points, precision=0.95) == pytest.approx(1 / 3)
    assert recall_at(points, precision=0.7) == 1
    assert at_threshold(points, threshold=0.5).threshold == 0.8
    assert at_threshold(points, threshold=2).recall == 0


def test_nothing_scored_is_nothing_found() -> None:
    assert best_f1(curve([], [], positives=3)).f1 == 0
    assert recall_at(curve([], [], positives=3), precision=0.5) == 0


def test_true_pairs_are_counted_within_each_entity() -> None:
    assert true_pairs(["a", "b", "a", "a", "c", "c"]) == 4
