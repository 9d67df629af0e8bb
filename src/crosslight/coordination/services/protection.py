"""Matches on possible victims, children and witnesses (procedures A.6, invariant I13)."""

from __future__ import annotations

from crosslight.accounts.models import NoticeKind
from crosslight.coordination.models import Match, ProtectionChoice
from crosslight.coordination.services.matching import PROTECTION_ROLES
from crosslight.coordination.services.opening import (
    move,
    opened_match,
    require_human,
    tell_countries,
)
from crosslight.core.lifecycle.match import MatchVerb
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_decide_protection, may_view_protection
from crosslight.core.vocabulary.coordination import ProtectionStep
from crosslight.foundation import clock
from crosslight.foundation.errors import FieldError, FieldErrors, WrongState
from crosslight.foundation.text import clean, clean_required
from crosslight.foundation.transactions import sole_act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

_NEEDS_GROUND = frozenset({ProtectionStep.INFORM_WITH_CONSENT, ProtectionStep.INFORM_BY_LAW})


def decide_protection(
    *, actor: Actor, match_id: str, step: ProtectionStep, reason: str, ground: str = ""
) -> Match:
    """Decide for the actor's country; when every country concerned has, the match is decided.

    To inform investigators needs a `ground`: the reference of the consent or of the exception.
    Nothing is disclosed by this step: the officer informs, and answers for it.
    """
    reason = clean_required(reason, field="reason", max_length=500)
    ground = clean(ground, field="ground", max_length=200)
    if step in _NEEDS_GROUND and not ground:
        raise FieldErrors((_ground_missing(),))
    with sole_act():
        match = opened_match(actor, match_id, to=may_decide_protection, seen_by=may_view_protection)
        require_human(actor)
        _choose(match, step, reason=reason, ground=ground, actor=actor)
        record(
            actor=actor,
            act=Act.MATCH_PROTECTION_DECIDED,
            objects=[match.pk],
            reference=step.value,
        )
        if _have_all_chosen(match):
            move(match, MatchVerb.DECIDE_PROTECTION, actor=actor)
            match.decided_at = clock.now()
            match.save()
            tell_countries(match, NoticeKind.MATCH_CLOSED, roles=PROTECTION_ROLES)
    return match


def _choose(match: Match, step: ProtectionStep, *, reason: str, ground: str, actor: Actor) -> None:
    if match.protection_choices.filter(country_id=actor.country).exists():
        raise WrongState("Your country has decided already.")
    ProtectionChoice.objects.create(
        match=match,
        country_id=str(actor.country),
        step=step.value,
        reason=reason,
        ground=ground,
        decided_by_id=actor.id,
        decided_at=clock.now(),
    )


def _have_all_chosen(match: Match) -> bool:
    concerned = set(match.sides.values_list("country_id", flat=True))
    chosen = set(match.protection_choices.values_list("country_id", flat=True))
    return concerned <= chosen


def _ground_missing() -> FieldError:
    return FieldError(
        "H-109",
        "ground",
        "To inform investigators needs a consent or a legal exception.",
        "Give the reference under which it is recorded.",
    )
