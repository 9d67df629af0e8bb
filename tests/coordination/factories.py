"""Matches in every state, reached through the services that the doors use."""

from __future__ import annotations

from dataclasses import dataclass

from crosslight.coordination.models import Handover, JointRoom, Match
from crosslight.coordination.services import decisions, entry, procedure, protection
from crosslight.core.entities.draft import EntityDraft
from crosslight.core.entities.states import WithdrawalReason
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.vocabulary.coordination import (
    Audience,
    CasePhase,
    CrimeArea,
    Criterion,
    DecisionKind,
    EntityRole,
    OutcomeCode,
    ProtectionStep,
    Verdict,
)
from crosslight.core.vocabulary.law import DataSubjectCategory, HandlingCode
from crosslight.foundation import clock
from crosslight.investigations.models import Entity, Investigation
from tests.factories import World
from tests.investigations.factories import person, registered, said

PHONE = "+44 7700 900123"


@dataclass
class Pair:
    """Unit A entered second (the trigger); unit B held. `match` is the latest of the two."""

    world: World
    inv_a: Investigation
    inv_b: Investigation
    entity_a: Entity
    entity_b: Entity

    @property
    def match(self) -> Match:
        pair = sorted((self.entity_a.pk, self.entity_b.pk))
        return Match.objects.filter(low_entity=pair[0], high_entity=pair[1]).latest("occurrence")

    @property
    def handover(self) -> Handover:
        return Handover.objects.get(decision__match=self.match)

    @property
    def room(self) -> JointRoom:
        return JointRoom.objects.get(decision__match=self.match)


def draft_a(*more, **rest) -> EntityDraft:
    """What only unit A may know begins with `canary-a`, but for the comparable set."""
    values = {"role": EntityRole.RECRUITER, "subject_category": DataSubjectCategory.SUSPECT}
    return person(
        said("name", "Momodou Jallow", source="canary-a-source"),
        said("phone", PHONE),
        said("alias", "canary-a-alias"),
        said("notes", "canary-a-notes"),
        said("idNumber", "7788990011", handling_code=HandlingCode.H3),
        said("birthDate", "1987-03-14"),
        said("birthPlace", "Seta A"),
        said("passportNumber", "X0012345"),
        *more,
        **{**values, **rest},
    )


def draft_b(*more, **rest) -> EntityDraft:
    values = {"role": EntityRole.TRANSPORTER, "subject_category": DataSubjectCategory.SUSPECT}
    return person(
        said("name", "Mamadou Diallo", source="canary-b-source"),
        said("phone", "07700 900123"),
        said("alias", "canary-b-alias"),
        said("notes", "canary-b-notes"),
        said("idNumber", "5566778800", handling_code=HandlingCode.H3),
        said("birthDate", "1987"),
        said("birthPlace", "Setb B"),
        said("passportNumber", "X0067890"),
        *more,
        **{**values, **rest},
    )


def investigations(world: World, **both) -> tuple[Investigation, Investigation]:
    a = registered(
        world.ndeye,
        world.fatou,
        title="canary-a-title",
        purpose="canary-a-purpose",
        crime_area=CrimeArea.FORCED_BEGGING,
        phase=CasePhase.PRE_ARREST,
        **both,
    )
    b = registered(
        world.ousman,
        world.lamin,
        title="canary-b-title",
        purpose="canary-b-purpose",
        crime_area=CrimeArea.SMUGGLING,
        phase=CasePhase.INTELLIGENCE,
        **both,
    )
    return a, b


def notified(
    world: World, *, a: EntityDraft | None = None, b: EntityDraft | None = None, **both
) -> Pair:
    """Unit B enters, then unit A: one match, if the two agree enough."""
    inv_a, inv_b = investigations(world, **both)
    held = entry.enter_entity(actor=world.ousman, investigation_id=inv_b.pk, draft=b or draft_b())
    entered = entry.enter_entity(actor=world.ndeye, investigation_id=inv_a.pk, draft=a or draft_a())
    return Pair(world, inv_a, inv_b, entered, held)


def acknowledged(world: World, **rest) -> Pair:
    pair = notified(world, **rest)
    for officer in (world.ndeye, world.ousman):
        procedure.acknowledge_match(actor=officer, match_id=pair.match.pk)
    return pair


