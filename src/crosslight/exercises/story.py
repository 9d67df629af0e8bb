"""The story played on without a visitor: the six steps of /demo, then all that was left open.

Every act goes through the service that the doors call. An act that the policy refuses is put on
record as the doors put it: after its rollback, in a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from crosslight.contributions import services as contributions
from crosslight.contributions.models import Contribution, Question
from crosslight.coordination.services import entry, procedure
from crosslight.core.policy import Actor
from crosslight.exercises.contributing import CONTRIBUTION_ACTS, DESK_PURPOSE, grading_of
from crosslight.exercises.coordinating import match_of, play_step
from crosslight.exercises.founding import DIRECTOR
from crosslight.exercises.investigating import enter
from crosslight.exercises.making import require_practice
from crosslight.exercises.timeline import Stage
from crosslight.exercises.worlds import ContributionRow, MatchRow, Row, World, WorldError
from crosslight.foundation.errors import NotAllowed, NotFoundOrHidden, WrongState
from crosslight.foundation.transactions import act
from crosslight.investigations import services as investigations
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record, record_refusal
from crosslight.review import services as review

_REFUSALS = (NotAllowed, NotFoundOrHidden, WrongState)


class NothingRefused(WorldError):
    """The policy allowed what the story says it must refuse."""


def play_story(stage: Stage) -> Iterator[str]:
    """Play chapter after chapter; yields the title of each before it begins."""
    require_practice()
    for chapter in stage.world.story:
        yield chapter.title
        for row in chapter.acts:
            _ACTS[row["do"]](stage, row)
    with act():
        record(actor=DIRECTOR, act=Act.EXERCISE_PLAYED, reference=stage.world.version)


def _contribute(stage: Stage, row: Row) -> None:
    contribution = _contribution_row(stage.world, row["key"])
    for verb in row["verbs"]:
        CONTRIBUTION_ACTS[verb](stage, row=contribution)


def _enter(stage: Stage, row: Row) -> None:
    entity = next(item for item in stage.world.story_entities if item.key == row["key"])
    case = next(item for item in stage.world.investigations if item.key == entity.case)
    enter(stage, case=case, row=entity)


def _coordinate(stage: Stage, row: Row) -> None:
    match = MatchRow(key="", pair=row["pair"], steps=())
    for step in row["steps"]:
        play_step(stage, match=match, row=step)


def _answer_question(stage: Stage, row: Row) -> None:
    author = _contribution_row(stage.world, row["key"]).by
    asked = Question.objects.get(contribution_id=stage.id(row["key"]), answered_at=None)
    contributions.answer_question(
        actor=stage.actor(author), question_id=asked.pk, answer=row["text"]
    )


def _correct(stage: Stage, row: Row) -> None:
    """What the desk sent back is completed and sent again under its reference."""
    actor = stage.actor(_contribution_row(stage.world, row["key"]).by)
    held = Contribution.objects.get(pk=stage.id(row["key"]))
    contributions.save_page(
        actor=actor,
        contribution_id=held.pk,
        version=held.version,
        page="words",
        values={"facts": row["facts"]},
    )
    contributions.submit_contribution(actor=actor, contribution_id=held.pk)


def _be_refused(stage: Stage, row: Row) -> None:
    actor = stage.actor(row["by"])
    object_id = match_of(stage, row["pair"]).pk if "pair" in row else stage.id(row["key"])
    try:
        _ATTEMPTS[row["act"]](stage, actor, object_id)
    except _REFUSALS as error:
        record_refusal(actor=actor, action=row["act"], objects=[object_id], code=error.code)
    else:
        raise NothingRefused(f"{row['by']} was allowed: {row['act']}")


def _contribution_row(world: World, key: str) -> ContributionRow:
    rows = (*world.contributions, *world.story_contributions)
    return next(row for row in rows if row.key == key)


def _try_to_take(_stage: Stage, actor: Actor, contribution_id: str) -> None:
    review.take_contribution(actor=actor, contribution_id=contribution_id)


def _try_to_validate(stage: Stage, actor: Actor, contribution_id: str) -> None:
    grading = grading_of(stage.world.contributions[0])
    review.validate_contribution(actor=actor, contribution_id=contribution_id, grading=grading)


def _try_to_consult(_stage: Stage, actor: Actor, contribution_id: str) -> None:
    review.consult_contribution(actor=actor, contribution_id=contribution_id, purpose=DESK_PURPOSE)


def _try_to_approve(_stage: Stage, actor: Actor, investigation_id: str) -> None:
    entry.approve_investigation(actor=actor, investigation_id=investigation_id)


def _try_to_open(_stage: Stage, actor: Actor, investigation_id: str) -> None:
    investigations.consult_investigation(
        actor=actor, investigation_id=investigation_id, purpose="overview"
    )


def _try_to_acknowledge(_stage: Stage, actor: Actor, match_id: str) -> None:
    procedure.acknowledge_match(actor=actor, match_id=match_id)


_ACTS: Mapping[str, Callable[[Stage, Row], None]] = {
    "contribution": _contribute,
    "enter": _enter,
    "match": _coordinate,
    "answer_question": _answer_question,
    "correct": _correct,
    "refused": _be_refused,
}
# By the name of the rule, as a door records it.
_ATTEMPTS: Mapping[str, Callable[[Stage, Actor, str], None]] = {
    "contribution.take": _try_to_take,
    "contribution.validate": _try_to_validate,
    "contribution.review": _try_to_consult,
    "investigation.approve": _try_to_approve,
    "investigation.view": _try_to_open,
    "match.acknowledge": _try_to_acknowledge,
}
