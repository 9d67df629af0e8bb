"""Asking the child about a file or a package, and believing no more of its answer than fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from crosslight.core.evidence.captures.findings import Finding
from crosslight.core.evidence.packages.layout import OBJECT, object_path
from crosslight.custody.inspection.child import Answer, Deadline, ask, ask_together
from crosslight.custody.inspection.limits import DEFAULT, InspectionLimits
from crosslight.custody.inspection.results import (
    UNKNOWN_TYPE,
    Code,
    Flag,
    Isolation,
    NotAnInspection,
    ObjectInspection,
    PackageInspection,
    Provenance,
    Stop,
)
from crosslight.custody.inspection.tasks import Task

_FILES_TOGETHER, _BYTES_TOGETHER = 64, 256 * 2**20
# The next object may do better, unless the whole is out of time or was never begun.
_GO_ON_AFTER = frozenset({Stop.CRASH, Stop.CPU, Stop.MEMORY, Stop.ANSWER})


def inspect_package(package: Path, *, limits: InspectionLimits = DEFAULT) -> PackageInspection:
    """Look into every object. Raises nothing for what is in the file, and changes nothing in it."""
    objects: list[ObjectInspection] = []
    stops: list[Stop] = []
    isolation: Isolation | None = None
    deadline = Deadline.after(limits.wall_seconds)
    for _ in range(limits.restarts + 1):
        task = Task(in_package=True, number=len(objects) + 1, limits=limits)
        answer = ask(package, task, deadline=deadline)
        isolation = _weaker(isolation, answer.isolation)
        seen, stop = _objects(answer)
        objects += seen
        if stop is Stop.NONE:
            break
        stops.append(stop)
        begun = _begun(answer, after=seen)
        if begun is None:
            break
        objects.append(_stopped(begun, stop))
        if stop not in _GO_ON_AFTER:
            break
    stopped_by = stops[0] if stops else Stop.NONE
    return PackageInspection(
        tuple(objects),
        is_complete=not stops,
        stopped_by=stopped_by.value,
        isolation=(isolation or Isolation.NONE).value,
    )


def inspect_file(file: Path, *, limits: InspectionLimits = DEFAULT) -> ObjectInspection:
    """Look into one file that is in no package yet."""
    task = Task(in_package=False, suffix=file.suffix.lower(), limits=limits)
    deadline = Deadline.after(limits.wall_seconds)
    objects, stop = _objects(ask(file, task, deadline=deadline))
    if stop is Stop.NONE and len(objects) == 1:
        return objects[0]
    return _stopped("", stop if stop is not Stop.NONE else Stop.ANSWER)


def inspect_files(
    files: Sequence[Path], *, limits: InspectionLimits = DEFAULT
) -> list[ObjectInspection]:
    """As `inspect_file` of each, many in one child: starting one takes longer than most files do.

    What a child did not come to because of another file is asked of a child of its own.
    """
    found: list[ObjectInspection] = []
    for batch in _batches(files):
        seen = _together(batch, limits) if len(batch) > 1 else []
        found += seen
        found += [inspect_file(file, limits=limits) for file in batch[len(seen) :]]
    return found


def _batches(files: Sequence[Path]) -> Iterator[list[Path]]:
    """So many in one child that its limits are those of a package."""
    batch: list[Path] = []
    size = 0
    for file in files:
        size += _size(file)
        if batch and (size > _BYTES_TOGETHER or len(batch) == _FILES_TOGETHER):
            yield batch
            batch, size = [], _size(file)
        batch.append(file)
    if batch:
        yield batch


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _together(files: Sequence[Path], limits: InspectionLimits) -> list[ObjectInspection]:
    """Those that were seen to their end, in order."""
    suffixes = [file.suffix.lower() for file in files]

    def task_of(descriptors: Sequence[int]) -> Task:
        named = tuple(zip(descriptors, suffixes, strict=True))
        return Task(in_package=False, files=named, limits=limits)

    answer = ask_together(files, task_of, deadline=Deadline.after(limits.wall_seconds))
    objects, _ = _objects(answer)
    places = [object_path(place, suffix="") for place in range(1, len(files) + 1)]
    in_place = takewhile(lambda pair: pair[0].path == pair[1], zip(objects, places, strict=False))
    return [replace(seen, path="") for seen, _ in in_place]


def _objects(answer: Answer) -> tuple[Sequence[ObjectInspection], Stop]:
    """Those that have their form, up to the first that has not."""
    objects: list[ObjectInspection] = []
    for line in answer.lines:
        if "object" not in line:
            continue
        try:
            objects.append(ObjectInspection.from_json(line["object"]))
        except NotAnInspection:
            return objects, Stop.ANSWER
    stop = answer.stop
    if stop is Stop.NONE and not any("done" in line for line in answer.lines):
        stop = Stop.CRASH
    return objects, stop


def _begun(answer: Answer, *, after: Sequence[ObjectInspection]) -> str | None:
    """The object on which the child ended, if it tells the same story in all its lines."""
    begun = [line["begun"] for line in answer.lines if "begun" in line]
    if [seen.path for seen in after] != begun[:-1] or not begun:
        return None
    path = begun[-1]
    return path if isinstance(path, str) and OBJECT.fullmatch(path) else None


def _stopped(path: str, stop: Stop) -> ObjectInspection:
    return ObjectInspection(
        path,
        UNKNOWN_TYPE,
        frozenset({Flag.NOT_LOOKED_THROUGH}),
        (Finding(Code.INSPECTION_STOPPED.value, stop.value),),
        Provenance.NONE,
    )


def _weaker(one: Isolation | None, other: Isolation) -> Isolation:
    order = list(Isolation)
    return other if one is None or order.index(other) < order.index(one) else one
