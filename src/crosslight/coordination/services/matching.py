"""Matching on save: inside the transaction that saves, both sides told at the same instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Max

from crosslight.accounts.models import NoticeKind
from crosslight.coordination.models import HandoverItem, Match, MatchSide, NotSamePair
from crosslight.coordination.services import candidates, common_values, index
from crosslight.coordination.services.opening import parties, tell_countries, tell_units
from crosslight.core.entities.routing import roles_conflict
from crosslight.core.lifecycle.match import (
    ACKNOWLEDGE_URGENT_WITHIN,
    ACKNOWLEDGE_WITHIN,
    MATCH,
    MatchState,
)
from crosslight.core.matching.model import MatchResult
from crosslight.core.names.lexicon import lexicon
from crosslight.core.policy import system_actor
from crosslight.core.vocabulary.coordination import Route
from crosslight.core.vocabulary.law import DataSubjectCategory
from crosslight.core.vocabulary.people import Role
from crosslight.foundation import clock
from crosslight.foundation.transactions import sole_act
from crosslight.investigations.models import Entity
from crosslight.investigations.selectors import route_of_entity
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

PROTECTION_ROLES = frozenset({Role.VICTIM_PROTECTION, Role.NATIONAL_POINT})
_MATCHING = system_actor("matching")


@dataclass(frozen=True, slots=True)
class Finding:
    """What the comparison says of a pair, without a single value."""

    band: str
    weight: float
    model: str
    lexicon: str
    evidence: list[dict[str, Any]]


def match_entity(entity: Entity) -> tuple[Match, ...]:
    """Index the entity anew and open a match with every other unit's that agrees enough.

    The ledger's lock is taken before the index is read: two units that enter the same at the same
    time are served one after the other, and the second one finds the first (one match, not none).
    """
    with sole_act():
        if not index.is_matched(entity):
            index.drop_keys(entity)
            return ()
        prepared = index.prepared_of(entity)
        kinds = index.write_keys(entity, prepared)
        found = candidates.found(prepared, kinds, unit_id=entity.unit_id)
        common_values.note(found.common, entity=entity)
        return _open_new(entity, found)


def match_indexed(entity: Entity) -> tuple[Match, ...]:
    """Open what is missing with an entity whose keys are up to date."""
    with sole_act():
        prepared = index.prepared_of(entity)
        kinds = index.keys_of(prepared)
        found = candidates.found(prepared, kinds, unit_id=entity.unit_id)
        common_values.note(found.common, entity=entity)
        return _open_new(entity, found)


def _open_new(entity: Entity, found: candidates.Found) -> tuple[Match, ...]:
    results = dict(found.notifying())
    rows = Entity.objects.select_related("investigation__country", "unit").in_bulk(list(results))
    return tuple(
        _open(entity, rows[entity_id], _finding(result))
        for entity_id, result in results.items()
        if entity_id in rows
        and index.is_matched(rows[entity_id])
        and _may_ask(entity, rows[entity_id])
    )


def raise_protection(match: Match, entity: Entity) -> Match:
    """Start the protection route for a pair whose `entity` turned out to be protected."""
    sides = {side.entity_id: side.entity for side in match.sides.select_related("entity")}
    (other,) = (held for entity_id, held in sides.items() if entity_id != entity.pk)
    finding = Finding(match.band, match.weight, match.model, match.lexicon, evidence=[])
    return _open(entity, other, finding)


def ordered(one: Entity, other: Entity) -> tuple[Entity, Entity]:
    low, high = sorted((one, other), key=lambda entity: entity.pk)
    return low, high


def _may_ask(one: Entity, other: Entity) -> bool:
    """A pair is asked once; again only on another exact key, or for protection's sake."""
    if _is_lineage(one, other):
        return False
    latest = _latest(one, other)
    if latest is None:
        return True
    if latest.state == MatchState.NOT_SAME:
        return _has_new_exact_key(one, other)
    return latest.route != Route.PROTECTION and _route(one, other) is Route.PROTECTION


def _is_lineage(one: Entity, other: Entity) -> bool:
    """Whether one is the copy of the other that a handover made."""
    pair = [one.pk, other.pk]
    return HandoverItem.objects.filter(entity__in=pair, received_entity__in=pair).exists()


def _latest(one: Entity, other: Entity) -> Match | None:
    low, high = ordered(one, other)
    pair = Match.objects.filter(low_entity=low, high_entity=high)
    return pair.order_by("-occurrence").first()


