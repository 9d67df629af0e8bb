"""Commands and functions run in processes of their own, with their time and greatest memory."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")
_INTERVAL = 0.25
_KIB = 1024


@dataclass(frozen=True, slots=True)
class Run(Generic[_T]):
    """`peak_bytes` is the greatest sum over the process and its children at one time.

    Pages that several of them share count once (Linux's PSS). 0 where /proc does not tell.
    """

    result: _T
    seconds: float
    peak_bytes: int

    @property
    def peak_mib(self) -> float:
        return self.peak_bytes / _KIB**2


def run_command(command: Sequence[str], *, stdout: Path | None = None) -> Run[None]:
    """What the command says goes to `stdout`. Raises CalledProcessError where it fails."""
    started = time.perf_counter()
    with (
        (stdout or Path(os.devnull)).open("wb") as said,
        subprocess.Popen(command, stdout=said) as process,
        _watched(process.pid) as peak,
    ):
        status = process.wait()
    if status:
        raise subprocess.CalledProcessError(status, command)
    return Run(None, time.perf_counter() - started, peak.bytes)


def run_apart(work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> Run[_T]:
    """`work` in a fresh Python, so that its memory is its own; it times itself if it must."""
    context = multiprocessing.get_context("spawn")
    started = time.perf_counter()
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        future = pool.submit(work, *args, **kwargs)
        (child,) = list(pool._processes)  # noqa: SLF001  no other way to its id
        with _watched(child) as peak:
            result = future.result()
    return Run(result, time.perf_counter() - started, peak.bytes)


class _Peak:
    bytes: int = 0


@contextlib.contextmanager
def _watched(pid: int) -> Iterator[_Peak]:
    peak, is_over = _Peak(), threading.Event()

    def watch() -> None:
        while True:
            peak.bytes = max(peak.bytes, sum(map(_memory, _family(pid))))
            if is_over.wait(_INTERVAL):
                return

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        is_over.set()
        thread.join()


def _family(pid: int) -> Iterator[int]:
    yield pid
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in tasks.read_text().split():
                yield from _family(int(child))


def _memory(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * _KIB
    return 0


def own_memory() -> int:
    """Bytes that this process holds now."""
    return _memory(os.getpid())
