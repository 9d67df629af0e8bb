"""A record in one line, and what is said of it as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from crosslight.core.entities.schemata import SCHEMATA
from crosslight.core.entities.states import EntityState
from crosslight.core.vocabulary.coordination import (
    AUDIENCE_LABELS,
    ENTITY_ROLE_LABELS,
    VISIBILITY_LABELS,
    Audience,
    EntityRole,
    Visibility,
)
from crosslight.core.vocabulary.law import CATEGORY_LABELS, DataSubjectCategory
from crosslight.web.shared.components import Row, Tone
from crosslight.web.shared.words import word

if TYPE_CHECKING:
    from datetime import datetime

    from crosslight.investigations.models import Entity


@dataclass(frozen=True, slots=True)
class RecordLine:
    id: str
    caption: str
    kind: str
    role: str
    told: str
    tone: Tone
    entered_at: datetime
    entered_by: str
    investigation_id: str
    investigation: str


def record_line(entity: Entity) -> RecordLine:
    told, tone = _told(entity)
    return RecordLine(
        id=entity.pk,
        caption=entity.caption,
        kind=gettext(SCHEMATA[entity.schema].label),
        role=word(ENTITY_ROLE_LABELS, EntityRole(entity.role)),
        told=told,
        tone=tone,
        entered_at=entity.entered_at,
        entered_by=entity.entered_by.name,
        investigation_id=entity.investigation_id,
        investigation=entity.investigation.reference,
    )


def _told(entity: Entity) -> tuple[str, Tone]:
    """How far the record reaches, in two words."""
    if entity.state == EntityState.WITHDRAWN:
        return gettext("Withdrawn"), Tone.STOPPED
    if entity.state == EntityState.RESTRICTED:
        return gettext("Restricted"), Tone.STOPPED
    if entity.visibility == Visibility.VICTIM:
        return gettext("Protected"), Tone.PROTECTED
    if entity.audience == Audience.ONLY_US:
        return gettext("Only us"), Tone.NEUTRAL
    return gettext("Match only"), Tone.PROGRESS


def record_rows(entity: Entity) -> tuple[Row, ...]:
    rows = (
        Row(gettext("Role in the case"), word(ENTITY_ROLE_LABELS, EntityRole(entity.role))),
        Row(gettext("Data of"), _category(entity)),
        Row(gettext("Audience"), word(AUDIENCE_LABELS, Audience(entity.audience))),
        Row(gettext("Who is told"), word(VISIBILITY_LABELS, Visibility(entity.visibility))),
        Row(gettext("Entered by"), entity.entered_by.name),
    )
    if entity.origin_handover:
        return (*rows, Row(gettext("Received by"), gettext("Handover from another unit")))
    return rows


def _category(entity: Entity) -> str:
    label = word(CATEGORY_LABELS, DataSubjectCategory(entity.subject_category))
    return f"{label}\n{gettext('May be a child')}" if entity.is_minor else label
