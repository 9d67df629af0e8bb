"""Contributions of the practice world: sent by contributors, worked on by the desks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial

from crosslight.contributions import services
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.contributions import (
    ContributionKind,
    FeedbackCode,
    Priority,
    QuestionForm,
    ReturnCode,
)
from crosslight.core.vocabulary.law import (
    DataSubjectCategory,
    HandlingCode,
    InformationGrade,
    LegalBasis,
    SourceGrade,
)
from crosslight.exercises.people import officer_of
from crosslight.exercises.timeline import Calendar, Stage, Step
from crosslight.exercises.worlds import ContributionRow, World
from crosslight.foundation import clock
from crosslight.review import services as review
from crosslight.review.grading import Grading

RETENTION = timedelta(days=365)
PURPOSE = "Prevent and detect trafficking in human beings"
DESK_PURPOSE = "review"
UNIT_PURPOSE = "assessment"
_DESKS: Mapping[str, tuple[str, ...]] = {
    "XN": ("luis", "marta"),
    "XB": ("djeneba",),
    "XC": ("tomas",),
}
_VALIDATED = ("begin", "send", "take", "validate")
# A typology ends in the library.
_INTO_LIBRARY = (*_VALIDATED, "take_in", "feed_back", "read")
_PRIORITISED = (*_VALIDATED, "prioritise")
# What happens to a contribution until it is left in the state of that name.
_PATHS: Mapping[str, tuple[str, ...]] = {
    "draft": ("begin",),
    "withdrawn": ("begin", "send", "withdraw"),
    "returned_format": ("begin", "send"),
    "received": ("begin", "send"),
    "triage": ("begin", "send", "take"),
    "returned_quality": ("begin", "send", "take", "return"),
    "not_accepted": ("begin", "send", "take", "refuse"),
    "admitted": _VALIDATED,
    "question_open": (*_VALIDATED, "ask"),
    "prioritised": _PRIORITISED,
    "disseminated": (*_PRIORITISED, "disseminate", "open"),
    "no_further_interest": (*_PRIORITISED, "drop", "feed_back"),
    "closed": (*_PRIORITISED, "pass_or_drop", "close", "feed_back", "read"),
}
# Hours between sending and each of the acts that follow.
_HOURS: Mapping[str, float] = {
    "begin": -0.4,
    "send": 0,
    "withdraw": 5,
    "take": 20,
    "return": 22,
    "refuse": 22,
    "validate": 22,
    "ask": 28,
    "take_in": 29,
    "prioritise": 30,
    "disseminate": 54,
    "open": 75,
    "drop": 54,
    "pass_or_drop": 54,
    "close": 400,
    "feed_back": 410,
    "read": 430,
}


def contribution_steps(world: World, calendar: Calendar) -> Iterator[Step]:
    for place, row in enumerate(world.contributions):
        sent = calendar.moment(days_ago=row.day, minutes_ago=row.minutes, place=place)
        for verb in _path_of(row):
            moment = calendar.past(sent + timedelta(hours=_HOURS[verb]))
            yield Step(moment, partial(CONTRIBUTION_ACTS[verb], row=row))


def _path_of(row: ContributionRow) -> tuple[str, ...]:
    return _INTO_LIBRARY if row.pattern and row.end == "closed" else _PATHS[row.end]


def content_of(row: ContributionRow) -> dict[str, object]:
    """The row as the form would send it."""
    return _pattern_of(row) if row.pattern else _report_of(row)


def _pattern_of(row: ContributionRow) -> dict[str, object]:
    return {
        **row.pattern,
        "red_flags": [
            {"indicator_id": indicator, "seen_by": seen_by}
            for indicator, seen_by in row.pattern["red_flags"].items()
        ],
        "sharing_wish": row.wish,
        "may_contact": row.may_contact,
        "legal_basis": row.basis,
    }


def _report_of(row: ContributionRow) -> dict[str, object]:
    return {
        "observations": [
            {"indicator_id": indicator, "basis": basis} for indicator, basis in row.noticed.items()
        ],
        "danger": list(row.danger),
        "place": row.place or row.region,
        "region_only": bool(row.region),
        "country": row.country,
        "timing": row.timing,
        "is_ongoing": row.ongoing,
        "identifiers": [
            {"kind": given["kind"], "raw": given["value"], "party_role": given["role"]}
            for given in row.identifiers
        ],
        "facts": row.facts,
        "assessment": row.assessment,
        "how_known": row.how_known if row.facts else None,
        "sureness": row.sureness,
        "sharing_wish": row.wish,
        "may_contact": row.may_contact,
        "victim_awareness": row.awareness,
        "legal_basis": row.basis,
        "reference_of_fiu": row.fiu,
    }


def desk_officer(stage: Stage, row: ContributionRow) -> Actor:
    """The officers of a desk share its work; one contribution stays with one of them."""
    organisation = next(person.of for person in stage.world.people if person.key == row.by)
    country = next(item.country for item in stage.world.contributors if item.key == organisation)
    officers = _DESKS[country]
    return stage.actor(officers[row.day % len(officers)])


def _begin(stage: Stage, *, row: ContributionRow) -> None:
    actor = stage.actor(row.by)
    draft = services.start_contribution(actor=actor, kind=ContributionKind(row.kind))
    stage.ids[row.key] = draft.pk
    services.save_content(
        actor=actor, contribution_id=draft.pk, version=draft.version, content=content_of(row)
    )


def _send(stage: Stage, *, row: ContributionRow) -> None:
    services.submit_contribution(actor=stage.actor(row.by), contribution_id=stage.id(row.key))


def _withdraw(stage: Stage, *, row: ContributionRow) -> None:
    services.withdraw_contribution(actor=stage.actor(row.by), contribution_id=stage.id(row.key))


def _take(stage: Stage, *, row: ContributionRow) -> None:
    actor, contribution_id = desk_officer(stage, row), stage.id(row.key)
    review.take_contribution(actor=actor, contribution_id=contribution_id)
    review.consult_contribution(actor=actor, contribution_id=contribution_id, purpose=DESK_PURPOSE)


def _return(stage: Stage, *, row: ContributionRow) -> None:
    review.return_contribution(
        actor=desk_officer(stage, row),
        contribution_id=stage.id(row.key),
        codes=[ReturnCode(code) for code in row.returned["codes"]],
        note=row.returned["note"],
    )


def _refuse(stage: Stage, *, row: ContributionRow) -> None:
    review.refuse_contribution(
        actor=desk_officer(stage, row),
        contribution_id=stage.id(row.key),
        code=ReturnCode(row.refused["code"]),
        note=row.refused["note"],
    )


def _validate(stage: Stage, *, row: ContributionRow) -> None:
    review.validate_contribution(
        actor=desk_officer(stage, row), contribution_id=stage.id(row.key), grading=grading_of(row)
    )


def grading_of(row: ContributionRow) -> Grading:
    source, information = tuple(row.grade)
    return Grading(
        source_grade=SourceGrade(source),
        information_grade=InformationGrade(information),
        handling_code=HandlingCode(row.handling),
        subject_category=DataSubjectCategory(row.category),
        legal_basis=LegalBasis.LED_ARTICLE_8,
        purpose=PURPOSE,
        retention_until=clock.today() + RETENTION,
    )


def _take_in(stage: Stage, *, row: ContributionRow) -> None:
    review.take_in_typology(
        actor=desk_officer(stage, row), contribution_id=stage.id(row.key), names_nobody=True
    )


def _ask(stage: Stage, *, row: ContributionRow) -> None:
    review.ask_question(
        actor=desk_officer(stage, row),
        contribution_id=stage.id(row.key),
        form=QuestionForm(row.question["form"]),
        note=row.question["note"],
    )


def _prioritise(stage: Stage, *, row: ContributionRow) -> None:
    """The reasons of the row also say why a suggestion was not followed."""
    review.prioritise_contribution(
        actor=desk_officer(stage, row),
        contribution_id=stage.id(row.key),
        priority=Priority(row.priority),
        reasons=row.reasons,
        deviation_reason=row.reasons,
    )


def _disseminate(stage: Stage, *, row: ContributionRow) -> None:
    made = review.disseminate(
        actor=desk_officer(stage, row),
        contribution_id=stage.id(row.key),
        unit_ids=[stage.id(unit) for unit in row.units],
        title=row.title,
        body=row.body,
        identifiers=[given["value"] for given in row.identifiers],
    )
    stage.ids[f"{row.key}-input"] = made.pk


def _open_input(stage: Stage, *, row: ContributionRow) -> None:
    for unit in row.units:
        review.consult_input(
            actor=stage.actor(officer_of(stage.world, unit)),
            input_id=stage.id(f"{row.key}-input"),
            purpose=UNIT_PURPOSE,
        )


def _drop(stage: Stage, *, row: ContributionRow) -> None:
    review.drop_contribution(
        actor=desk_officer(stage, row), contribution_id=stage.id(row.key), reason=row.drop
    )


def _pass_or_drop(stage: Stage, *, row: ContributionRow) -> None:
    if row.units:
        _disseminate(stage, row=row)
    else:
        _drop(stage, row=row)


def _close(stage: Stage, *, row: ContributionRow) -> None:
    review.close_contribution(actor=desk_officer(stage, row), contribution_id=stage.id(row.key))


def _feed_back(stage: Stage, *, row: ContributionRow) -> None:
    quality = ("information_quality", "timeliness", "description", "documents")
    review.give_feedback(
        actor=desk_officer(stage, row),
        contribution_id=stage.id(row.key),
        code=FeedbackCode(row.feedback["code"]),
        axes=dict(zip(quality, row.feedback["axes"], strict=True)),
    )


def _read(stage: Stage, *, row: ContributionRow) -> None:
    services.read_feedback(actor=stage.actor(row.by), contribution_id=stage.id(row.key))


CONTRIBUTION_ACTS: Mapping[str, Callable[..., None]] = {
    "begin": _begin,
    "send": _send,
    "withdraw": _withdraw,
    "take": _take,
    "return": _return,
    "refuse": _refuse,
    "validate": _validate,
    "take_in": _take_in,
    "ask": _ask,
    "prioritise": _prioritise,
    "disseminate": _disseminate,
    "drop": _drop,
    "pass_or_drop": _pass_or_drop,
    "close": _close,
    "feed_back": _feed_back,
    "read": _read,
    "open": _open_input,
}
