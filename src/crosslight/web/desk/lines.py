"""One contribution as a line of the desk's lists: a pseudonym and a class, never a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from crosslight.contributions.deadlines import triage_due
from crosslight.core.contributions import Content
from crosslight.core.lifecycle.contribution import SEEN_BY_DESK, ContributionState
from crosslight.core.vocabulary.contributions import (
    CONTRIBUTION_KIND_LABELS,
    ContributionKind,
    Priority,
)
from crosslight.core.vocabulary.contributors import ContributorKind, class_of
from crosslight.review.sanitising import pseudonym_of
from crosslight.web.desk.completeness import Completeness, completeness_of
from crosslight.web.shared.components import Tone
from crosslight.web.shared.words import word

if TYPE_CHECKING:
    from crosslight.contributions.models import Contribution

_S = ContributionState
TONES: Mapping[ContributionState, Tone] = {
    _S.RECEIVED: Tone.WAITING,
    _S.TRIAGE: Tone.PROGRESS,
    _S.RETURNED_QUALITY: Tone.WAITING,
    _S.NOT_ACCEPTED: Tone.STOPPED,
    _S.ADMITTED: Tone.PROGRESS,
    _S.QUESTION_OPEN: Tone.WAITING,
    _S.PRIORITISED: Tone.PROGRESS,
    _S.DISSEMINATED: Tone.DONE,
    _S.NO_FURTHER_INTEREST: Tone.DONE,
    _S.CLOSED: Tone.STOPPED,
}
_WAITS_FOR_DESK = frozenset({_S.RECEIVED, _S.TRIAGE})


@dataclass(frozen=True, slots=True)
class Line:
    id: str
    title: str
    contributor: str
    contributor_class: str
    state: str
    tone: Tone
    is_danger: bool
    signs: int
    completeness: Completeness
    sent_at: datetime | None
    due_at: datetime | None
    taken_by: str
    priority: str


def line_of(contribution: Contribution) -> Line:
    content = Content.from_dict(contribution.content)
    state = ContributionState(contribution.state)
    priority = priority_of(contribution)
    return Line(
        id=contribution.pk,
        title=title_of(contribution, content),
        contributor=pseudonym_of(contribution),
        contributor_class=class_name(contribution),
        state=gettext(SEEN_BY_DESK[state]),
        tone=TONES[state],
        is_danger=contribution.is_danger,
        signs=len(content.observations) or len(content.red_flags),
        completeness=completeness_of(contribution.kind, content),
        sent_at=contribution.submitted_at,
        due_at=_due(contribution) if state in _WAITS_FOR_DESK else None,
        taken_by=taken_by(contribution),
        priority=priority.value if priority else "",
    )


def title_of(contribution: Contribution, content: Content) -> str:
    kind = word(CONTRIBUTION_KIND_LABELS, ContributionKind(contribution.kind))
    given = content.title or content.place
    return f"{kind}: {given}" if given else kind


def class_name(contribution: Contribution) -> str:
    kind = ContributorKind(contribution.organisation.contributor_kind)
    return gettext(class_of(kind).name)


def taken_by(contribution: Contribution) -> str:
    """Which colleague has it; nobody before it is taken."""
    return contribution.triage.taken_by.name if hasattr(contribution, "triage") else ""


def priority_of(contribution: Contribution) -> Priority | None:
    if not hasattr(contribution, "prioritisation"):
        return None
    return Priority(contribution.prioritisation.priority)


def _due(contribution: Contribution) -> datetime | None:
    sent = contribution.submitted_at
    return triage_due(sent, is_danger=contribution.is_danger) if sent else None
