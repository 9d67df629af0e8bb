"""From notice to verdict: acknowledge, compare, answer (procedures A.3, C1 to C4)."""

from __future__ import annotations

from crosslight.accounts.models import NoticeKind
from crosslight.coordination.models import Match, NotSamePair, ReleasedValue
from crosslight.coordination.services.index import shared_exact_keys
from crosslight.coordination.services.opening import (
    Sides,
    move,
    opened_match,
    parties,
    require_human,
    settle,
    sides_of,
    tell_countries,
    tell_units,
)
from crosslight.coordination.services.release import release_sets
from crosslight.core.coordination.verdicts import move_of
from crosslight.core.lifecycle.match import DECIDE_WITHIN, VERIFY_WITHIN, MatchVerb
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_acknowledge_match, may_answer_match
from crosslight.core.vocabulary.coordination import Verdict
from crosslight.core.vocabulary.people import Role
from crosslight.foundation import clock
from crosslight.foundation.errors import WrongState
from crosslight.foundation.text import clean_required
from crosslight.foundation.transactions import sole_act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

_LONGEST_REASON = 500


def acknowledge_match(*, actor: Actor, match_id: str) -> Match:
    """Say for the unit that the notice was read; the second unit's word releases both sets.

    To repeat it changes nothing.
    """
    with sole_act():
        match = opened_match(actor, match_id, to=may_acknowledge_match)
        sides = sides_of(match, unit_id=actor.unit_id)
        if sides.own.acknowledged_at is not None:
            return match
        sides.own.acknowledged_at = clock.now()
        sides.own.acknowledged_by_id = actor.id
        sides.own.save()
        record(actor=actor, act=Act.MATCH_ACKNOWLEDGED, objects=[match.pk])
        settle(match, [NoticeKind.MATCH_ACKNOWLEDGE], unit_id=actor.unit_id)
        if sides.other.acknowledged_at is not None:
            _open_comparison(match, sides, actor=actor)
    return match


def answer_match(*, actor: Actor, match_id: str, verdict: Verdict, reason: str) -> Match:
    """The unit's own verdict, blind to the other's until both are in; it cannot be changed."""
    reason = clean_required(reason, field="reason", max_length=_LONGEST_REASON)
    with sole_act():
        match = opened_match(actor, match_id, to=may_answer_match)
        require_human(actor)
        sides = sides_of(match, unit_id=actor.unit_id)
        if sides.own.verdict:
            raise WrongState("Your unit has answered already.")
        sides.own.verdict = verdict.value
        sides.own.verdict_reason = reason
        sides.own.answered_at = clock.now()
        sides.own.answered_by_id = actor.id
        sides.own.save()
        record(actor=actor, act=Act.MATCH_ANSWERED, objects=[match.pk])
        settle(match, [NoticeKind.MATCH_ANSWER], unit_id=actor.unit_id)
        if sides.other.verdict:
            _settle_verdicts(match, sides, actor=actor)
    return match


def _open_comparison(match: Match, sides: Sides, *, actor: Actor) -> None:
    """C2: both sets at the same moment, or neither (I2)."""
    now = clock.now()
    move(match, MatchVerb.BOTH_ACKNOWLEDGED, actor=actor)
    match.acknowledged_at = now
    match.answer_by = now + VERIFY_WITHIN
    match.save()
    release_sets(match, sides)
    record(
        actor=actor,
        act=Act.MATCH_SET_RELEASED,
        objects=[match.pk, match.low_entity_id, match.high_entity_id],
        justification="verification",
        recipients=parties(match),
    )
    tell_units(match, NoticeKind.MATCH_ANSWER, due_at=match.answer_by)


def _settle_verdicts(match: Match, sides: Sides, *, actor: Actor) -> None:
    verb = move_of(Verdict(sides.own.verdict), Verdict(sides.other.verdict))
    move(match, verb, actor=actor)
    if verb is MatchVerb.BOTH_SAME:
        _confirm(match, actor=actor)
    elif verb is MatchVerb.BOTH_NOT_SAME:
        _close_as_different(match, sides, actor=actor)
    else:
        _leave_unresolved(match, actor=actor)


def _confirm(match: Match, *, actor: Actor) -> None:
    now = clock.now()
    match.confirmed_at = now
    match.decide_by = now + DECIDE_WITHIN
    match.save()
    record(actor=actor, act=Act.MATCH_CONFIRMED, objects=[match.pk])
    tell_units(match, NoticeKind.MATCH_DECIDE, due_at=match.decide_by, roles=[Role.UNIT_HEAD])


def _close_as_different(match: Match, sides: Sides, *, actor: Actor) -> None:
    """C3: the swapped sets are deleted on both sides, and the pair is not asked again."""
    now = clock.now()
    match.closed_at = now
    match.save()
    ReleasedValue.objects.filter(match=match).delete()
    NotSamePair.objects.update_or_create(
        low_entity_id=match.low_entity_id,
        high_entity_id=match.high_entity_id,
        defaults={
            "exact_keys": sorted(shared_exact_keys(sides.own.entity, sides.other.entity)),
            "decided_at": now,
        },
    )
    record(actor=actor, act=Act.MATCH_FOUND_DIFFERENT, objects=[match.pk])
    record(
        actor=actor,
        act=Act.MATCH_SET_ERASED,
        objects=[match.pk, match.low_entity_id, match.high_entity_id],
    )
    tell_units(match, NoticeKind.MATCH_CLOSED)


def _leave_unresolved(match: Match, *, actor: Actor) -> None:
    match.save()
    record(actor=actor, act=Act.MATCH_LEFT_UNRESOLVED, objects=[match.pk])
    tell_countries(match, NoticeKind.MATCH_UNRESOLVED, roles=[Role.NATIONAL_POINT])
