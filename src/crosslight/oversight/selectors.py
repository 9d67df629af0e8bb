"""Reads of what oversight kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from crosslight.core.policy import Facts
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.foundation.identifiers import is_id
from crosslight.oversight.models import AccessMark, LedgerCheck, Sample


@dataclass(frozen=True, slots=True)
class Check:
    """The newest verification and who ran it."""

    at: datetime
    by: str
    entries: int
    root: str
    fault: str

    @property
    def holds(self) -> bool:
        return not self.fault


@dataclass(frozen=True, slots=True)
class SampleRow:
    id: str
    drawn_at: datetime
    drawn_by: str
    accesses: int
    marked: int


def last_check() -> Check | None:
    row = LedgerCheck.objects.select_related("by").order_by("-at", "-pk").first()
    return None if row is None else Check(row.at, row.by.name, row.entries, row.root, row.fault)


def sample_rows(*, most: int) -> list[SampleRow]:
    """The newest first."""
    rows = Sample.objects.annotate(
        drawn_number=Count("accesses", distinct=True),
        marked_number=Count("accesses__marks__access", distinct=True),
    ).order_by("-drawn_at", "-pk")
    names = ("pk", "drawn_at", "drawn_by__name", "drawn_number", "marked_number")
    return [SampleRow(*row) for row in rows.values_list(*names)[:most]]


def sample(sample_id: str) -> Sample:
    if not is_id(sample_id, kind="smp"):
        raise NotFoundOrHidden
    found = Sample.objects.select_related("drawn_by").filter(pk=sample_id).first()
    if found is None:
        raise NotFoundOrHidden
    return found


def facts_of_sample(found: Sample) -> Facts:
    return Facts(author_id=found.drawn_by_id)


def numbers_of(found: Sample) -> tuple[int, ...]:
    return tuple(found.accesses.order_by("index").values_list("index", flat=True))


def last_marks(found: Sample) -> Mapping[int, AccessMark]:
    """What was last said, by the number of the entry."""
    marks = AccessMark.objects.filter(access__sample=found).select_related("access", "by")
    return {mark.access.index: mark for mark in marks.order_by("at", "pk")}
