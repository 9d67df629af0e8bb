"""Investigations of the practice world and the entities that units enter into them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from crosslight.coordination.services import entry
from crosslight.core.entities.draft import EntityDraft, StatementDraft
from crosslight.core.vocabulary.coordination import (
    Audience,
    CasePhase,
    CrimeArea,
    EntityRole,
    Visibility,
)
from crosslight.core.vocabulary.law import (
    DataSubjectCategory,
    HandlingCode,
    InformationGrade,
    SourceGrade,
)
from crosslight.exercises.people import head_of, officer_of
from crosslight.exercises.timeline import Calendar, Stage, Step
from crosslight.exercises.worlds import EntityRow, InvestigationRow, World
from crosslight.foundation import clock
from crosslight.investigations import services
from crosslight.investigations.services.registration import InvestigationDraft

_REVIEW = timedelta(days=180)


def investigation_steps(world: World, calendar: Calendar) -> Iterator[Step]:
    for place, case in enumerate(world.investigations):
        started = calendar.morning(days_ago=case.started, place=place)
        yield Step(started, partial(_start, case=case))
        if case.approved is not None:
            approved = calendar.morning(days_ago=case.approved, place=place)
            yield Step(approved, partial(_approve, case=case))
        for entity in case.entities:
            moment = entered_at(world, calendar, entity.key)
            yield Step(moment, partial(enter, case=case, row=entity))


def entered_at(world: World, calendar: Calendar, key: str) -> datetime:
    place, row = next((place, row) for place, row in enumerate(world.entities) if row.key == key)
    return calendar.moment(days_ago=row.day, minutes_ago=row.minutes, place=place)


def draft_of(row: EntityRow) -> EntityDraft:
    return EntityDraft(
        schema=row.schema,
        statements=tuple(_statement(row, name, value) for name, value in row.values.items()),
        role=EntityRole(row.role),
        subject_category=DataSubjectCategory(row.category),
        audience=Audience(row.audience) if row.audience else Audience.MATCH_ONLY,
        visibility=Visibility(row.visibility),
    )


def _statement(row: EntityRow, name: str, value: str) -> StatementDraft:
    source, information = tuple(row.grade)
    return StatementDraft(
        property=name,
        value=value,
        source=row.source,
        source_grade=SourceGrade(source),
        information_grade=InformationGrade(information),
        handling_code=HandlingCode(row.handling),
    )


def _start(stage: Stage, *, case: InvestigationRow) -> None:
    made = services.start_investigation(
        actor=stage.actor(officer_of(stage.world, case.unit)),
        draft=InvestigationDraft(
            title=case.title,
            purpose=case.purpose,
            crime_area=CrimeArea(case.crime_area),
            phase=CasePhase(case.phase),
            is_judicial=case.is_judicial,
            has_planned_operation=case.has_planned_operation,
        ),
    )
    stage.ids[case.key] = made.pk


def _approve(stage: Stage, *, case: InvestigationRow) -> None:
    entry.approve_investigation(
        actor=stage.actor(head_of(stage.world, case.unit)),
        investigation_id=stage.id(case.key),
        review_on=clock.today() + _REVIEW,
    )


def enter(stage: Stage, *, case: InvestigationRow, row: EntityRow) -> None:
    made = entry.enter_entity(
        actor=stage.actor(officer_of(stage.world, case.unit)),
        investigation_id=stage.id(case.key),
        draft=draft_of(row),
    )
    stage.ids[row.key] = made.pk
