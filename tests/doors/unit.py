"""Doors of investigation units, protection officers and coordination points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crosslight.coordination.models import CommonValue, HandoverItem, RoomItem
from crosslight.coordination.services import entry, handovers, rooms
from crosslight.core.entities.draft import EntityDraft
from crosslight.core.matching import COMMON_VALUE_HOLDERS
from crosslight.core.vocabulary.coordination import DecisionKind, Verdict
from crosslight.foundation import clock
from crosslight.investigations.models import Entity, Statement
from crosslight.ledger.acts import Act
from tests.coordination.factories import (
    Pair,
    acknowledged,
    confirmed,
    decided,
    in_protection,
    investigations,
    notified,
    proposed,
)
from tests.doors.door import Call, Door, Doors
from tests.factories import World
from tests.investigations.factories import person, registered, said, started
from tests.review.factories import disseminated
from tests.web.unit.asking import in_three
from tests.web.unit.test_entering import record
from tests.web.unit.test_investigations import CASE, review_in

NEXT_YEAR = f"{clock.today().year + 1}-06-30"
SEPARATE = {
    "kind": "SEPARATE",
    "boundary": "A: quay. B: road.",
    "reason": "Only the phone is shared",
    **in_three("until", NEXT_YEAR),
}
NO_DATA = "an empty form"
ENTRY = {
    "value": "AB 123 XY",
    "source": "Interview note 8",
    "source_grade": "B",
    "information_grade": "2",
    "handling_code": "H1",
    "nature": "fact",
    "observed_on": "",
}

Prepared = Callable[[World], Call]


def case(world: World, data: dict[str, Any] | None = None, **rest: Any) -> Call:
    found = registered(world.ndeye, world.fatou)
    return Call(world.ndeye, ids=[found.pk], data=data or {}, **rest)


def draft_case(data: dict[str, Any]) -> Prepared:
    return lambda world: Call(world.fatou, ids=[started(world.ndeye).pk], data=data)


def full_case(world: World) -> Call:
    pair = notified(world)
    return Call(world.ndeye, ids=[pair.inv_a.pk], objects=[pair.entity_a.pk])


def sought(world: World) -> Call:
    pair = notified(world)
    return Call(
        world.ndeye, ids=[pair.inv_a.pk], data={"text": "Jallow"}, objects=[pair.entity_a.pk]
    )


def waiting_case(world: World) -> Call:
    """A case with a record that matches as soon as it is registered."""
    pair = notified(world)
    found = started(world.ndeye, title="Second file")
    entry.enter_entity(
        actor=world.ndeye,
        investigation_id=found.pk,
        draft=person(said("name", "Tavi Bell"), said("phone", "+44 7700 900777")),
    )
    entry.enter_entity(
        actor=world.ousman,
        investigation_id=pair.inv_b.pk,
        draft=person(said("name", "Tavi Bell"), said("phone", "+44 7700 900777")),
    )
    return Call(world.fatou, ids=[found.pk], data=review_in(90))


def typing_again(world: World) -> Call:
    """What is typed is held by the unit already, in a record of another case."""
    pair = notified(world)
    found = registered(world.ndeye, world.fatou, title="Second file")
    return Call(
        world.ndeye,
        ids=[found.pk],
        data={"text": "passport X0012345 +44 7700 900123"},
        headers={"HX-Request": "true"},
        objects=[pair.entity_a.pk, pair.inv_a.pk],
    )


def entering(world: World) -> Call:
    """It matches what unit B holds."""
    pair = notified(world)
    data = record(value_0="Mamadou Diallo", value_1="1987-03-14", value_2="07700 900123")
    return Call(world.ndeye, ids=[pair.inv_a.pk], data=data)


def on_record(data: Callable[[Entity], dict[str, Any]] | None = None) -> Prepared:
    def prepare(world: World) -> Call:
        pair = notified(world)
        found = Entity.objects.get(pk=pair.entity_a.pk)
        return Call(world.ndeye, ids=[found.pk], data=data(found) if data else {})

    return prepare


def on_statement(data: Callable[[Entity], dict[str, Any]] | None = None) -> Prepared:
    def prepare(world: World) -> Call:
        pair = notified(world)
        found = Entity.objects.get(pk=pair.entity_a.pk)
        alias = Statement.objects.get(entity=found, property="alias")
        return Call(world.ndeye, ids=[found.pk, alias.pk], data=data(found) if data else {})

    return prepare


def withdrawing(world: World) -> Call:
    """Its match is open, its sets are released, so much has to be taken back."""
    pair = acknowledged(world)
    return Call(world.ndeye, ids=[pair.entity_a.pk], data={"reason": "entry_error"})


def appealing(data: dict[str, str]) -> Prepared:
    def prepare(world: World) -> Call:
        found = common(world)
        return Call(world.fatou, ids=[found.pk, CommonValue.objects.get().pk], data=data)

    return prepare


def common(world: World) -> Entity:
    """Unit A's record with a phone that unit B's records have made common."""
    inv_a, inv_b = investigations(world)
    phone = said("phone", "+44 7700 900999")
    for number in range(COMMON_VALUE_HOLDERS):
        entry.enter_entity(
            actor=world.ousman,
            investigation_id=inv_b.pk,
            draft=person(said("name", f"Guesto{number}"), phone),
        )
    return entry.enter_entity(
        actor=world.ndeye,
        investigation_id=inv_a.pk,
        draft=person(said("name", "Binta Sowande"), phone),
    )


def on_match(
    made: Callable[[World], Pair],
    who: str,
    data: dict[str, Any] | None = None,
    query: str = "",
    *,
    names: str = "a",
) -> Prepared:
    """`names`: whose records the entry has to name besides the match."""

    def prepare(world: World) -> Call:
        pair = made(world)
        shown = {"a": pair.entity_a.pk, "b": pair.entity_b.pk}
        return Call(
            world.actors[who],
            ids=[pair.match.pk],
            data=data or {},
            query=query,
            objects=[shown[side] for side in names],
        )

    return prepare


def second_word(world: World) -> Pair:
    pair = notified(world)
    from crosslight.coordination.services import procedure

    procedure.acknowledge_match(actor=world.ousman, match_id=pair.match.pk)
    return pair


def second_verdict(world: World) -> Pair:
    pair = acknowledged(world)
    from crosslight.coordination.services import procedure

    procedure.answer_match(
        actor=world.ousman, match_id=pair.match.pk, verdict=Verdict.NOT_SAME, reason="Another"
    )
    return pair


def agreeing(world: World) -> Call:
    pair = proposed(world, DecisionKind.JOINT)
    proposal = pair.match.proposals.get(superseded_at=None)
    return Call(world.lamin, ids=[pair.match.pk, proposal.pk], data={"reason": "Agreed, together"})


def agreeing_to_hand_over(world: World) -> Call:
    pair = proposed(world, DecisionKind.HANDOVER)
    proposal = pair.match.proposals.get(superseded_at=None)
    return Call(world.lamin, ids=[pair.match.pk, proposal.pk], data={"reason": "Agreed, take it"})


def second_outcome(world: World) -> Call:
    pair = decided(world, DecisionKind.SEPARATE)
    from crosslight.coordination.services import decisions
    from crosslight.core.vocabulary.coordination import OutcomeCode

    decisions.send_outcome(
        actor=world.lamin, match_id=pair.match.pk, code=OutcomeCode.COLLISION_AVOIDED, note=""
    )
    data = {"code": OutcomeCode.COLLISION_AVOIDED.value, "note": ""}
    return Call(world.fatou, ids=[pair.match.pk], data=data)


# --- handovers: unit B gives to unit A -----------------------------------------------------------


def giving(world: World) -> tuple[Pair, Entity]:
    """Unit B's file holds the matched person, and a van that may go."""
    pair = decided(world, DecisionKind.HANDOVER)
    van = entry.enter_entity(
        actor=world.ousman,
        investigation_id=pair.inv_b.pk,
        draft=EntityDraft("Vehicle", (said("registrationNumber", "AB12 XYZ"),)),
    )
    return pair, van


