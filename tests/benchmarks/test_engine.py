"""What the benchmarks work out in process, held to the slow and plain way."""

from __future__ import annotations

import sys
from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest
from benchmarks.engine import KEY_KINDS, Indexed, canonical_words, unlisted_share
from benchmarks.online_check import Trial
from benchmarks.processes import run_apart, run_command
from benchmarks.splink_persons import raw_words, true_words, worded
from benchmarks.synthetic import Plan, rows_of_block

ROWS = rows_of_block(Plan(rows=400, seed=9), 0)


@pytest.fixture(scope="module")
def indexed() -> Indexed:
    return Indexed.of(ROWS)


def slow_pairs(indexed: Indexed, kind: str | None) -> set[tuple[int, int]]:
    holders = defaultdict(set)
    lines = zip(indexed.keys.rows, indexed.keys.keys, indexed.keys.kinds, strict=True)
    for (row, key, code), is_usable in zip(lines, indexed.usable, strict=True):
        if is_usable and kind in (None, KEY_KINDS[code]):
            holders[int(key)].add(int(row))
    return {pair for held in holders.values() for pair in combinations(sorted(held), 2)}


@pytest.mark.parametrize("kind", [None, *KEY_KINDS])
def test_pairs_are_all_that_share_a_usable_key_each_once(indexed, kind) -> None:
    left, right = indexed.pairs(kind)
    found = list(zip(left.tolist(), right.tolist(), strict=True))
    assert len(found) == len(set(found))
    assert set(found) == slow_pairs(indexed, kind)


def test_true_pairs_weigh_more(indexed) -> None:
    left, right = indexed.pairs()
    weights = indexed.weighed(left, right)
    persons = np.array([row["truth_person"] for row in ROWS])
    same = persons[left] == persons[right]
    assert np.median(weights[same]) > np.median(weights[~same])


def test_names_are_words_of_one_kind_or_another() -> None:
    row = {"name": "M. Mamadou DIALLO", "truth_name": "g:Mamadou|s:Diallo"}
    assert raw_words(row) == ["m", "mamadou", "diallo"]
    assert true_words(row) == ["g:Mamadou", "s:Diallo"]
    assert canonical_words({"name": "Momodou Jallow"}) == canonical_words(
        {"name": "Mamadou Diallo"}
    )
    assert unlisted_share([{"name": "Mamadou Diallo"}]) == 0


def test_splink_is_given_parts_of_dates_and_the_end_of_a_phone() -> None:
    row = {**dict.fromkeys(ROWS[0]), "id": "a", "name": "Awa Sarr", "phone": "00221 1 234 56 78 9"}
    table = worded([{**row, "birth_date": "1990-01-01"}], raw_words).to_pylist()[0]
    assert (table["birth_year"], table["birth_date"], table["birth_day"]) == (
        "1990",
        "1990-01-01",
        None,
    )
    assert table["phone"] == "23456789"


def test_a_query_is_held_back_from_what_is_indexed() -> None:
    trial = Trial.of(ROWS, wanted=20)
    indexed = {row["id"] for row in trial.indexed}
    assert len(trial.queries) == 20
    assert not indexed & {row["id"] for row in trial.queries}
    persons = {trial.persons[row["id"]] for row in trial.indexed}
    assert all(trial.persons[row["id"]] in persons for row in trial.queries)
    own = [
        [other["id"] for other in trial.indexed if other["truth_person"] == row["truth_person"]]
        for row in trial.queries
    ]
    assert trial.in_first(own, most=1) == 1
    assert trial.in_first([["r"] * 0 for _ in own], most=10) == 0


def test_processes_are_timed_and_their_failure_is_seen() -> None:
    run = run_command([sys.executable, "-c", "import time; time.sleep(0.6)"])
    assert run.seconds > 0
    assert run.peak_bytes > 0
    with pytest.raises(Exception, match="non-zero exit status 3"):
        run_command([sys.executable, "-c", "raise SystemExit(3)"])
    assert run_apart(divmod, 7, 3).result == (2, 1)
