"""A released record as its reader sees it; its owner sees the very same before it goes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from crosslight.core.entities.schemata import SCHEMATA, property_label
from crosslight.core.entities.snapshot import (
    EntitySnapshot,
    StatementSnapshot,
    is_barred_from_court,
)
from crosslight.core.vocabulary.coordination import ENTITY_ROLE_LABELS, EntityRole
from crosslight.core.vocabulary.law import (
    CATEGORY_LABELS,
    HANDLING_LABELS,
    NATURE_LABELS,
    DataSubjectCategory,
    HandlingCode,
    Nature,
)
from crosslight.web.shared.words import word


@dataclass(frozen=True, slots=True)
class ShownStatement:
    label: str
    value: str
    nature: str
    is_assessment: bool
    grades: str
    handling: str
    observed_on: str
    source: str


@dataclass(frozen=True, slots=True)
class ShownRecord:
    caption: str
    kind: str
    role: str
    category: str
    handling: str
    barred: str
    statements: tuple[ShownStatement, ...]


def shown_record(snapshot: EntitySnapshot) -> ShownRecord:
    code = snapshot.handling_code
    return ShownRecord(
        caption=snapshot.caption,
        kind=schema_word(snapshot.schema),
        role=word(ENTITY_ROLE_LABELS, EntityRole(snapshot.role)),
        category=word(CATEGORY_LABELS, DataSubjectCategory(snapshot.subject_category)),
        handling=handling_word(code),
        barred=_barred(code),
        statements=tuple(_shown(snapshot.schema, item) for item in snapshot.statements),
    )


def schema_word(schema: str) -> str:
    return gettext(SCHEMATA[schema].label)


def handling_word(code: str) -> str:
    return word(HANDLING_LABELS, HandlingCode(code))


def _barred(code: HandlingCode) -> str:
    """I5: the mark that travels with the record; empty where it may be used in court."""
    if not is_barred_from_court(code):
        return ""
    if code is HandlingCode.H1:
        return handling_word(code)
    return gettext("Not in court without permission (%(code)s)") % {"code": code.value}


def _shown(schema: str, item: StatementSnapshot) -> ShownStatement:
    return ShownStatement(
        label=gettext(property_label(schema, item.property)),
        value=item.value,
        nature=word(NATURE_LABELS, Nature(item.nature)),
        is_assessment=item.nature == Nature.ASSESSMENT,
        grades=gettext("grade %(grade)s")
        % {"grade": f"{item.source_grade}{item.information_grade}"},
        handling=handling_word(item.handling_code),
        observed_on=item.observed_on,
        source=item.source,
    )
