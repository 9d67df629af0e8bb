from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from crosslight.exchange.tables.workers import processors, spread

TASKS = range(57)


def square(number: int) -> int:
    return number**2


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_results_come_in_order_whatever_the_processes(processes: int) -> None:
    assert list(spread(square, TASKS, processes=processes)) == list(map(square, TASKS))


def test_work_that_can_not_be_pickled_is_shared_by_the_fork() -> None:
    shared = [1]
    assert list(spread(lambda number: shared[0] + number, [1, 2], processes=2)) == [2, 3]


def test_one_process_is_this_one() -> None:
    assert set(spread(lambda _: os.getpid(), TASKS, processes=1)) == {os.getpid()}
    assert os.getpid() not in set(spread(lambda _: os.getpid(), TASKS, processes=2))
    assert list(spread(square, [], processes=4)) == []


def test_tasks_are_made_as_they_are_needed() -> None:
    made: list[int] = []

    def making() -> Iterator[int]:
        for number in TASKS:
            made.append(number)
            yield number

    found = spread(square, making(), processes=2)
    assert next(found) == 0
    assert len(made) < len(TASKS) / 2
    found.close()  # type: ignore[attr-defined]


def test_a_failure_in_a_worker_reaches_the_caller() -> None:
    def fails(number: int) -> None:
        raise ValueError(number)

    with pytest.raises(ValueError, match="0"):
        list(spread(fails, TASKS, processes=2))


def test_there_is_a_processor() -> None:
    assert processors() >= 1
