"""The work folder beside the result: what an interrupted run has already done."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crosslight.exchange.bulk.job import MatchJob
from crosslight.exchange.tables.errors import UnusableInput

_JOB = "job.json"


@dataclass(frozen=True, slots=True)
class WorkFolder:
    """A file in it is whole: it is written under another name first."""

    path: Path

    def file(self, name: str) -> Path:
        return self.path / name

    def holds(self, name: str) -> bool:
        return self.file(name).exists()

    def write(self, name: str, fill: Callable[[Path], object]) -> None:
        unfinished = self.file(f"{name}.part")
        fill(unfinished)
        unfinished.replace(self.file(name))

    def write_json(self, name: str, value: Mapping[str, Any]) -> None:
        self.write(name, lambda path: path.write_text(json.dumps(value), encoding="utf-8"))

    def read_json(self, name: str) -> dict[str, Any]:
        found = json.loads(self.file(name).read_text(encoding="utf-8"))
        if not isinstance(found, dict):
            raise TypeError(f"{name} holds no object")
        return found


def work_path(out: Path) -> Path:
    return out.with_name(f"{out.name}.work")


@contextmanager
def work_folder(job: MatchJob) -> Iterator[WorkFolder]:
    """The folder of `job`, removed at the end and when the input turns out unusable.

    Whatever else ends the run leaves it, so that the run can be resumed. Raises UnusableInput
    where there is one of another job, or of a job that is not resumed.
    """
    folder = WorkFolder(work_path(job.out))
    _enter(folder, job)
    try:
        yield folder
    except UnusableInput:
        shutil.rmtree(folder.path)
        raise
    shutil.rmtree(folder.path)


def _enter(folder: WorkFolder, job: MatchJob) -> None:
    wanted = {"job": _fingerprint(job)}
    if folder.path.exists() and job.is_resumed:
        if not folder.holds(_JOB) or folder.read_json(_JOB) != wanted:
            raise UnusableInput(
                f"{folder.path} is of a run with other files or options.",
                remedy="Repeat that run as it was, or remove the folder and run without --resume.",
            )
        return
    if folder.path.exists() and not folder.holds(_JOB):
        raise UnusableInput(
            f"{folder.path} is in the way.", remedy="Name another result with --out."
        )
    if folder.path.exists():
        shutil.rmtree(folder.path)
    # It holds what the files hold: it is the caller's alone.
    folder.path.mkdir(mode=0o700)
    folder.write_json(_JOB, wanted)


def _fingerprint(job: MatchJob) -> str:
    """Of all that the result depends on; how many processes work on it is not among that."""
    stats = [(str(path.resolve()), path.stat()) for path in job.source.paths]
    parts = (
        repr(job.model),
        [(name, found.st_size, found.st_mtime_ns) for name, found in stats],
        (job.source.id_column, job.source.schema, job.source.country),
        sorted((column, str(target)) for column, target in job.source.overrides.items()),
        (str(job.threshold), job.style.value, job.language, job.means.engine.value),
    )
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()
