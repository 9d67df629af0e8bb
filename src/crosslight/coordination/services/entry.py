"""The doors' way into investigations: what is entered or changed is matched in the same act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crosslight.coordination.models import Match
from crosslight.coordination.services.annulment import annul_matches, recall_copies
from crosslight.coordination.services.index import drop_keys
from crosslight.coordination.services.matching import match_entity, raise_protection
from crosslight.core.entities.draft import EntityDraft, StatementDraft
from crosslight.core.entities.states import EntityState, WithdrawalReason
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.coordination import Route
from crosslight.foundation.transactions import sole_act
from crosslight.investigations import services as investigations
from crosslight.investigations.models import Entity, Investigation
from crosslight.investigations.selectors import route_of_entity
from crosslight.investigations.services import EntityChange


def enter_entity(
    *, actor: Actor, investigation_id: str, draft: EntityDraft, origin_input: str = ""
) -> Entity:
    """Enter and match. The answer says nothing of matches: both sides learn by notice (I2)."""
    with sole_act():
        entity = investigations.add_entity(
            actor=actor,
            investigation_id=investigation_id,
            draft=draft,
            origin_input=origin_input,
        )
        match_entity(entity)
    return entity


def add_statements(
    *, actor: Actor, entity_id: str, version: int, statements: Sequence[StatementDraft]
) -> Entity:
    with sole_act():
        entity = investigations.add_statements(
            actor=actor, entity_id=entity_id, version=version, statements=statements
        )
        _match_anew(entity, actor=actor)
    return entity


def correct_statement(
    *, actor: Actor, statement_id: str, version: int, draft: StatementDraft
) -> Entity:
    with sole_act():
        entity = investigations.correct_statement(
            actor=actor, statement_id=statement_id, version=version, draft=draft
        )
        _match_anew(entity, actor=actor)
    return entity


def change_entity(*, actor: Actor, entity_id: str, version: int, change: EntityChange) -> Entity:
    with sole_act():
        entity = investigations.change_entity(
            actor=actor, entity_id=entity_id, version=version, change=change
        )
        _match_anew(entity, actor=actor)
    return entity


def withdraw_entity(*, actor: Actor, entity_id: str, reason: WithdrawalReason) -> Entity:
    """Open matches are annulled, copies recalled; what was handed over and accepted is theirs."""
    with sole_act():
        entity = investigations.withdraw_entity(actor=actor, entity_id=entity_id, reason=reason)
        drop_keys(entity)
        annul_matches(entity, actor=actor)
        recall_copies(entity, actor=actor)
    return entity


def approve_investigation(
    *, actor: Actor, investigation_id: str, review_on: date | None = None
) -> Investigation:
    """Register, then match everything entered while it was a draft, in the order of entry."""
    with sole_act():
        investigation = investigations.approve_investigation(
            actor=actor, investigation_id=investigation_id, review_on=review_on
        )
        for entity in _active_entities(investigation):
            match_entity(entity)
    return investigation


def close_investigation(*, actor: Actor, investigation_id: str) -> Investigation:
    """Its entities leave the index; matches that are open go their way to the end."""
    with sole_act():
        investigation = investigations.close_investigation(
            actor=actor, investigation_id=investigation_id
        )
        for entity in _active_entities(investigation):
            drop_keys(entity)
    return investigation


def _active_entities(investigation: Investigation) -> list[Entity]:
    return list(
        investigation.entities.filter(state=EntityState.ACTIVE)
        .select_related("investigation__country", "unit")
        .order_by("entered_at", "pk")
    )


def _match_anew(entity: Entity, *, actor: Actor) -> tuple[Match, ...]:
    """I13: who turns out to be protected leaves the investigators' screens at once."""
    if route_of_entity(entity) is Route.PROTECTION:
        for match in annul_matches(entity, actor=actor, routes=[Route.COORDINATION]):
            raise_protection(match, entity)
        recall_copies(entity, actor=actor)
    return match_entity(entity)
