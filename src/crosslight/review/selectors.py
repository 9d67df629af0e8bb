"""Reads of the desk and of the units it sends to."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import Q, QuerySet

from crosslight.contributions.models import Contribution
from crosslight.contributions.selectors import contribution_for, contributions_for, library
from crosslight.core.contributions import Content, Suggestion, danger_of, suggest_priority
from crosslight.core.indicators import (
    Assessment,
    AssessmentList,
    ObservationBasis,
    ObservedIndicator,
    assess,
    catalogue,
)
from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.policy import Actor, Condition, Facts, Relation
from crosslight.core.policy.rules import may_review_contribution, may_view_input
from crosslight.core.vocabulary.contributions import DangerReason, QuestionForm
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.foundation.identifiers import is_id
from crosslight.foundation.scoping import NOTHING, Columns
from crosslight.foundation.scoping import scope as scope_of
from crosslight.review.models import Dissemination, IntelligenceInput

_S = ContributionState
_ENDED = frozenset({_S.NOT_ACCEPTED, _S.NO_FURTHER_INTEREST, _S.DISSEMINATED, _S.CLOSED})


class QueueView(StrEnum):
    NEW = "new"
    MINE = "mine"
    DANGER = "danger"
    WAITING = "waiting"
    ALL = "all"


QUEUE_VIEW_LABELS = {
    QueueView.NEW: "New",
    QueueView.MINE: "Mine",
    QueueView.DANGER: "Danger",
    QueueView.WAITING: "Waiting for the contributor",
    QueueView.ALL: "All",
}


def queue(actor: Actor, view: QueueView = QueueView.ALL) -> QuerySet[Contribution]:
    """The desk's list: danger first, then the oldest."""
    rows = contributions_for(may_review_contribution, actor).filter(_of_view(view, actor))
    return rows.select_related("triage__taken_by", "prioritisation").order_by(
        "-is_danger", "submitted_at", "pk"
    )


def _of_view(view: QueueView, actor: Actor) -> Q:
    return {
        QueueView.NEW: Q(state=_S.RECEIVED),
        QueueView.MINE: Q(triage__taken_by=actor.id) & ~Q(state__in=_ENDED),
        QueueView.DANGER: Q(is_danger=True) & ~Q(state__in=_ENDED),
        QueueView.WAITING: Q(state__in=(_S.QUESTION_OPEN, _S.RETURNED_QUALITY)),
        QueueView.ALL: Q(),
    }[view]


def contribution_for_desk(actor: Actor, contribution_id: str) -> Contribution:
    return as_last_sent(contribution_for(may_review_contribution, actor, contribution_id))


def as_last_sent(contribution: Contribution) -> Contribution:
    """For reading, never for saving: what came back is the contributor's draft until sent again."""
    if contribution.state == _S.RETURNED_QUALITY:
        contribution.content = contribution.sent_versions.latest("version").content
        contribution.is_danger = bool(
            danger_of(
                Content.from_dict(contribution.content),
                catalogue=catalogue(contribution.catalogue_version),
            )
        )
    return contribution


def suggestion_for(contribution: Contribution) -> Suggestion:
    """Advice (J7), worked out anew from what was sent; nothing is decided by it."""
    return suggest_priority(
        Content.from_dict(contribution.content),
        catalogue=catalogue(contribution.catalogue_version),
    )


def assessment_of(
    contribution: Contribution, *, list_name: AssessmentList | None = None
) -> Assessment:
    """What the observed indicators point towards, on one list, with the catalogue of its time."""
    content = Content.from_dict(contribution.content)
    return assess(
        [
            ObservedIndicator(id=each.indicator_id, basis=ObservationBasis(each.basis))
            for each in content.observations
            if each.basis is not None
        ],
        catalogue=catalogue(contribution.catalogue_version),
        list_name=list_name or usual_list(contribution),
    )


def usual_list(contribution: Contribution) -> AssessmentList:
    """The list to open with; a desk officer can open any other.

    The children's where a child is named; the sexual one where every indicator that tells forms
    of exploitation apart speaks of it.
    """
    content = Content.from_dict(contribution.content)
    is_child = DangerReason.CHILD in content.danger
    if _is_sexual_only(content, contribution.catalogue_version):
        return AssessmentList.CHILD_SEXUAL if is_child else AssessmentList.ADULT_SEXUAL
    return AssessmentList.CHILD_LABOUR if is_child else AssessmentList.ADULT_LABOUR


def _is_sexual_only(content: Content, version: str) -> bool:
    known = catalogue(version).by_id
    forms = [
        frozenset(known[each.indicator_id].exploitation)
        for each in content.observations
        if each.indicator_id in known
    ]
    telling = [
        each & AssessmentList.ADULT_SEXUAL.exploitation - {"ANY"}
        for each in forms
        if not {"LAB", "SEX"} <= each and "ANY" not in each
    ]
    return bool(telling) and all(telling)


def was_asked_to_share(contribution: Contribution) -> bool:
    """Whether the desk asked and was answered; an officer reads the answer and signs for it."""
    asked = contribution.questions.filter(form=QuestionForm.CONSENT.value)
    return asked.exclude(answered_at=None).exists()


def is_in_library(contribution: Contribution) -> bool:
    return library().filter(contribution=contribution).exists()


# --- inputs ---------------------------------------------------------------------------------


def _sent_to_own_unit(actor: Actor) -> Q:
    if actor.unit_id is None:
        return NOTHING
    received = Dissemination.objects.filter(unit_id=actor.unit_id)
    return Q(pk__in=received.values("input_id"))


INPUT_COLUMNS = Columns(
    relations={
        Relation.RECIPIENT_UNIT: _sent_to_own_unit,
        Relation.OWN_COUNTRY: lambda actor: (
            NOTHING if actor.country is None else Q(country_id=actor.country)
        ),
    },
    conditions={Condition.NOT_RESTRICTED: lambda _actor: Q(contribution__restricted_at=None)},
)


def facts_of_input(intelligence_input: IntelligenceInput) -> Facts:
    return Facts(
        country=intelligence_input.country_id,
        recipient_unit_ids=frozenset(
            intelligence_input.disseminations.values_list("unit_id", flat=True)
        ),
        is_restricted=intelligence_input.contribution.restricted_at is not None,
    )


def inputs_for(actor: Actor) -> QuerySet[IntelligenceInput]:
    """The inputs sent to one's unit, or made at one's desk; newest first. Erased ones are gone."""
    return (
        IntelligenceInput.objects.filter(scope_of(may_view_input, actor, INPUT_COLUMNS))
        .filter(erased_at=None)
        .select_related("country", "contribution")
        .order_by("-disseminated_at", "-pk")
    )


def input_for(actor: Actor, input_id: str) -> IntelligenceInput:
    if not is_id(input_id, kind="int"):
        raise NotFoundOrHidden
    found = inputs_for(actor).filter(pk=input_id).first()
    if found is None:
        raise NotFoundOrHidden
    return found
