"""What a unit proposes to enter, and the rules that it is held to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crosslight.core.entities.faults import Fault
from crosslight.core.entities.routing import default_audience, is_under_age, route_of
from crosslight.core.entities.schemata import SCHEMATA, Schema, caption_of
from crosslight.core.entities.values import Wrong, wrong_observation, wrong_value
from crosslight.core.vocabulary.coordination import Audience, EntityRole, Route, Visibility
from crosslight.core.vocabulary.law import (
    DataSubjectCategory,
    HandlingCode,
    InformationGrade,
    Nature,
    SourceGrade,
)

MOST_STATEMENTS = 100
EMPTY = Fault("V-102", "statements", "The record is empty.", "Enter at least one value.")


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """One value of one property, with where it comes from and how far it may be trusted.

    `observed_on` is an ISO date or the beginning of one, "" where it is not known.
    """

    property: str
    value: str
    source: str
    source_grade: SourceGrade = SourceGrade.X
    information_grade: InformationGrade = InformationGrade.FOUR
    handling_code: HandlingCode = HandlingCode.H1
    nature: Nature = Nature.FACT
    observed_on: str = ""


@dataclass(frozen=True, slots=True)
class EntityDraft:
    """`audience` None: MATCH_ONLY, but ONLY_US for whoever is protected (J5)."""

    schema: str
    statements: tuple[StatementDraft, ...]
    role: EntityRole = EntityRole.NOT_SURE
    subject_category: DataSubjectCategory = DataSubjectCategory.UNKNOWN
    is_minor: bool = False
    audience: Audience | None = None
    visibility: Visibility = Visibility.OPEN

    def concerns_minor(self, *, today: date) -> bool:
        """Said so, or by the birth date."""
        return self.is_minor or any(
            is_under_age(item.value, today=today)
            for item in self.statements
            if item.property == "birthDate"
        )

    def resolved_audience(self, *, today: date) -> Audience:
        return self.audience or default_audience(self.route(today=today))

    def route(self, *, today: date) -> Route:
        return route_of(
            category=self.subject_category,
            role=self.role,
            is_minor=self.concerns_minor(today=today),
            visibility=self.visibility,
        )


def filled(statements: Sequence[StatementDraft]) -> tuple[StatementDraft, ...]:
    """Without the empty lines of a form."""
    return tuple(item for item in statements if item.value.strip())


def properties_of(statements: Sequence[StatementDraft]) -> Mapping[str, Sequence[str]]:
    gathered: dict[str, list[str]] = {}
    for item in filled(statements):
        gathered.setdefault(item.property, []).append(item.value)
    return gathered


def check_entity(draft: EntityDraft, *, today: date) -> tuple[Fault, ...]:
    """Every rule the draft breaks; none: it can be entered."""
    schema = SCHEMATA.get(draft.schema)
    if schema is None:
        return (Fault("V-101", "schema", "This kind of record is not known.", "Choose a kind."),)
    faults = (
        *_count_faults(draft.statements),
        *check_statements(schema, draft.statements, today=today),
    )
    if not faults and not caption_of(schema.name, properties_of(draft.statements)):
        return (_nameless(schema),)
    return faults


def _count_faults(statements: Sequence[StatementDraft]) -> Iterator[Fault]:
    if not filled(statements):
        yield EMPTY
    if len(statements) > MOST_STATEMENTS:
        yield Fault(
            "V-103",
            "statements",
            f"A record holds at most {MOST_STATEMENTS} values.",
            "Divide it into several records.",
        )


def _nameless(schema: Schema) -> Fault:
    names = ", ".join(schema.properties[name].label.lower() for name in schema.caption)
    return Fault(
        "V-116", "statements", "Nothing here says which one it is.", f"Enter one of: {names}."
    )


def check_statements(
    schema: Schema, statements: Sequence[StatementDraft], *, today: date
) -> tuple[Fault, ...]:
    """Faults by the place of the statement in what was sent; empty lines are passed over."""
    return tuple(
        fault
        for number, item in enumerate(statements)
        if item.value.strip()
        for fault in _statement_faults(schema, item, number, today=today)
    )


def _statement_faults(
    schema: Schema, item: StatementDraft, number: int, *, today: date
) -> Iterator[Fault]:
    place = f"statements.{number}"
    known = schema.properties.get(item.property)
    if known is None:
        yield Fault(
            "V-104",
            f"{place}.property",
            f"A {schema.label.lower()} has no such property.",
            "Choose one from the list.",
        )
        return
    if not item.source.strip():
        yield Fault(
            "V-117", f"{place}.source", "The source is missing.", "Say where this comes from."
        )
    wrong = wrong_value(known, item.value, today=today)
    yield from _as_fault(wrong, f"{place}.value")
    yield from _as_fault(wrong_observation(item.observed_on, today=today), f"{place}.observed_on")


def _as_fault(wrong: Wrong | None, field: str) -> Iterator[Fault]:
    if wrong:
        yield Fault(wrong.code, field, wrong.message, wrong.remedy)
