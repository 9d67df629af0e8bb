"""Working copies: a picture's pixels and nothing else, in a package of their own.

The original stays sealed and untouched; everyone works on the copy, whose description says of
which file in which package it was made. Text, sound and video have no such copy: nothing that
would leave out everything hidden in them is at hand.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from crosslight.core.evidence.canonical import JSON
from crosslight.core.evidence.packages.building import Source
from crosslight.core.evidence.packages.description import Description, Item
from crosslight.core.evidence.packages.facts import Role
from crosslight.core.evidence.packages.verification import (
    NO_EXPECTATIONS,
    Expectations,
    verify_package,
)
from crosslight.custody.inspection.child import Answer, Deadline, ask
from crosslight.custody.inspection.limits import DEFAULT, InspectionLimits
from crosslight.custody.inspection.results import Stop
from crosslight.custody.inspection.tasks import Task

_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
# What a file of each kind begins with: the child is believed only that far.
_MARKS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n", "image/webp": b"RIFF"}
_LARGEST = 2**31


class Reason(StrEnum):
    """Why there is no copy. The original is as it was in each case."""

    PACKAGE = "package_does_not_hold"
    NO_OBJECT = "no_such_object"
    KIND = "kind"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    STOPPED = "stopped"


class NoWorkingCopy(Exception):
    """`detail` is a sentence or a code of ours that says more, or empty."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason.value} {detail}".strip())
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """`frames` of the original; the copy shows the first. `origin` describes its package."""

    origin: Description
    item: Item
    media_type: str
    width: int
    height: int
    frames: int
    content: bytes

    @property
    def derived_from(self) -> str:
        return f"{self.origin.heading.id}#{self.item.sha256}"

    def as_source(self, *, tool: Mapping[str, str]) -> Source:
        """To be handed to `build_package`."""
        facts: dict[str, JSON] = {
            "derived_from": self.derived_from,
            "media_type_detected": self.media_type,
            "tool": dict(tool),
        }
        if self.frames > 1:
            facts["defects"] = ["first_frame_only"]
        return Source(
            lambda: io.BytesIO(self.content), _SUFFIXES[self.media_type], Role.DERIVED, facts
        )


def make_working_copy(
    package: Path,
    number: int,
    *,
    expected: Expectations = NO_EXPECTATIONS,
    limits: InspectionLimits = DEFAULT,
) -> WorkingCopy:
    """Of object `number`, counted from 1. Raises NoWorkingCopy, and OSError if it is not there.

    The whole package is verified first: a copy points at a hash, which has to be the right one.
    """
    with package.open("rb") as file:
        verdict = verify_package(file, expected=expected)
    if verdict.fault is not None or verdict.description is None:
        raise NoWorkingCopy(Reason.PACKAGE, verdict.fault or "")
    items = verdict.description.items
    if not 0 < number <= len(items):
        raise NoWorkingCopy(Reason.NO_OBJECT, f"1 to {len(items)}")
    task = Task(in_package=True, number=number, is_copy=True, limits=limits)
    answer = ask(package, task, deadline=Deadline.after(limits.wall_seconds))
    return _received(answer, verdict.description, items[number - 1])


def _received(answer: Answer, origin: Description, item: Item) -> WorkingCopy:
    refused = next((line["refused"] for line in answer.lines if "refused" in line), None)
    if refused in {Reason.KIND.value, Reason.TOO_LARGE.value, Reason.UNREADABLE.value}:
        raise NoWorkingCopy(Reason(refused))
    header = next((line["copy"] for line in answer.lines if "copy" in line), None)
    if answer.stop is not Stop.NONE or not isinstance(header, dict):
        raise NoWorkingCopy(Reason.STOPPED, (answer.stop or Stop.CRASH).value)
    made = _Header.read(header)
    if made is None or made.size != len(answer.rest) or not _is_of(made.media_type, answer.rest):
        raise NoWorkingCopy(Reason.STOPPED, Stop.ANSWER.value)
    return WorkingCopy(
        origin, item, made.media_type, made.width, made.height, made.frames, answer.rest
    )


@dataclass(frozen=True, slots=True)
class _Header:
    media_type: str
    width: int
    height: int
    frames: int
    size: int

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> _Header | None:
        names = ("width", "height", "frames", "size")
        if value.keys() != {"media_type", *names} or value["media_type"] not in _MARKS:
            return None
        if not all(_is_number(value[name]) for name in names):
            return None
        return cls(value["media_type"], *(value[name] for name in names))


def _is_of(media_type: str, content: bytes) -> bool:
    return content.startswith(_MARKS[media_type])


def _is_number(value: Any) -> bool:  # noqa: ANN401  out of JSON
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < _LARGEST
