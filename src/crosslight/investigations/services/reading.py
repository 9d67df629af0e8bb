"""Opening, listing and searching: each leaves a line with its purpose in the ledger (I6)."""

from __future__ import annotations

from collections.abc import Sequence

from crosslight.core.entities.draft import StatementDraft
from crosslight.core.entities.states import EntityState
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_enter_entity, may_view_investigation
from crosslight.core.vocabulary.coordination import Route
from crosslight.foundation.guard import require, require_standing
from crosslight.foundation.text import clean
from crosslight.foundation.transactions import act
from crosslight.investigations.models import Entity, Investigation
from crosslight.investigations.selectors import (
    MOST_RESULTS,
    OwnDuplicate,
    entities_for,
    entities_of,
    entity_for,
    facts_of,
    found_entities,
    investigation_for,
    investigations_for,
    own_duplicates,
    route_of_entity,
)
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

MOST_OWN_RECORDS = 100


def list_investigations(*, actor: Actor, purpose: str = "overview") -> list[Investigation]:
    require_standing(may_view_investigation, actor)
    with act():
        found = list(investigations_for(actor)[:MOST_RESULTS])
        _record_listing(actor, Act.INVESTIGATION_LISTED, found, purpose=purpose)
    return found


def consult_investigation(*, actor: Actor, investigation_id: str, purpose: str) -> Investigation:
    with act():
        investigation = investigation_for(actor, investigation_id)
        require(may_view_investigation, actor, facts_of(investigation))
        record(
            actor=actor,
            act=Act.INVESTIGATION_CONSULTED,
            objects=[investigation.pk],
            justification=purpose,
            basis=investigation.legal_basis,
        )
    return investigation


def consult_entity(*, actor: Actor, entity_id: str, purpose: str) -> Entity:
    with act():
        entity = entity_for(actor, entity_id)
        require(may_view_investigation, actor, facts_of(entity.investigation))
        record(
            actor=actor,
            act=Act.ENTITY_CONSULTED,
            objects=[entity.pk],
            justification=purpose,
            basis=entity.investigation.legal_basis,
        )
    return entity


def list_entities(*, actor: Actor, investigation_id: str, purpose: str) -> list[Entity]:
    with act():
        investigation = investigation_for(actor, investigation_id)
        require(may_view_investigation, actor, facts_of(investigation))
        found = list(entities_of(actor, investigation.pk)[:MOST_RESULTS])
        _record_listing(actor, Act.ENTITY_LISTED, found, purpose=purpose)
    return found


def list_cases_to_enter(*, actor: Actor, purpose: str) -> list[Investigation]:
    """Where the actor may put a record."""
    with act():
        found = list(investigations_for(actor, rule=may_enter_entity)[:MOST_RESULTS])
        _record_listing(actor, Act.INVESTIGATION_LISTED, found, purpose=purpose)
    return found


def list_records_to_show(*, actor: Actor, purpose: str) -> list[Entity]:
    """The unit's records in use, without those in protection, the newest first."""
    with act():
        rows = entities_for(actor).filter(state=EntityState.ACTIVE)[:MOST_OWN_RECORDS]
        found = [row for row in rows if route_of_entity(row) is not Route.PROTECTION]
        _record_listing(actor, Act.ENTITY_LISTED, found, purpose=purpose)
    return found


def find_own_duplicates(
    *,
    actor: Actor,
    schema: str,
    statements: Sequence[StatementDraft],
    country: str | None,
    purpose: str,
) -> tuple[OwnDuplicate, ...]:
    """What the own unit holds of these values already (I9), while somebody types them.

    On record where something is shown; a look that finds nothing tells nothing of anybody.
    """
    with act():
        found = own_duplicates(actor, schema=schema, statements=statements, country=country)
        shown = [name for each in found for name in (each.entity_id, each.investigation_id)]
        if shown:
            record(actor=actor, act=Act.ENTITY_SEARCHED, objects=shown, justification=purpose)
    return found


def search_entities(
    *, actor: Actor, investigation_id: str, text: str, purpose: str
) -> list[Entity]:
    """I14: what the own unit holds; nothing while the file is not registered.

    What was sought is kept beside the ledger, not in it.
    """
    sought = clean(text, field="text", max_length=200)
    with act():
        investigation = investigation_for(actor, investigation_id)
        found = list(
            found_entities(actor, investigation_id=investigation.pk, text=sought)[:MOST_RESULTS]
        )
        record(
            actor=actor,
            act=Act.ENTITY_SEARCHED,
            objects=[investigation.pk, *(entity.pk for entity in found)],
            justification=purpose,
            basis=investigation.legal_basis,
            payload={"sought": sought},
        )
    return found


def _record_listing(
    actor: Actor, kind: Act, found: list[Investigation] | list[Entity], *, purpose: str
) -> None:
    record(actor=actor, act=kind, objects=[row.pk for row in found], justification=purpose)
