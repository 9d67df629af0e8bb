"""Work on many positions spread over the processors, its results in order."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any, ClassVar, TypeVar

_CHUNK = 100
# Below this many positions the processes cost more than they save.
_LEAST_POSITIONS = 2_000

Result = TypeVar("Result")


def processors() -> int:
    """How many this process may use, which a container may have fewer of than the machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def spread(work: Callable[[range], Result], *, positions: int, processes: int) -> Iterator[Result]:
    """Results of `work` on all positions, some at a time, in order whatever `processes` is.

    Processes are forked: they share what `work` holds without copying it first.
    """
    chunks = [range(start, min(start + _CHUNK, positions)) for start in range(0, positions, _CHUNK)]
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if processes < 2 or positions < _LEAST_POSITIONS or not can_fork:  # noqa: PLR2004
        yield from map(work, chunks)
        return
    # Frozen objects are not touched by the collector, so their memory stays shared.
    gc.collect()
    gc.freeze()
    executor = ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("fork"),
        initializer=_Worker.start,
        initargs=(work,),
    )
    try:
        yield from executor.map(_Worker.run, chunks)
    finally:
        executor.shutdown(cancel_futures=True)
        gc.unfreeze()


class _Worker:
    """The work of a forked process; it is handed over by the fork, as it can't be pickled."""

    work: ClassVar[Callable[[range], object]]

    @classmethod
    def start(cls, work: Callable[[range], object]) -> None:
        # The parent hears the interrupt and ends its workers; they need not speak of it too.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        cls.work = staticmethod(work)

    @classmethod
    def run(cls, positions: range) -> Any:  # noqa: ANN401 - what `work` gives
        return cls.work(positions)
