"""Labelled pairs of invented persons, region by region: the quality that must not be lost."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from crosslight.core.names import score

_FILES = sorted((Path(__file__).parent / "pairs").glob("*.csv"))
_AREA, _RECALL = 0.97, 0.92


def _scored(path):
    with path.open(encoding="utf-8", newline="") as rows:
        return [
            (score(row["name_a"], row["name_b"]), row["same"] == "1")
            for row in csv.DictReader(rows)
        ]


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_pairs_of_one_person_score_above_pairs_of_two(path):
    scored = _scored(path)
    same = [value for value, is_same in scored if is_same]
    other = [value for value, is_same in scored if not is_same]
    won = sum((one > two) + (one == two) / 2 for one in same for two in other)
    assert won / (len(same) * len(other)) >= _AREA


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_recall_at_a_precision_of_nineteen_in_twenty(path):
    scored = _scored(path)
    best = 0.0
    for threshold in {value for value, _ in scored}:
        kept = [is_same for value, is_same in scored if value >= threshold]
        if sum(kept) / len(kept) >= 0.95:
            best = max(best, sum(kept) / sum(is_same for _, is_same in scored))
    assert best >= _RECALL