def picked(world: World) -> tuple[Pair, Entity, HandoverItem]:
    pair, van = giving(world)
    item = handovers.add_item(actor=world.lamin, handover_id=pair.handover.pk, entity_id=van.pk)
    return pair, van, item


def offered(world: World) -> tuple[Pair, Entity, HandoverItem]:
    pair, van, item = picked(world)
    handovers.offer_handover(
        actor=world.lamin, handover_id=pair.handover.pk, receiver_typed="Unit A"
    )
    return pair, van, item


def on_handover(
    who: str,
    made: Callable[[World], tuple[Pair, Entity, HandoverItem]] = offered,
    data: Callable[[Pair], dict[str, Any]] | None = None,
    *,
    with_item: bool = False,
    names: bool = True,
) -> Prepared:
    def prepare(world: World) -> Call:
        pair, van, item = made(world)
        return Call(
            world.actors[who],
            ids=[pair.handover.pk, item.pk] if with_item else [pair.handover.pk],
            data=data(pair) if data else {},
            objects=[item.pk, van.pk] if names else [],
        )

    return prepare


def picking(world: World) -> Call:
    pair, van = giving(world)
    return Call(world.lamin, ids=[pair.handover.pk], data={"entity_id": van.pk}, objects=[van.pk])


def permitting(data: dict[str, str]) -> Prepared:
    def prepare(world: World) -> Call:
        pair, _van = giving(world)
        return Call(world.lamin, ids=[pair.handover.pk, pair.entity_b.pk], data=data)

    return prepare


