from __future__ import annotations

import numpy as np
import pyarrow
import pytest
from benchmarks.found import Found, strings

TRUTH = {"a": "one", "b": "one", "c": "two", "d": "two"}
SCORES = np.array([3.0, 2.0, 1.0])


def test_pairs_are_judged_by_the_entity_of_each_row() -> None:
    found = Found(strings(["a", "a", "d"]), strings(["b", "c", "c"]), SCORES, seconds=1.0)
    assert found.same(TRUTH).tolist() == [True, False, True]
    assert found.curve(TRUTH, positives=2).recalls.tolist() == [0.5, 0.5, 1.0]
    assert len(found) == 3


def test_ids_may_come_in_chunks() -> None:
    left = pyarrow.chunked_array([strings(["a"]), strings(["a", "d"])])
    found = Found(left, strings(["b", "c", "c"]), SCORES, seconds=1.0)
    assert found.same(TRUTH).tolist() == [True, False, True]


def test_nothing_found_is_no_pair() -> None:
    assert len(Found(strings([]), strings([]), np.zeros(0), seconds=1.0).same(TRUTH)) == 0


def test_an_id_that_was_never_given_is_an_error() -> None:
    found = Found(strings(["a"]), strings(["x"]), np.zeros(1), seconds=1.0)
    with pytest.raises(ValueError, match="1 ids"):
        found.same(TRUTH)