def answered(world: World, one: Verdict, other: Verdict, **rest) -> Pair:
    pair = acknowledged(world, **rest)
    procedure.answer_match(
        actor=world.ndeye, match_id=pair.match.pk, verdict=one, reason="canary-a-why"
    )
    procedure.answer_match(
        actor=world.ousman, match_id=pair.match.pk, verdict=other, reason="canary-b-why"
    )
    return pair


def confirmed(world: World, **rest) -> Pair:
    pair = answered(world, Verdict.SAME, Verdict.SAME, **rest)
    for head, side in ((world.fatou, "a"), (world.lamin, "b")):
        decisions.fill_criteria(
            actor=head, match_id=pair.match.pk, answers={Criterion.PHASE: f"sheet-{side}"}
        )
    return pair


def terms(pair: Pair, kind: DecisionKind) -> dict[str, str]:
    return {
        DecisionKind.SEPARATE: {
            "boundary": "Unit A covers the quay, unit B the road",
            "until": f"{clock.today().year + 1}-06-30",
        },
        DecisionKind.HANDOVER: {"gives": "The sighting of the van"},
        DecisionKind.JOINT: {"lead_unit": pair.world.unit_a.pk, "tasks": "A: quay. B: road."},
    }[kind]


def proposed(world: World, kind: DecisionKind = DecisionKind.SEPARATE, **rest) -> Pair:
    """Unit A's head has filled the column; in a handover, unit B is to give."""
    pair = confirmed(world, **rest)
    decisions.propose_decision(
        actor=world.fatou,
        match_id=pair.match.pk,
        kind=kind,
        terms=terms(pair, kind),
        reason="column-a",
        giver_unit_id=world.unit_b.pk if kind is DecisionKind.HANDOVER else None,
    )
    return pair


def decided(world: World, kind: DecisionKind, **rest) -> Pair:
    pair = proposed(world, kind, **rest)
    proposal = pair.match.proposals.get(superseded_at=None)
    decisions.agree_decision(actor=world.lamin, proposal_id=proposal.pk, reason="column-b")
    return pair


def closed(world: World) -> Pair:
    pair = decided(world, DecisionKind.SEPARATE)
    for head, code in (
        (world.fatou, OutcomeCode.NEW_LINK_PROVED),
        (world.lamin, OutcomeCode.COLLISION_AVOIDED),
    ):
        decisions.send_outcome(actor=head, match_id=pair.match.pk, code=code, note="canary-note")
    return pair


def annulled(world: World) -> Pair:
    pair = proposed(world)
    entry.withdraw_entity(
        actor=world.ousman, entity_id=pair.entity_b.pk, reason=WithdrawalReason.ENTRY_ERROR
    )
    return pair


def in_protection(world: World, **rest) -> Pair:
    return notified(world, b=draft_b(**VICTIM), **rest)


VICTIM = {
    "role": EntityRole.POSSIBLE_VICTIM,
    "subject_category": DataSubjectCategory.POSSIBLE_VICTIM,
    "audience": Audience.MATCH_ONLY,
}


def protection_decided(world: World) -> Pair:
    pair = in_protection(world)
    for officer in (world.vpo_a, world.vpo_b):
        protection.decide_protection(
            actor=officer,
            match_id=pair.match.pk,
            step=ProtectionStep.SAFETY_ACTION,
            reason="Moved to a safe house",
        )
    return pair


IN_STATE = {
    MatchState.NOTIFIED: notified,
    MatchState.ACKNOWLEDGED: acknowledged,
    MatchState.NOT_SAME: lambda world: answered(world, Verdict.NOT_SAME, Verdict.NOT_SAME),
    MatchState.UNRESOLVED: lambda world: answered(world, Verdict.SAME, Verdict.CANNOT_TELL),
    MatchState.CONFIRMED_SAME: confirmed,
    MatchState.DELIBERATION: proposed,
    MatchState.SEPARATE: lambda world: decided(world, DecisionKind.SEPARATE),
    MatchState.HANDOVER: lambda world: decided(world, DecisionKind.HANDOVER),
    MatchState.JOINT: lambda world: decided(world, DecisionKind.JOINT),
    MatchState.CLOSED: closed,
    MatchState.ANNULLED: annulled,
    MatchState.IN_PROTECTION: in_protection,
    MatchState.PROTECTION_DECIDED: protection_decided,
}


def in_state(world: World, state: MatchState) -> Pair:
    pair = IN_STATE[state](world)
    assert pair.match.state == state
    return pair
