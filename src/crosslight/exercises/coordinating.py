"""What the units of the practice world did about their matches, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import partial

from crosslight.coordination.models import Handover, HandoverItem, JointRoom, Match, Proposal
from crosslight.coordination.services import (
    decisions,
    handovers,
    procedure,
    protection,
    reading,
    rooms,
)
from crosslight.core.vocabulary.coordination import (
    Criterion,
    DecisionKind,
    OutcomeCode,
    ProtectionStep,
    RefusalCode,
    Verdict,
)
from crosslight.exercises.investigating import entered_at
from crosslight.exercises.timeline import Calendar, Stage, Step
from crosslight.exercises.worlds import MatchRow, Row, World
from crosslight.foundation import clock


def match_steps(world: World, calendar: Calendar) -> Iterator[Step]:
    for match in world.matches:
        told = max(entered_at(world, calendar, key) for key in match.pair)
        for row in match.steps:
            moment = calendar.past(told + timedelta(hours=row["after"]))
            yield Step(moment, partial(play_step, match=match, row=row))


def play_step(stage: Stage, *, match: MatchRow, row: Row) -> None:
    """One step of the procedure, by the person and with the words of the row."""
    _STEPS[row["do"]](stage, match_of(stage, match.pair), row)


def match_of(stage: Stage, pair: Iterable[str]) -> Match:
    low, high = sorted(stage.id(key) for key in pair)
    return Match.objects.get(low_entity_id=low, high_entity_id=high)


def _acknowledge(stage: Stage, match: Match, row: Row) -> None:
    reading.consult_match(actor=stage.actor(row["by"]), match_id=match.pk, purpose="answer")
    procedure.acknowledge_match(actor=stage.actor(row["by"]), match_id=match.pk)


def _answer(stage: Stage, match: Match, row: Row) -> None:
    procedure.answer_match(
        actor=stage.actor(row["by"]),
        match_id=match.pk,
        verdict=Verdict(row["verdict"]),
        reason=row["reason"],
    )


def _criteria(stage: Stage, match: Match, row: Row) -> None:
    decisions.fill_criteria(
        actor=stage.actor(row["by"]),
        match_id=match.pk,
        answers={Criterion(name): text for name, text in row["answers"].items()},
    )


def _propose(stage: Stage, match: Match, row: Row) -> None:
    decisions.propose_decision(
        actor=stage.actor(row["by"]),
        match_id=match.pk,
        kind=DecisionKind(row["kind"]),
        giver_unit_id=stage.id(row["giver"]) if "giver" in row else None,
        terms=_terms(stage, row),
        reason=row["reason"],
    )


def _agree(stage: Stage, match: Match, row: Row) -> None:
    actor = stage.actor(row["by"])
    theirs = Proposal.objects.filter(match=match, superseded_at=None).exclude(unit_id=actor.unit_id)
    decisions.agree_decision(actor=actor, proposal_id=theirs.get().pk, reason=row["reason"])


def _outcome(stage: Stage, match: Match, row: Row) -> None:
    decisions.send_outcome(
        actor=stage.actor(row["by"]),
        match_id=match.pk,
        code=OutcomeCode(row["code"]),
        note=row["note"],
    )


def _add_item(stage: Stage, match: Match, row: Row) -> None:
    handovers.add_item(
        actor=stage.actor(row["by"]),
        handover_id=_handover_of(match).pk,
        entity_id=stage.id(row["entity"]),
    )


def _permit(stage: Stage, match: Match, row: Row) -> None:
    handovers.record_permission(
        actor=stage.actor(row["by"]),
        handover_id=_handover_of(match).pk,
        entity_id=stage.id(row["entity"]),
        originator=row["originator"],
        reference=row["reference"],
        granted_on=clock.today(),
    )


def _offer(stage: Stage, match: Match, row: Row) -> None:
    handover = _handover_of(match)
    handovers.offer_handover(
        actor=stage.actor(row["by"]),
        handover_id=handover.pk,
        receiver_typed=handover.receiver.name,
    )


def _accept(stage: Stage, match: Match, row: Row) -> None:
    item = _item_of(stage, match, row)
    handovers.accept_item(actor=stage.actor(row["by"]), item_id=item.pk)


def _refuse(stage: Stage, match: Match, row: Row) -> None:
    handovers.refuse_item(
        actor=stage.actor(row["by"]),
        item_id=_item_of(stage, match, row).pk,
        code=RefusalCode(row["code"]),
        note=row["note"],
    )


def _publish(stage: Stage, match: Match, row: Row) -> None:
    rooms.publish_item(
        actor=stage.actor(row["by"]),
        room_id=_room_of(match).pk,
        entity_id=stage.id(row["entity"]),
    )


def _plan(stage: Stage, match: Match, row: Row) -> None:
    room = _room_of(match)
    rooms.plan_room(
        actor=stage.actor(row["by"]), room_id=room.pk, version=room.version, text=row["text"]
    )


def _message(stage: Stage, match: Match, row: Row) -> None:
    rooms.post_message(actor=stage.actor(row["by"]), room_id=_room_of(match).pk, text=row["text"])


def _protect(stage: Stage, match: Match, row: Row) -> None:
    protection.decide_protection(
        actor=stage.actor(row["by"]),
        match_id=match.pk,
        step=ProtectionStep(row["step"]),
        reason=row["reason"],
        ground=row.get("ground", ""),
    )


def _terms(stage: Stage, row: Row) -> dict[str, str]:
    """Terms as the form sends them: a number of days is a date to come, a unit its id."""
    return {name: _term(stage, name, value) for name, value in row["terms"].items()}


def _term(stage: Stage, name: str, value: str | int) -> str:
    if isinstance(value, int):
        return (clock.today() + timedelta(days=value)).isoformat()
    return stage.id(value) if name == "lead_unit" else value


def _handover_of(match: Match) -> Handover:
    return Handover.objects.select_related("receiver").get(decision__match=match)


def _item_of(stage: Stage, match: Match, row: Row) -> HandoverItem:
    return _handover_of(match).items.get(entity_id=stage.id(row["entity"]))


def _room_of(match: Match) -> JointRoom:
    return JointRoom.objects.get(decision__match=match)


_STEPS: Mapping[str, Callable[[Stage, Match, Row], None]] = {
    "acknowledge": _acknowledge,
    "answer": _answer,
    "criteria": _criteria,
    "propose": _propose,
    "agree": _agree,
    "outcome": _outcome,
    "add_item": _add_item,
    "permit": _permit,
    "offer": _offer,
    "accept": _accept,
    "refuse": _refuse,
    "publish": _publish,
    "plan": _plan,
    "message": _message,
    "protect": _protect,
}
