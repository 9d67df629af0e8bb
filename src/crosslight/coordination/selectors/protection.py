"""The view of a match in protection, for the protection officers and national points alone."""

from __future__ import annotations

from crosslight.coordination.models import Match
from crosslight.coordination.selectors.matches import duty_of
from crosslight.coordination.selectors.scopes import facts_of_match
from crosslight.coordination.selectors.views import ProtectionChoiceView, ProtectionView
from crosslight.core.lifecycle.match import STATE_LABELS, MatchState
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_decide_protection


def protection_view(match: Match, *, actor: Actor) -> ProtectionView:
    """Each officer learns the units of the own country only; no case data at all."""
    sides = list(match.sides.all())
    own = [side.unit for side in sides if side.country_id == actor.country]
    choices = list(match.protection_choices.order_by("decided_at"))
    has_chosen = any(choice.country_id == actor.country for choice in choices)
    may_decide = may_decide_protection(actor, facts_of_match(match)).allowed and not has_chosen
    return ProtectionView(
        id=match.pk,
        reference=match.reference,
        state=match.state,
        state_label=STATE_LABELS[MatchState(match.state)],
        is_urgent=match.is_urgent,
        has_role_conflict=match.has_role_conflict,
        countries=tuple(sorted({side.country_id for side in sides})),
        own_units=tuple(unit.name for unit in own),
        own_duty=tuple(duty_of(unit) for unit in own),
        choices=tuple(
            ProtectionChoiceView(
                country=choice.country_id,
                step=choice.step,
                reason=choice.reason if choice.country_id == actor.country else "",
                ground=choice.ground if choice.country_id == actor.country else "",
                decided_at=choice.decided_at,
            )
            for choice in choices
        ),
        notified_at=match.notified_at,
        actions=frozenset({may_decide_protection.name} if may_decide else ()),
    )