def _has_new_exact_key(one: Entity, other: Entity) -> bool:
    """Whether both hold an identifier, not a common one, that was not known at the verdict.

    What the statements of that time say under today's model is known, too: another release reads
    them otherwise, and that is no news.
    """
    low, high = ordered(one, other)
    remembered = NotSamePair.objects.filter(low_entity=low, high_entity=high).first()
    if remembered is None:
        return bool(index.usable_among(index.shared_exact_keys(one, other)))
    told = index.shared_exact_keys(one, other, entered_by=remembered.decided_at)
    new = index.shared_exact_keys(one, other) - told - frozenset(remembered.exact_keys)
    return bool(index.usable_among(new))


def _route(one: Entity, other: Entity) -> Route:
    routes = {route_of_entity(one), route_of_entity(other)}
    return Route.PROTECTION if Route.PROTECTION in routes else Route.COORDINATION


def _finding(result: MatchResult) -> Finding:
    """Only levels and weights, only in words: the values stay with their units (I1).

    The reasons behind a name's level name words of both sides, so they are left out.
    """
    heaviest_first = sorted(result.evidence, key=lambda item: (-item.weight, item.attribute))
    return Finding(
        band=result.band.value,
        weight=result.weight,
        model=result.model,
        lexicon=lexicon().version,
        evidence=[
            {
                "attribute": item.attribute.value,
                "level": item.level,
                "weight": item.weight,
                "label": item.label,
                "template": item.said.template,
                "params": dict(item.said.params),
            }
            for item in heaviest_first
        ],
    )


def _open(trigger: Entity, holder: Entity, finding: Finding) -> Match:
    low, high = ordered(trigger, holder)
    route = _route(trigger, holder)
    latest = _latest(trigger, holder)
    number = (Match.objects.aggregate(top=Max("number"))["top"] or 0) + 1
    is_urgent = _is_urgent(trigger) or _is_urgent(holder)
    now = clock.now()
    is_protection = route is Route.PROTECTION
    match = Match.objects.create(
        number=number,
        reference=f"M-{number:04d}",
        state=(MatchState.IN_PROTECTION if is_protection else MATCH.first).value,
        route=route.value,
        schema=trigger.schema,
        band=finding.band,
        weight=finding.weight,
        model=finding.model,
        lexicon=finding.lexicon,
        evidence=[] if is_protection else finding.evidence,
        is_urgent=is_urgent,
        has_role_conflict=_has_role_conflict(trigger, holder, route=route),
        low_entity=low,
        high_entity=high,
        occurrence=latest.occurrence + 1 if latest else 1,
        notified_at=now,
        acknowledge_by=None if is_protection else now + _time_to_acknowledge(is_urgent=is_urgent),
    )
    for entity in (trigger, holder):
        _add_side(match, entity, is_trigger=entity is trigger)
    _announce(match)
    return match


def _is_urgent(entity: Entity) -> bool:
    return entity.investigation.is_urgent or entity.investigation.has_planned_operation


def _time_to_acknowledge(*, is_urgent: bool) -> timedelta:
    return ACKNOWLEDGE_URGENT_WITHIN if is_urgent else ACKNOWLEDGE_WITHIN


def _has_role_conflict(one: Entity, other: Entity, *, route: Route) -> bool:
    return roles_conflict(
        DataSubjectCategory(one.subject_category),
        DataSubjectCategory(other.subject_category),
        route=route,
    )


def _add_side(match: Match, entity: Entity, *, is_trigger: bool) -> None:
    MatchSide.objects.create(
        match=match,
        unit_id=entity.unit_id,
        country_id=entity.investigation.country_id,
        investigation_id=entity.investigation_id,
        entity=entity,
        is_trigger=is_trigger,
    )


def _told(match: Match) -> list[str]:
    """For the ledger: both units, or the officers of both countries, who learn of no unit."""
    if match.route != Route.PROTECTION:
        return parties(match)
    codes = match.sides.values_list("country_id", flat=True)
    return sorted({f"country:{code}" for code in codes})


def _announce(match: Match) -> None:
    """Both sides at one instant (I2); of a protected person no investigator at all (I13)."""
    if match.route == Route.PROTECTION:
        tell_countries(match, NoticeKind.PROTECTION_NEEDED, roles=PROTECTION_ROLES)
    else:
        tell_units(match, NoticeKind.MATCH_ACKNOWLEDGE, due_at=match.acknowledge_by)
    is_protection = match.route == Route.PROTECTION
    record(
        actor=_MATCHING,
        act=Act.MATCH_PROTECTION_RAISED if is_protection else Act.MATCH_NOTIFIED,
        objects=[match.pk, match.low_entity_id, match.high_entity_id],
        justification="matching",
        reference=match.model,
        recipients=_told(match),
    )
