"""Clocks that ran out. They only escalate: no clock ever discloses anything (I3)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from crosslight.accounts.models import NoticeKind
from crosslight.coordination.models import Match
from crosslight.coordination.services.opening import tell_countries
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.policy import system_actor
from crosslight.core.vocabulary.people import Role
from crosslight.foundation import clock
from crosslight.foundation.transactions import sole_act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

_CLOCKS = system_actor("clocks")


def escalate_overdue(now: datetime | None = None) -> tuple[Match, ...]:
    """Tell the national points of both countries of every match whose clock ran out, once each.

    The state stays as it is, and so does everything that each side may see.
    """
    moment = now or clock.now()
    with sole_act():
        overdue = tuple(
            Match.objects.select_for_update()
            .filter(_is_overdue(moment), escalated_at=None)
            .order_by("pk")
        )
        for match in overdue:
            match.escalated_at = moment
            match.save(update_fields=["escalated_at"])
            record(actor=_CLOCKS, act=Act.MATCH_ESCALATED, objects=[match.pk])
            tell_countries(match, NoticeKind.MATCH_OVERDUE, roles=[Role.NATIONAL_POINT])
    return overdue


def _is_overdue(moment: datetime) -> Q:
    deciding = [MatchState.CONFIRMED_SAME, MatchState.DELIBERATION]
    return (
        Q(state=MatchState.NOTIFIED, acknowledge_by__lt=moment)
        | Q(state=MatchState.ACKNOWLEDGED, answer_by__lt=moment)
        | Q(state__in=deciding, decide_by__lt=moment)
    )
