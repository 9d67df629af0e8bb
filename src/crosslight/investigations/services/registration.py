"""Starting, approving and closing an investigation (procedures A.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crosslight.accounts.models import NoticeKind
from crosslight.core.lifecycle.investigation import (
    INVESTIGATION,
    InvestigationState,
    InvestigationVerb,
)
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import (
    may_approve_investigation,
    may_close_investigation,
    may_start_investigation,
)
from crosslight.core.vocabulary.coordination import CasePhase, CrimeArea
from crosslight.core.vocabulary.law import LegalBasis
from crosslight.core.vocabulary.people import Role
from crosslight.foundation import clock
from crosslight.foundation.errors import FieldError, FieldErrors, NotAllowed
from crosslight.foundation.guard import advance, require
from crosslight.foundation.text import clean_required
from crosslight.foundation.transactions import sole_act
from crosslight.investigations.models import Investigation
from crosslight.investigations.selectors import facts_of, investigation_for
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.partnerships.models import Unit
from crosslight.partnerships.services import notify_unit

_LONGEST_PREFIX = 4


@dataclass(frozen=True, slots=True)
class InvestigationDraft:
    """`review_on` may stay open until the head approves."""

    title: str
    purpose: str
    crime_area: CrimeArea
    legal_basis: LegalBasis = LegalBasis.LED_ARTICLE_8
    phase: CasePhase = CasePhase.OPEN
    is_judicial: bool = False
    has_planned_operation: bool = False
    is_urgent: bool = False
    review_on: date | None = None


def start_investigation(*, actor: Actor, draft: InvestigationDraft) -> Investigation:
    """A DRAFT of the actor's unit; the heads of the unit are asked to approve it."""
    require(may_start_investigation, actor)
    title = clean_required(draft.title, field="title", max_length=200)
    purpose = clean_required(draft.purpose, field="purpose", max_length=500)
    with sole_act():
        unit = _unit_of(actor)
        investigation = Investigation.objects.create(
            unit=unit,
            country_id=unit.country_id,
            reference=_next_reference(unit),
            title=title,
            purpose=purpose,
            legal_basis=draft.legal_basis.value,
            crime_area=draft.crime_area.value,
            phase=draft.phase.value,
            is_judicial=draft.is_judicial,
            has_planned_operation=draft.has_planned_operation,
            is_urgent=draft.is_urgent,
            review_on=draft.review_on,
            opened_by_id=actor.id,
            opened_at=clock.now(),
        )
        record(
            actor=actor,
            act=Act.INVESTIGATION_STARTED,
            objects=[investigation.pk],
            basis=investigation.legal_basis,
        )
        notify_unit(
            unit_id=unit.pk,
            roles=[Role.UNIT_HEAD],
            kind=NoticeKind.INVESTIGATION_WAITING,
            object_id=investigation.pk,
        )
    return investigation


def approve_investigation(
    *, actor: Actor, investigation_id: str, review_on: date | None = None
) -> Investigation:
    """Register it: from now on its entities are matched. The date of the next review must stand."""
    with sole_act():
        investigation = investigation_for(actor, investigation_id)
        require(may_approve_investigation, actor, facts_of(investigation))
        investigation.state = _advance(investigation, InvestigationVerb.APPROVE)
        investigation.review_on = _checked_review(review_on or investigation.review_on)
        investigation.approved_by_id = actor.id
        investigation.approved_at = clock.now()
        investigation.version += 1
        investigation.save()
        record(
            actor=actor,
            act=Act.INVESTIGATION_APPROVED,
            objects=[investigation.pk],
            basis=investigation.legal_basis,
        )
    return investigation


def close_investigation(*, actor: Actor, investigation_id: str) -> Investigation:
    """From now on its entities are no longer matched; open matches go their way."""
    with sole_act():
        investigation = investigation_for(actor, investigation_id)
        require(may_close_investigation, actor, facts_of(investigation))
        investigation.state = _advance(investigation, InvestigationVerb.CLOSE)
        investigation.closed_at = clock.now()
        investigation.version += 1
        investigation.save()
        record(actor=actor, act=Act.INVESTIGATION_CLOSED, objects=[investigation.pk])
    return investigation


def _advance(investigation: Investigation, verb: InvestigationVerb) -> InvestigationState:
    return advance(INVESTIGATION, InvestigationState(investigation.state), verb)


def _unit_of(actor: Actor) -> Unit:
    unit = Unit.objects.filter(pk=actor.unit_id).first()
    if unit is None:
        raise NotAllowed("You cannot do this. You belong to no unit.")
    return unit


def _next_reference(unit: Unit) -> str:
    """`A-2026-017`: the unit's last word, the year, and the unit's own count in that year.

    The ledger's lock is held, so no two can take one number.
    """
    word = "".join(filter(str.isalnum, unit.name.split()[-1]))[:_LONGEST_PREFIX].upper()
    stem = f"{word}-{clock.today().year}-"
    taken = Investigation.objects.filter(unit=unit, reference__startswith=stem).count()
    return f"{stem}{taken + 1:03d}"


def _checked_review(review_on: date | None) -> date:
    if review_on is None or review_on <= clock.today():
        raise FieldErrors(
            (
                FieldError(
                    "V-120",
                    "review_on",
                    "An investigation is registered until a date of review.",
                    "Give a date after today.",
                ),
            )
        )
    return review_on
