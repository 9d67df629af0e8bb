"""Reads of investigations: of the actor's own unit, and of no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from crosslight.core.entities.comparable import comparable_form
from crosslight.core.entities.draft import StatementDraft
from crosslight.core.entities.routing import route_of
from crosslight.core.entities.schemata import SCHEMATA
from crosslight.core.entities.states import EntityState
from crosslight.core.lifecycle.investigation import InvestigationState
from crosslight.core.policy import Actor, Facts, Relation, Rule
from crosslight.core.policy.rules import may_view_investigation
from crosslight.core.vocabulary.coordination import EntityRole, Route, Visibility
from crosslight.core.vocabulary.law import DataSubjectCategory
from crosslight.foundation.rows import visible_row
from crosslight.foundation.scoping import Columns, scope
from crosslight.investigations.models import Entity, Investigation, Statement

COLUMNS = Columns(relations={Relation.OWN_UNIT: lambda actor: Q(unit_id=actor.unit_id)})
ENTITY_COLUMNS = Columns(
    state="investigation__state",
    relations={Relation.OWN_UNIT: lambda actor: Q(unit_id=actor.unit_id)},
)
MOST_RESULTS = 200


@dataclass(frozen=True, slots=True)
class OwnDuplicate:
    """A record of the actor's own unit that already holds one of the values (I9)."""

    entity_id: str
    caption: str
    investigation_id: str
    investigation_reference: str
    property: str
    value: str


def facts_of(investigation: Investigation) -> Facts:
    return Facts(
        state=investigation.state,
        author_id=investigation.opened_by_id,
        unit_ids=frozenset({investigation.unit_id}),
        countries=frozenset({investigation.country_id}),
    )


def investigations_for(
    actor: Actor, *, rule: Rule = may_view_investigation
) -> QuerySet[Investigation]:
    return (
        Investigation.objects.filter(scope(rule, actor, COLUMNS))
        .select_related("unit", "country", "opened_by", "approved_by")
        .order_by("-opened_at", "pk")
    )


def investigation_for(actor: Actor, investigation_id: str) -> Investigation:
    return visible_row(
        Investigation.objects.select_related("unit", "country", "opened_by", "approved_by"),
        rule=may_view_investigation,
        actor=actor,
        columns=COLUMNS,
        row_id=investigation_id,
    )


def entities_for(actor: Actor, *, rule: Rule = may_view_investigation) -> QuerySet[Entity]:
    return (
        Entity.objects.filter(scope(rule, actor, ENTITY_COLUMNS))
        .exclude(state=EntityState.ERASED)
        .select_related("investigation", "unit", "entered_by")
        .order_by("-entered_at", "pk")
    )


def entity_for(actor: Actor, entity_id: str) -> Entity:
    return visible_row(
        Entity.objects.exclude(state=EntityState.ERASED).select_related(
            "investigation", "unit__country", "entered_by"
        ),
        rule=may_view_investigation,
        actor=actor,
        columns=ENTITY_COLUMNS,
        row_id=entity_id,
    )


def entities_of(actor: Actor, investigation_id: str) -> QuerySet[Entity]:
    return entities_for(actor).filter(investigation_id=investigation_id)


def statements_of(actor: Actor, entity_id: str, *, current: bool = True) -> QuerySet[Statement]:
    """In the order of entry; with `current` False, what was corrected is there too."""
    statements = Statement.objects.filter(entity__in=entities_for(actor).filter(pk=entity_id))
    if current:
        statements = statements.filter(is_current=True)
    return statements.select_related("entered_by", "originator_unit").order_by("entered_at", "pk")


def current_statements(entity: Entity) -> list[Statement]:
    """For services that already opened the entity."""
    found = entity.statements.filter(is_current=True).order_by("entered_at", "pk")
    return in_reading_order(found, schema=entity.schema)


def in_reading_order(statements: Iterable[Statement], *, schema: str) -> list[Statement]:
    """As the schema lists its properties, so that a name stands before what it is told apart by."""
    places = {name: place for place, name in enumerate(SCHEMATA[schema].properties)}
    return sorted(statements, key=lambda item: places.get(item.property, len(places)))


def properties_of(statements: Sequence[Statement]) -> Mapping[str, Sequence[str]]:
    gathered: dict[str, list[str]] = {}
    for statement in statements:
        gathered.setdefault(statement.property, []).append(statement.value)
    return gathered


def route_of_entity(entity: Entity) -> Route:
    return route_of(
        category=DataSubjectCategory(entity.subject_category),
        role=EntityRole(entity.role),
        is_minor=entity.is_minor,
        visibility=Visibility(entity.visibility),
    )


def own_duplicates(
    actor: Actor, *, schema: str, statements: Sequence[StatementDraft], country: str | None = None
) -> tuple[OwnDuplicate, ...]:
    """Where the actor's own unit already holds these values; other units are never looked at."""
    forms = {
        comparable_form(schema, item.property, item.value, country=country) for item in statements
    }
    held = (
        Statement.objects.filter(
            entity__in=entities_for(actor).filter(state=EntityState.ACTIVE),
            is_current=True,
            comparable__in=forms - {""},
        )
        .select_related("entity__investigation")
        .order_by("-entered_at", "pk")
    )
    return tuple(_as_duplicate(statement) for statement in held[:MOST_RESULTS])


def _as_duplicate(statement: Statement) -> OwnDuplicate:
    entity = statement.entity
    return OwnDuplicate(
        entity_id=entity.pk,
        caption=entity.caption,
        investigation_id=entity.investigation_id,
        investigation_reference=entity.investigation.reference,
        property=statement.property,
        value=statement.value,
    )


def found_entities(actor: Actor, *, investigation_id: str, text: str) -> QuerySet[Entity]:
    """I14: entities of the own unit that hold `text`, and none without a registered file."""
    is_registered = (
        investigations_for(actor)
        .filter(pk=investigation_id, state=InvestigationState.REGISTERED)
        .exists()
    )
    if not is_registered or not text.strip():
        return Entity.objects.none()
    holding = Statement.objects.filter(is_current=True, value__icontains=text.strip())
    return entities_for(actor).filter(state=EntityState.ACTIVE, pk__in=holding.values("entity_id"))
