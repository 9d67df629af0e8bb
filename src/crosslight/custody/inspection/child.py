"""Running the worker: with what it is to read, nothing else of ours, and an end to everything."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, BinaryIO

import crosslight
from crosslight.custody.inspection.results import Isolation, Stop
from crosslight.custody.inspection.tasks import Task

_MODULE = "crosslight.custody.inspection.worker"
_PIECE = 2**16
# An object at its worst, and two lines for each object that a package may hold.
_LONGEST_LINE, _MOST_LINES = 2**18, 12_000
# Where our own code and the libraries lie: all that the child is told of the machine.
_CODE = str(Path(crosslight.__file__).resolve().parents[1])
_STOPPED_BY_SIGNAL = {-signal.SIGXCPU: Stop.CPU}


@dataclass(frozen=True, slots=True)
class Answer:
    """`lines`: what was said before the end; `rest`: the bytes behind the last whole line."""

    lines: tuple[Mapping[str, Any], ...]
    stop: Stop
    rest: bytes = b""

    @property
    def isolation(self) -> Isolation:
        said = next((line["isolation"] for line in self.lines if "isolation" in line), "")
        return Isolation(said) if said in list(Isolation) else Isolation.NONE


@dataclass(frozen=True, slots=True)
class Deadline:
    """On a clock that nobody sets; `left` is never negative."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        return max(0.0, self.at - time.monotonic())


def ask(path: Path, task: Task, *, deadline: Deadline) -> Answer:
    """Never raises for what is in the file, or for a file that cannot be opened."""
    return ask_together([path], lambda _descriptors: task, deadline=deadline)


def ask_together(
    paths: Sequence[Path], task_of: Callable[[Sequence[int]], Task], *, deadline: Deadline
) -> Answer:
    """As `ask` of several files at once; the task names them by their descriptors."""
    with ExitStack() as opened:
        try:
            files = [opened.enter_context(path.open("rb")) for path in paths]
        except OSError:
            return Answer((), Stop.UNREADABLE)
        task = task_of([file.fileno() for file in files])
        try:
            child = _start(files, task)
        except OSError:
            return Answer((), Stop.NOT_STARTED)
    try:
        said, stop = _listen(child, task, deadline=deadline)
    finally:
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()
    return _understood(said, stop, child.returncode)


def _start(files: Sequence[BinaryIO], task: Task) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  our own interpreter and module
        # -P, -s and -B: no module of the working folder or the user, and none written.
        [sys.executable, "-P", "-s", "-B", "-m", _MODULE, task.as_text()],
        stdin=files[0],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=[file.fileno() for file in files] if task.files else (),
        cwd="/",
        env={"PYTHONPATH": _CODE},
        start_new_session=True,
    )


def _listen(
    child: subprocess.Popen[bytes], task: Task, *, deadline: Deadline
) -> tuple[bytes, Stop]:
    """What it says until it ends, says too much, or runs out of time."""
    said = bytearray()
    most = task.limits.answer_bytes + (task.limits.copy_bytes if task.is_copy else 0)
    pipe = _pipe(child)
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        while True:
            if not waiting.select(deadline.left):
                return bytes(said), Stop.TIME
            piece = os.read(pipe.fileno(), _PIECE)
            if not piece:
                break
            said += piece
            if len(said) > most:
                return b"", Stop.ANSWER
    try:
        child.wait(deadline.left)
    except subprocess.TimeoutExpired:
        return bytes(said), Stop.TIME
    return bytes(said), Stop.NONE


def _pipe(child: subprocess.Popen[bytes]) -> IO[bytes]:
    if child.stdout is None:
        raise RuntimeError("the child was started without a pipe")
    return child.stdout


def _understood(said: bytes, stop: Stop, status: int) -> Answer:
    answer = _lines(said)
    told = next((line["stopped"] for line in answer.lines if "stopped" in line), "")
    if stop is not Stop.NONE:
        return replace(answer, stop=stop)
    if told in list(Stop) and told:
        return replace(answer, stop=Stop(told))
    if status in _STOPPED_BY_SIGNAL:
        return replace(answer, stop=_STOPPED_BY_SIGNAL[status])
    return answer if status == 0 or answer.stop is Stop.ANSWER else replace(answer, stop=Stop.CRASH)


def _lines(said: bytes) -> Answer:
    """JSON objects, one a line, up to the header of a copy, behind which bytes follow."""
    lines: list[Mapping[str, Any]] = []
    at = 0
    while (end := said.find(b"\n", at)) >= 0:
        value = _object(said[at:end])
        at = end + 1
        if value is None or len(lines) >= _MOST_LINES:
            return Answer(tuple(lines), Stop.ANSWER)
        lines.append(value)
        if "copy" in value:
            break
    return Answer(tuple(lines), Stop.NONE, said[at:])


def _object(line: bytes) -> Mapping[str, Any] | None:
    if len(line) > _LONGEST_LINE:
        return None
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
