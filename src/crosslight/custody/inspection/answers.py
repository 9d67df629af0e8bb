"""Doing what a task asks. Runs in the confined child only; see worker."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.archive import open_archive
from crosslight.core.evidence.packages.description import read_description
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.limits import LIMITS
from crosslight.custody.inspection.looking import Tools, look
from crosslight.custody.inspection.pixels import NoPixels, encode_anew
from crosslight.custody.inspection.tasks import Task, say
from crosslight.custody.inspection.window import window


@dataclass(frozen=True, slots=True)
class _Object:
    path: str
    suffix: str
    declared: str | None
    file: BinaryIO


def answer(task: Task, file: BinaryIO, tools: Tools) -> None:
    """Raises PackageFault where a package was expected and is not there."""
    objects = _asked_for(task, file)
    if task.is_copy:
        _copy(next(objects), task)
        return
    for each in objects:
        say({"begun": each.path})
        seen = look(
            each.file,
            path=each.path,
            suffix=each.suffix,
            declared=each.declared,
            limits=task.limits,
            tools=tools,
        )
        say({"object": seen.as_json()})
    say({"done": True})


def _asked_for(task: Task, file: BinaryIO) -> Iterator[_Object]:
    if task.in_package:
        return _objects(file, task.number)
    return _several(task.files) if task.files else _alone(file, task.suffix)


def _copy(each: _Object, task: Task) -> None:
    """A header on a line, and then the bytes of the picture."""
    try:
        made = encode_anew(each.file, most_pixels=task.limits.pixels)
    except NoPixels as error:
        say({"refused": error.refusal.value})
        return
    header = {"media_type": made.media_type, "width": made.width, "height": made.height}
    say({"copy": {**header, "frames": made.frames, "size": len(made.content)}})
    sys.stdout.buffer.write(made.content)
    sys.stdout.buffer.flush()


def _alone(file: BinaryIO, suffix: str) -> Iterator[_Object]:
    yield _Object("", suffix, None, window(file, start=0, size=file.seek(0, 2)))


def _several(files: Sequence[tuple[int, str]]) -> Iterator[_Object]:
    """Called by their place, as the objects of a package are."""
    for place, (descriptor, suffix) in enumerate(files, 1):
        with open(descriptor, "rb", closefd=False) as file:
            whole = window(file, start=0, size=file.seek(0, 2))
            yield _Object(layout.object_path(place, suffix=""), suffix, None, whole)


def _objects(file: BinaryIO, number: int) -> Iterator[_Object]:
    """Those from `number` on, as the package describes them; none behind the last."""
    archive = open_archive(file)
    layout.check_names(archive.names())
    data = archive.read(layout.DESCRIPTION, limit=LIMITS.json_bytes)
    items = read_description(data).items
    if not 0 < number <= len(items) + 1:
        raise PackageFault("There is no object of that number.")
    for item in items[number - 1 :]:
        start, size = archive.place(item.path)
        declared = item.facts.get("media_type_declared")
        yield _Object(
            item.path,
            PurePosixPath(item.path).suffix,
            declared if isinstance(declared, str) else None,
            window(file, start=start, size=size),
        )