def given_up(world: World) -> tuple[Pair, Entity, HandoverItem]:
    return offered(world)


# --- rooms ---------------------------------------------------------------------------------------


def shared(world: World) -> tuple[Pair, RoomItem]:
    pair = decided(world, DecisionKind.JOINT)
    place = Statement.objects.get(entity=pair.entity_a, property="birthPlace")
    item = rooms.publish_item(
        actor=world.ndeye,
        room_id=pair.room.pk,
        entity_id=pair.entity_a.pk,
        statement_ids=[place.pk],
    )
    return pair, item


def in_room(who: str, data: Callable[[Pair], dict[str, Any]] | None = None) -> Prepared:
    def prepare(world: World) -> Call:
        pair, _ = shared(world)
        return Call(world.actors[who], ids=[pair.room.pk], data=data(pair) if data else {})

    return prepare


def room_page(world: World) -> Call:
    pair, item = shared(world)
    return Call(world.ousman, ids=[pair.room.pk], objects=[item.pk, pair.entity_a.pk])


def publishing(*, is_sent: bool) -> Prepared:
    def prepare(world: World) -> Call:
        pair, _ = shared(world)
        name = Statement.objects.get(entity=pair.entity_a, property="name")
        data = {"statements": [name.pk]} if is_sent else {}
        return Call(world.ndeye, ids=[pair.room.pk, pair.entity_a.pk], data=data)

    return prepare


def revoking(world: World) -> Call:
    pair, item = shared(world)
    return Call(world.ndeye, ids=[pair.room.pk, item.pk], objects=[pair.entity_a.pk])


# --- inputs, protection, board -------------------------------------------------------------------


def all_lists(world: World) -> Call:
    pair = notified(world)
    return Call(
        world.fatou,
        objects=[pair.match.pk, pair.entity_a.pk, pair.inv_a.pk, disseminated(world).pk],
    )


def protected(who: str, data: dict[str, str] | None = None, *, has_id: bool = True) -> Prepared:
    def prepare(world: World) -> Call:
        pair = in_protection(world)
        ids = [pair.match.pk] if has_id else []
        return Call(world.actors[who], ids=ids, data=data or {}, objects=[pair.match.pk])

    return prepare


def input_for(who: str, data: dict[str, str] | None = None, query: bool = False) -> Prepared:
    def prepare(world: World) -> Call:
        found = disseminated(world)
        return Call(world.actors[who], ids=[found.pk], data=data or {})

    return prepare


def listed(made: Callable[[World], Any], who: str, find: Callable[[Any], list[str]]) -> Prepared:
    return lambda world: Call(world.actors[who], objects=find(made(world)))


