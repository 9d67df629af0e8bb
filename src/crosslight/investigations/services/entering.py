"""Entering, correcting and withdrawing entities; taking over what another unit handed over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from crosslight.core.entities.comparable import comparable_form
from crosslight.core.entities.draft import (
    EMPTY,
    EntityDraft,
    StatementDraft,
    check_entity,
    check_statements,
    filled,
)
from crosslight.core.entities.faults import Fault
from crosslight.core.entities.routing import is_under_age
from crosslight.core.entities.schemata import SCHEMATA, caption_of
from crosslight.core.entities.snapshot import EntitySnapshot, StatementSnapshot
from crosslight.core.entities.states import EntityState, WithdrawalReason
from crosslight.core.entities.values import LONGEST_VALUE
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_correct_entity, may_enter_entity
from crosslight.core.vocabulary.coordination import Audience, EntityRole, Visibility
from crosslight.core.vocabulary.law import DataSubjectCategory, HandlingCode
from crosslight.foundation import clock
from crosslight.foundation.errors import (
    FieldError,
    FieldErrors,
    NotFoundOrHidden,
    StaleVersion,
    WrongState,
)
from crosslight.foundation.guard import require
from crosslight.foundation.identifiers import is_id
from crosslight.foundation.text import clean
from crosslight.foundation.transactions import sole_act
from crosslight.investigations.models import Entity, Investigation, Statement
from crosslight.investigations.selectors import (
    current_statements,
    entity_for,
    facts_of,
    investigation_for,
    properties_of,
)
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.partnerships.models import Unit

_LONGEST_SOURCE = 200
_LONGEST_DATE = 10


@dataclass(frozen=True, slots=True)
class EntityChange:
    """What is said of an entity as a whole; None leaves it as it is."""

    role: EntityRole | None = None
    subject_category: DataSubjectCategory | None = None
    is_minor: bool | None = None
    audience: Audience | None = None
    visibility: Visibility | None = None


def add_entity(
    *, actor: Actor, investigation_id: str, draft: EntityDraft, origin_input: str = ""
) -> Entity:
    """Enter without matching; only `coordination.services.entry.enter_entity` should call this."""
    with sole_act():
        investigation = investigation_for(actor, investigation_id)
        require(may_enter_entity, actor, facts_of(investigation))
        entity = _create(actor, investigation, _checked(draft))
        if origin_input:
            entity.origin_input = _checked_origin(origin_input)
            entity.save(update_fields=["origin_input"])
        record(
            actor=actor,
            act=Act.ENTITY_ENTERED,
            objects=[entity.pk, investigation.pk],
            basis=investigation.legal_basis,
        )
    return entity


def add_statements(
    *, actor: Actor, entity_id: str, version: int, statements: Sequence[StatementDraft]
) -> Entity:
    with sole_act():
        entity = _opened(actor, entity_id)
        cleaned = _checked_statements(statements, entity)
        _check_version(entity, version, yours={"statements": [asdict(item) for item in cleaned]})
        _write_statements(actor, entity, cleaned)
        _finish_correction(actor, entity)
    return entity


def correct_statement(
    *, actor: Actor, statement_id: str, version: int, draft: StatementDraft
) -> Entity:
    """Replace one value. The old one is kept, marked as corrected (LED article 7: accuracy).

    What another unit handed over stays under its handling code and its originator.
    """
    with sole_act():
        old = _statement_of(actor, statement_id)
        entity = _opened(actor, old.entity_id)
        (cleaned,) = _checked_statements([draft], entity)
        _check_version(entity, version, yours=asdict(cleaned))
        if not old.is_current:
            raise WrongState("This value was already corrected.")
        if old.originator_unit_id:
            cleaned = replace(cleaned, handling_code=HandlingCode(old.handling_code))
        (new,) = _write_statements(actor, entity, [cleaned], originator=old.originator_unit)
        old.is_current = False
        old.corrected_by_statement = new
        old.save(update_fields=["is_current", "corrected_by_statement"])
        _finish_correction(actor, entity)
    return entity


def change_entity(*, actor: Actor, entity_id: str, version: int, change: EntityChange) -> Entity:
    """Say anew what the entity is: role, category, audience, visibility."""
    said = {name: value for name, value in asdict(change).items() if value is not None}
    with sole_act():
        entity = _opened(actor, entity_id)
        _check_version(entity, version, yours=said)
        for name, value in said.items():
            setattr(entity, name, getattr(value, "value", value))
        _finish_correction(actor, entity)
    return entity


def withdraw_entity(*, actor: Actor, entity_id: str, reason: WithdrawalReason) -> Entity:
    """Take it out of use; the record of what was held remains with the unit."""
    with sole_act():
        entity = _opened(actor, entity_id)
        entity.state = EntityState.WITHDRAWN
        entity.withdrawal_reason = reason.value
        entity.withdrawn_at = clock.now()
        entity.version += 1
        entity.save()
        record(actor=actor, act=Act.ENTITY_WITHDRAWN, objects=[entity.pk], reference=reason.value)
    return entity


def snapshot_of(entity: Entity, *, statement_ids: Iterable[str] | None = None) -> EntitySnapshot:
    """The entity as its owner releases it now: all current statements, or the chosen ones."""
    chosen = None if statement_ids is None else frozenset(statement_ids)
    source = f"{entity.unit.name}, {entity.investigation.reference}"
    statements = tuple(
        _statement_snapshot(statement, source=source, unit_id=entity.unit_id)
        for statement in current_statements(entity)
        if chosen is None or statement.pk in chosen
    )
    shown: dict[str, list[str]] = {}
    for item in statements:
        shown.setdefault(item.property, []).append(item.value)
    return EntitySnapshot(
        schema=entity.schema,
        caption=caption_of(entity.schema, shown),
        role=entity.role,
        subject_category=entity.subject_category,
        statements=statements,
    )


def receive_entity(
    *, actor: Actor, investigation_id: str, snapshot: EntitySnapshot, handover_id: str
) -> Entity:
    """Take over what another unit released: its codes, grades and originators come with it.

    It is for the receiver's eyes (ONLY_US): handing over is no leave to match it with third units.
    """
    with sole_act():
        investigation = investigation_for(actor, investigation_id)
        require(may_enter_entity, actor, facts_of(investigation))
        entity = Entity.objects.create(
            investigation=investigation,
            unit_id=investigation.unit_id,
            schema=snapshot.schema,
            caption=snapshot.caption,
            role=snapshot.role,
            subject_category=snapshot.subject_category,
            audience=Audience.ONLY_US.value,
            visibility=Visibility.OPEN.value,
            entered_by_id=actor.id,
            entered_at=clock.now(),
            origin_handover=handover_id,
        )
        for item in snapshot.statements:
            _receive_statement(actor, entity, item)
        record(
            actor=actor,
            act=Act.ENTITY_ENTERED,
            objects=[entity.pk, investigation.pk, handover_id],
            basis=investigation.legal_basis,
        )
    return entity


def _create(actor: Actor, investigation: Investigation, draft: EntityDraft) -> Entity:
    today = clock.today()
    entity = Entity.objects.create(
        investigation=investigation,
        unit_id=investigation.unit_id,
        schema=draft.schema,
        caption="",
        role=draft.role.value,
        subject_category=draft.subject_category.value,
        is_minor=draft.concerns_minor(today=today),
        audience=draft.resolved_audience(today=today).value,
        visibility=draft.visibility.value,
        entered_by_id=actor.id,
        entered_at=clock.now(),
    )
    _write_statements(actor, entity, draft.statements)
    _refresh(entity)
    entity.save()
    return entity


def _write_statements(
    actor: Actor,
    entity: Entity,
    drafts: Sequence[StatementDraft],
    *,
    originator: Unit | None = None,
) -> list[Statement]:
    region = entity.investigation.country.dialling_region
    return Statement.objects.bulk_create(
        Statement(
            entity=entity,
            property=draft.property,
            value=draft.value,
            comparable=comparable_form(entity.schema, draft.property, draft.value, country=region),
            source=draft.source,
            source_grade=draft.source_grade.value,
            information_grade=draft.information_grade.value,
            handling_code=draft.handling_code.value,
            nature=draft.nature.value,
            observed_on=draft.observed_on,
            originator_unit=originator,
            entered_by_id=actor.id,
            entered_at=clock.now(),
        )
        for draft in drafts
    )


def _receive_statement(actor: Actor, entity: Entity, item: StatementSnapshot) -> None:
    Statement.objects.create(
        entity=entity,
        property=item.property,
        value=item.value,
        comparable=comparable_form(entity.schema, item.property, item.value, country=None),
        source=item.source,
        source_grade=item.source_grade,
        information_grade=item.information_grade,
        handling_code=item.handling_code,
        nature=item.nature,
        observed_on=item.observed_on,
        originator_unit_id=item.originator_unit_id,
        entered_by_id=actor.id,
        entered_at=clock.now(),
    )


def _statement_snapshot(statement: Statement, *, source: str, unit_id: str) -> StatementSnapshot:
    return StatementSnapshot(
        property=statement.property,
        value=statement.value,
        source=source,
        source_grade=statement.source_grade,
        information_grade=statement.information_grade,
        handling_code=statement.handling_code,
        nature=statement.nature,
        observed_on=statement.observed_on,
        originator_unit_id=statement.originator_unit_id or unit_id,
    )


def _opened(actor: Actor, entity_id: str) -> Entity:
    entity = entity_for(actor, entity_id)
    require(may_correct_entity, actor, facts_of(entity.investigation))
    if entity.state != EntityState.ACTIVE:
        raise WrongState("This record was withdrawn.")
    return entity


def _statement_of(actor: Actor, statement_id: str) -> Statement:
    if not is_id(statement_id, kind="sta"):
        raise NotFoundOrHidden
    statement = Statement.objects.filter(pk=statement_id).select_related("originator_unit").first()
    if statement is None:
        raise NotFoundOrHidden
    entity_for(actor, statement.entity_id)
    return statement


def _finish_correction(actor: Actor, entity: Entity) -> None:
    _refresh(entity)
    entity.version += 1
    entity.save()
    record(
        actor=actor,
        act=Act.ENTITY_CORRECTED,
        objects=[entity.pk],
        basis=entity.investigation.legal_basis,
    )


def _refresh(entity: Entity) -> None:
    """What follows from the statements: the caption, and whether it may be a child."""
    properties = properties_of(current_statements(entity))
    entity.caption = caption_of(entity.schema, properties)
    today = clock.today()
    births = properties.get("birthDate", ())
    entity.is_minor = entity.is_minor or any(is_under_age(born, today=today) for born in births)


def _checked(draft: EntityDraft) -> EntityDraft:
    cleaned = _cleaned(draft.statements)
    _raise(check_entity(replace(draft, statements=cleaned), today=clock.today()))
    return replace(draft, statements=filled(cleaned))


def _checked_statements(
    statements: Sequence[StatementDraft], entity: Entity
) -> tuple[StatementDraft, ...]:
    cleaned = _cleaned(statements)
    _raise(check_statements(SCHEMATA[entity.schema], cleaned, today=clock.today()))
    if not filled(cleaned):
        _raise((EMPTY,))
    return filled(cleaned)


def _cleaned(statements: Sequence[StatementDraft]) -> tuple[StatementDraft, ...]:
    return tuple(
        replace(
            item,
            value=clean(item.value, field=f"statements.{at}.value", max_length=LONGEST_VALUE),
            source=clean(item.source, field=f"statements.{at}.source", max_length=_LONGEST_SOURCE),
            observed_on=clean(
                item.observed_on, field=f"statements.{at}.observed_on", max_length=_LONGEST_DATE
            ),
        )
        for at, item in enumerate(statements)
    )


def _raise(faults: Sequence[Fault]) -> None:
    if faults:
        raise FieldErrors(
            tuple(
                FieldError(fault.code, fault.field, fault.message, fault.remedy) for fault in faults
            )
        )


def _checked_origin(origin_input: str) -> str:
    if not is_id(origin_input, kind="int"):
        raise NotFoundOrHidden
    return origin_input


def _check_version(entity: Entity, version: int, *, yours: dict[str, object]) -> None:
    if version == entity.version:
        return
    held = [{"property": item.property, "value": item.value} for item in current_statements(entity)]
    raise StaleVersion(
        yours={"version": version, **yours},
        theirs={"version": entity.version, "caption": entity.caption, "statements": held},
    )
