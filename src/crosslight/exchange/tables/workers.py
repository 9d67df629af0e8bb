"""Work on many tasks spread over the processors, its results in order."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar

# Tasks are taken from their source only when a worker will soon be free: they may be large.
_WAITING_PER_PROCESS = 2
# Thresholds of the collector's generations, far over Python's own.
_SELDOM = (200_000, 20, 100)

Task = TypeVar("Task")
Result = TypeVar("Result")


def processors() -> int:
    """How many this process may use, which a container may have fewer of than the machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def spread(
    work: Callable[[Task], Result], tasks: Iterable[Task], *, processes: int
) -> Iterator[Result]:
    """Results of `work` on every task, in order whatever `processes` is.

    Processes are forked: they share what `work` holds without copying it first. The fork takes
    place at the first task, before which no thread of the caller's should run.
    """
    with _seldom_collecting():
        if processes < 2 or "fork" not in multiprocessing.get_all_start_methods():  # noqa: PLR2004
            yield from map(work, tasks)
        else:
            yield from _forked(work, tasks, processes=processes)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Rows and results are no cycles: looking for some again and again takes half of all time.

    Frozen objects are not touched by the collector, so that forks go on sharing their memory.
    """
    before = gc.get_threshold()
    # Nothing is collected first: what a run leaves behind is small, and the look through all costs.
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _forked(
    work: Callable[[Task], Result], tasks: Iterable[Task], *, processes: int
) -> Iterator[Result]:
    executor = ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("fork"),
        initializer=_Worker.start,
        initargs=(work,),
    )
    try:
        # Threads that the source of tasks starts would not survive the fork.
        executor.submit(_Worker.ready).result()
        yield from _in_order(executor, tasks, waiting=processes * _WAITING_PER_PROCESS)
    finally:
        executor.shutdown(cancel_futures=True)


def _in_order(
    executor: ProcessPoolExecutor, tasks: Iterable[Task], *, waiting: int
) -> Iterator[Any]:
    begun: deque[Future[Any]] = deque()
    for task in tasks:
        begun.append(executor.submit(_Worker.run, task))
        if len(begun) >= waiting:
            yield begun.popleft().result()
    while begun:
        yield begun.popleft().result()


class _Worker:
    """The work of a forked process; it is handed over by the fork, as it can't be pickled."""

    work: ClassVar[Callable[[Any], object]]

    @classmethod
    def start(cls, work: Callable[[Any], object]) -> None:
        # The parent hears the interrupt and ends its workers; they need not speak of it too.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        cls.work = staticmethod(work)

    @classmethod
    def ready(cls) -> None:
        """Nothing to do but be forked."""

    @classmethod
    def run(cls, task: object) -> Any:  # noqa: ANN401 - what `work` gives
        return cls.work(task)