def from_input(world: World) -> Call:
    found = disseminated(world)
    return Call(world.ndeye, query=f"?input={found.pk}", objects=[found.pk])


_CONSULTED = (Act.MATCH_CONSULTED,)
_INV, _MAT = ("inv",), ("mat",)
# A new record that matches, or a case that is registered.
_MATCHED = (Act.MATCH_NOTIFIED,)

DOORS: Doors = {
    "GET unit:home": Door(
        all_lists,
        leaves=(Act.MATCH_LISTED, Act.INVESTIGATION_LISTED, Act.INPUT_LISTED),
    ),
    "GET unit:investigations": Door(
        listed(notified, "ndeye", lambda pair: [pair.inv_a.pk]),
        leaves=(Act.INVESTIGATION_LISTED,),
    ),
    "GET unit:investigation_new": Door(lambda world: Call(world.ndeye), none=NO_DATA),
    "GET unit:investigation_new from an input": Door(from_input, leaves=(Act.INPUT_CONSULTED,)),
    "POST unit:investigation_new": Door(
        lambda world: Call(world.ndeye, data=CASE),
        leaves=(Act.INVESTIGATION_STARTED,),
        status=302,
    ),
    "GET unit:investigation": Door(
        full_case, leaves=(Act.INVESTIGATION_CONSULTED, Act.ENTITY_LISTED)
    ),
    "POST unit:investigation": Door(
        sought, leaves=(Act.INVESTIGATION_CONSULTED, Act.ENTITY_SEARCHED)
    ),
    "POST unit:approve": Door(
        waiting_case, leaves=(Act.INVESTIGATION_APPROVED, *_MATCHED), status=302
    ),
    "POST unit:close_investigation": Door(
        lambda world: Call(world.fatou, ids=[registered(world.ndeye, world.fatou).pk]),
        leaves=(Act.INVESTIGATION_CLOSED,),
        status=302,
    ),
    "GET unit:entity_new": Door(case, leaves=(Act.INVESTIGATION_CONSULTED,)),
    "POST unit:entity_new": Door(
        entering,
        leaves=(Act.INVESTIGATION_CONSULTED, Act.ENTITY_ENTERED, *_MATCHED),
        status=302,
    ),
    "POST unit:recognise": Door(typing_again, leaves=(Act.ENTITY_SEARCHED,)),
    "POST unit:recognise without a script": Door(
        lambda world: case(world, {"text": "+44 7700 900321"}),
        leaves=(Act.INVESTIGATION_CONSULTED,),
    ),
    "GET unit:entity": Door(on_record(), leaves=(Act.ENTITY_CONSULTED,), points_to=_INV),
    "GET unit:entity_change": Door(on_record(), leaves=(Act.ENTITY_CONSULTED,), points_to=_INV),
    "POST unit:entity_change": Door(
        on_record(
            lambda found: {
                "role": "transporter",
                "subject_category": "suspect",
                "audience": found.audience,
                "visibility": "open",
                "version": found.version,
            }
        ),
        leaves=(Act.ENTITY_CONSULTED, Act.ENTITY_CORRECTED),
        status=302,
    ),
    "GET unit:statement_add": Door(on_record(), leaves=(Act.ENTITY_CONSULTED,), points_to=_INV),
    "POST unit:statement_add": Door(
        on_record(lambda found: {**ENTRY, "property": "notes", "version": found.version}),
        leaves=(Act.ENTITY_CONSULTED, Act.ENTITY_CORRECTED),
        status=302,
    ),
    "GET unit:statement_correct": Door(
        on_statement(), leaves=(Act.ENTITY_CONSULTED,), points_to=_INV
    ),
    "POST unit:statement_correct": Door(
        on_statement(lambda found: {**ENTRY, "version": found.version}),
        leaves=(Act.ENTITY_CONSULTED, Act.ENTITY_CORRECTED),
        status=302,
    ),
    "GET unit:appeal": Door(appealing({}), leaves=(Act.VALUE_LISTED,)),
    "POST unit:appeal": Door(
        appealing({"reason": "One driver has the number now"}),
        leaves=(Act.VALUE_LISTED, Act.VALUE_APPEALED),
        status=302,
    ),
    "POST unit:entity_withdraw": Door(
        withdrawing,
        leaves=(Act.ENTITY_WITHDRAWN, Act.MATCH_ANNULLED, Act.MATCH_SET_ERASED),
        status=302,
    ),
    "GET unit:matches": Door(
        listed(notified, "ndeye", lambda pair: [pair.match.pk, pair.entity_a.pk]),
        leaves=(Act.MATCH_LISTED,),
        points_to=_INV,
    ),
    "GET unit:match": Door(on_match(notified, "ndeye"), leaves=_CONSULTED, points_to=_INV),
    "GET unit:match with both sets": Door(
        on_match(acknowledged, "ndeye", names="ab"), leaves=_CONSULTED, points_to=_INV
    ),
    "POST unit:acknowledge": Door(
        on_match(second_word, "ndeye", names="ab"),
        leaves=(Act.MATCH_ACKNOWLEDGED, Act.MATCH_SET_RELEASED),
        status=302,
    ),
    "POST unit:answer": Door(
        on_match(
            second_verdict,
            "ndeye",
            {"verdict": "not_same", "reason": "Another birth place"},
            names="ab",
        ),
        leaves=(Act.MATCH_ANSWERED, Act.MATCH_FOUND_DIFFERENT, Act.MATCH_SET_ERASED),
        status=302,
    ),
    "GET unit:decide": Door(
        on_match(proposed, "lamin", names="ab"), leaves=_CONSULTED, points_to=_INV
    ),
    "GET unit:criteria": Door(
        on_match(confirmed, "fatou", names="ab"), leaves=_CONSULTED, points_to=_INV
    ),
    "POST unit:criteria": Door(
        on_match(confirmed, "fatou", {"delay": "Six weeks at most"}),
        leaves=(*_CONSULTED, Act.MATCH_CRITERIA_FILLED),
        status=302,
    ),
    "GET unit:propose": Door(
        on_match(confirmed, "fatou", query="?kind=SEPARATE", names="ab"),
        leaves=_CONSULTED,
        points_to=_INV,
    ),
    "POST unit:propose": Door(
        on_match(confirmed, "fatou", SEPARATE),
        leaves=(*_CONSULTED, Act.MATCH_PROPOSED),
        status=302,
    ),
    "POST unit:agree": Door(agreeing, leaves=(Act.MATCH_AGREED, Act.ROOM_OPENED), status=302),
    "POST unit:agree to hand over": Door(
        agreeing_to_hand_over, leaves=(Act.MATCH_AGREED, Act.HANDOVER_PREPARED), status=302
    ),
    "POST unit:outcome": Door(
        second_outcome, leaves=(Act.MATCH_OUTCOME_SENT, Act.MATCH_CLOSED), status=302
    ),
    "GET unit:handovers": Door(
        listed(offered, "fatou", lambda made: [made[0].handover.pk]),
        leaves=(Act.HANDOVER_LISTED,),
        points_to=_MAT,
    ),
    "GET unit:handover": Door(
        on_handover("fatou"),
        leaves=(Act.HANDOVER_CONSULTED, Act.INVESTIGATION_LISTED),
        points_to=_MAT,
    ),
    "GET unit:handover of the giver": Door(
        on_handover("lamin", picked), leaves=(Act.HANDOVER_CONSULTED,), points_to=_MAT
    ),
    "POST unit:handover_add": Door(picking, leaves=(Act.HANDOVER_ITEM_ADDED,), status=302),
    "POST unit:handover_remove": Door(
        on_handover("lamin", picked, with_item=True),
        leaves=(Act.HANDOVER_ITEM_REMOVED, Act.HANDOVER_ITEM_ERASED),
        status=302,
    ),
    "GET unit:handover_permission": Door(
        permitting({}), leaves=(Act.HANDOVER_CONSULTED,), points_to=_MAT
    ),
    "POST unit:handover_permission": Door(
        permitting(
            {
                "originator": "Police of Ostmark",
                "reference": "OST-77",
                **in_three("granted_on", clock.today().isoformat()),
            }
        ),
        leaves=(Act.HANDOVER_CONSULTED, Act.PERMISSION_RECORDED),
        status=302,
    ),
    "POST unit:handover_offer": Door(
        on_handover("lamin", picked, lambda _pair: {"receiver": "Unit A"}),
        leaves=(Act.HANDOVER_CONSULTED, Act.HANDOVER_OFFERED),
        status=302,
    ),
    "POST unit:handover_withdraw": Door(
        on_handover("lamin"),
        leaves=(Act.HANDOVER_WITHDRAWN, Act.HANDOVER_ITEM_ERASED),
        status=302,
    ),
    "POST unit:handover_accept": Door(
        on_handover("fatou", data=lambda pair: {"investigation": pair.inv_a.pk}, with_item=True),
        leaves=(
            Act.HANDOVER_CONSULTED,
            Act.INVESTIGATION_LISTED,
            Act.ENTITY_ENTERED,
            Act.HANDOVER_ITEM_ACCEPTED,
            Act.HANDOVER_COMPLETED,
        ),
        status=302,
    ),
    "POST unit:handover_refuse": Door(
        on_handover("fatou", data=lambda _pair: {"code": "NOT_HELD", "note": ""}, with_item=True),
        leaves=(
            Act.HANDOVER_CONSULTED,
            Act.HANDOVER_ITEM_REFUSED,
            Act.HANDOVER_ITEM_ERASED,
            Act.HANDOVER_COMPLETED,
        ),
        status=302,
    ),
    "GET unit:rooms": Door(
        listed(shared, "ousman", lambda made: [made[0].room.pk]),
        leaves=(Act.ROOM_LISTED,),
        points_to=_MAT,
    ),
    "GET unit:room": Door(
        room_page, leaves=(Act.ROOM_CONSULTED, Act.ENTITY_LISTED), points_to=_MAT
    ),
    "GET unit:room_publish": Door(
        publishing(is_sent=False), leaves=(Act.ROOM_CONSULTED, Act.ENTITY_CONSULTED)
    ),
    "POST unit:room_publish": Door(
        publishing(is_sent=True),
        leaves=(Act.ROOM_CONSULTED, Act.ENTITY_CONSULTED, Act.ROOM_PUBLISHED),
        status=302,
    ),
    "POST unit:room_revoke": Door(
        revoking, leaves=(Act.ROOM_REVOKED, Act.ROOM_ITEM_ERASED), status=302
    ),
    "GET unit:room_plan": Door(in_room("fatou"), leaves=(Act.ROOM_CONSULTED,)),
    "POST unit:room_plan": Door(
        in_room("fatou", lambda pair: {"plan": "Monday: quay", "version": pair.room.version}),
        leaves=(Act.ROOM_CONSULTED, Act.ROOM_PLANNED),
        status=302,
    ),
    "POST unit:room_message": Door(
        in_room("ousman", lambda _pair: {"text": "Van seen"}),
        leaves=(Act.ROOM_MESSAGE_POSTED,),
        status=302,
    ),
    "GET unit:inputs": Door(
        listed(disseminated, "ndeye", lambda found: [found.pk]), leaves=(Act.INPUT_LISTED,)
    ),
    "GET unit:input": Door(input_for("ndeye"), leaves=(Act.INPUT_CONSULTED,)),
    "POST unit:input_useful": Door(
        input_for("ndeye", {"code": "USEFUL_NEW"}), leaves=(Act.INPUT_ANSWERED,), status=302
    ),
    "GET unit:protection": Door(protected("vpo_a", has_id=False), leaves=(Act.MATCH_LISTED,)),
    "GET unit:protection_match": Door(protected("vpo_a"), leaves=_CONSULTED),
    "POST unit:protection_decide": Door(
        protected("vpo_a", {"step": "safety_action", "reason": "Moved to a safe house"}),
        leaves=(Act.MATCH_PROTECTION_DECIDED,),
        status=302,
    ),
    "GET unit:board": Door(
        listed(notified, "ncp_a", lambda pair: [pair.match.pk]), leaves=(Act.MATCH_LISTED,)
    ),
}
