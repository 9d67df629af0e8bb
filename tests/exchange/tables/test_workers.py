from __future__ import annotations

import os

import pytest

from crosslight.exchange.tables.workers import processors, spread

POSITIONS = 2_345


def squares(positions: range) -> list[int]:
    return [position**2 for position in positions]


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_results_come_in_order_whatever_the_processes(processes: int) -> None:
    found = spread(squares, positions=POSITIONS, processes=processes)
    assert [value for batch in found for value in batch] == squares(range(POSITIONS))


def test_work_that_can_not_be_pickled_is_shared_by_the_fork() -> None:
    shared = [1]
    found = spread(lambda positions: shared[0] + len(positions), positions=2_000, processes=2)
    assert set(found) == {101}


def test_little_work_stays_in_this_process() -> None:
    assert set(spread(lambda _: os.getpid(), positions=500, processes=4)) == {os.getpid()}
    assert list(spread(squares, positions=0, processes=4)) == []


def test_a_failure_in_a_worker_reaches_the_caller() -> None:
    def fails(positions: range) -> None:
        raise ValueError(positions)

    with pytest.raises(ValueError, match="range"):
        list(spread(fails, positions=POSITIONS, processes=2))


def test_there_is_a_processor() -> None:
    assert processors() >= 1
