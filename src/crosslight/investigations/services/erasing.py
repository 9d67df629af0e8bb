"""An entity's content erased on a data-protection decision, or set aside."""

from __future__ import annotations

from crosslight.core.entities.states import EntityState
from crosslight.core.vocabulary.coordination import EntityRole
from crosslight.core.vocabulary.law import DataSubjectCategory
from crosslight.foundation import clock
from crosslight.foundation.errors import WrongState
from crosslight.investigations.models import Entity, Statement


def erase_content(entity: Entity) -> None:
    """Empty every value; the row and its statements stay as a tombstone that others point to."""
    if entity.state == EntityState.ERASED:
        raise WrongState("This record was erased already.")
    Statement.objects.filter(entity=entity).update(
        property="erased", value="", comparable="", source="", observed_on="", is_current=False
    )
    entity.caption = ""
    entity.role = EntityRole.NOT_SURE.value
    entity.subject_category = DataSubjectCategory.UNKNOWN.value
    entity.is_minor = False
    entity.withdrawn_at = entity.withdrawn_at or clock.now()
    _move(entity, EntityState.ERASED)


def restrict(entity: Entity) -> None:
    if entity.state != EntityState.ACTIVE:
        raise WrongState("Only a record in use can be set aside.")
    _move(entity, EntityState.RESTRICTED)


def lift(entity: Entity) -> None:
    if entity.state != EntityState.RESTRICTED:
        raise WrongState("This record is not set aside.")
    _move(entity, EntityState.ACTIVE)


def copied_from(input_ids: tuple[str, ...]) -> tuple[Entity, ...]:
    """Records that units entered from these inputs: theirs to erase, and they are told."""
    rows = Entity.objects.filter(origin_input__in=input_ids).exclude(state=EntityState.ERASED)
    return tuple(rows.select_related("unit").order_by("pk"))


def _move(entity: Entity, state: EntityState) -> None:
    entity.state = state.value
    entity.version += 1
    entity.save()
