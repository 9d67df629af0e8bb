"""K9: nothing leaves before it was seen, permitted and named; each record is answered."""

from __future__ import annotations

import pytest

from crosslight.coordination.models import HandoverItem
from crosslight.coordination.services import entry
from crosslight.coordination.services import handovers as services
from crosslight.core.entities.draft import EntityDraft
from crosslight.core.lifecycle.handover import HandoverState
from crosslight.core.vocabulary.coordination import DecisionKind, RefusalCode
from crosslight.core.vocabulary.law import HandlingCode
from crosslight.foundation import clock
from crosslight.investigations.models import Entity
from tests.coordination.factories import VICTIM, Pair, decided, draft_b
from tests.factories import World
from tests.investigations.factories import said, started
from tests.web.unit.asking import body, get, in_three, page, post

HIDDEN = "han_" + "0" * 26
PERMISSION = {"originator": "Police of Ostmark", "reference": "OST-77"}


@pytest.fixture
def pair(world: World) -> Pair:
    """Unit B gives: its file holds the matched person (H3), a van (H1) and a house (H0)."""
    pair = decided(world, DecisionKind.HANDOVER)
    van = EntityDraft("Vehicle", (said("registrationNumber", "AB12 XYZ"),))
    house = EntityDraft(
        "Address", (said("full", "12 Quay Road, canary-b-house", handling_code=HandlingCode.H0),)
    )
    for draft in (van, house):
        entry.enter_entity(actor=world.ousman, investigation_id=pair.inv_b.pk, draft=draft)
    return pair


def record(schema: str) -> Entity:
    return Entity.objects.get(schema=schema, origin_handover="")


def pick(world: World, pair: Pair, *schemata: str) -> list[HandoverItem]:
    return [
        services.add_item(
            actor=world.lamin, handover_id=pair.handover.pk, entity_id=record(schema).pk
        )
        for schema in schemata
    ]


def offered(world: World, pair: Pair, *schemata: str) -> list[HandoverItem]:
    items = pick(world, pair, *schemata)
    services.offer_handover(
        actor=world.lamin, handover_id=pair.handover.pk, receiver_typed="Unit A"
    )
    return items


def test_a_handover_from_the_first_pick_to_the_receipt(world: World, pair: Pair) -> None:
    handover = pair.handover.pk
    other_file = started(world.ndeye, title="Second file of A")

    for schema in ("Vehicle", "Address"):
        post(world.lamin, "handover_add", handover, entity_id=record(schema).pk)
    preview = page(world.lamin, "handover", handover)
    assert "2. Exactly what Unit A will receive" in preview
    assert preview.count("AB12 XYZ") > 1
    post(world.lamin, "handover_offer", handover, receiver="unit  a")
    seen = page(world.fatou, "handover", handover)
    assert "AB12 XYZ" in seen
    assert "not in court without permission" in seen
    van, house = HandoverItem.objects.order_by("pk")
    post(world.fatou, "handover_accept", handover, van.pk, investigation=other_file.pk)
    post(
        world.fatou, "handover_refuse", handover, house.pk, code=RefusalCode.NOT_HELD, note="Wrong"
    )

    received = Entity.objects.get(origin_handover=handover)
    assert received.investigation_id == other_file.pk
    for head in (world.lamin, world.fatou):
        done = page(head, "handover", handover)
        assert pair.handover.receipt in done
        assert "Not held" in done
        assert "Wrong" in done


def test_the_receiver_sees_nothing_while_it_is_prepared(world: World, pair: Pair) -> None:
    pick(world, pair, "Vehicle")

    hidden = get(world.fatou, "handover", pair.handover.pk)

    assert hidden.status_code == 404
    assert hidden.content == get(world.fatou, "handover", HIDDEN).content
    assert pair.handover.pk not in page(world.fatou, "handovers")


def test_the_receiver_sees_only_what_was_picked(world: World, pair: Pair) -> None:
    offered(world, pair, "Vehicle")

    seen = page(world.fatou, "handover", pair.handover.pk)

    assert "AB12 XYZ" in seen
    assert "canary-b" not in seen
    assert "Interview note 7" not in seen


def test_a_wrong_name_of_the_receiver_sends_nothing(world: World, pair: Pair) -> None:
    pick(world, pair, "Vehicle")

    wrong = post(world.lamin, "handover_offer", pair.handover.pk, receiver="Unit C")
    empty = post(world.lamin, "handover_offer", pair.handover.pk)

    assert wrong.status_code == empty.status_code == 422
    assert "This is not the name of the receiving unit. Type: Unit A" in body(wrong)
    assert pair.handover.state == HandoverState.PREPARED


def test_I5_a_limited_record_goes_only_with_a_stored_permission(world: World, pair: Pair) -> None:
    handover, person = pair.handover.pk, pair.entity_b.pk
    today = clock.today().isoformat()

    blocked = page(world.lamin, "handover", handover)
    forced = post(world.lamin, "handover_add", handover, entity_id=person)
    assert "Permission missing" in blocked
    assert f'value="{person}"' not in blocked
    assert forced.status_code == 403
    assert "H-101" in body(forced)

    form = page(world.lamin, "handover_permission", handover, person)
    assert "Record the originator" in form
    late = in_three("granted_on", f"{clock.today().year + 1}-01-31")
    assert (
        post(world.lamin, "handover_permission", handover, person, **PERMISSION, **late).status_code
        == 422
    )
    granted = {**PERMISSION, **in_three("granted_on", today)}
    post(world.lamin, "handover_permission", handover, person, **granted)
    added = post(world.lamin, "handover_add", handover, entity_id=person)

    assert added.status_code == 302
    assert HandoverItem.objects.get().handling_code == HandlingCode.H3


def test_a_protected_record_stays(world: World, pair: Pair) -> None:
    child = entry.enter_entity(
        actor=world.ousman, investigation_id=pair.inv_b.pk, draft=draft_b(**VICTIM)
    )

    seen = page(world.lamin, "handover", pair.handover.pk)
    forced = post(world.lamin, "handover_add", pair.handover.pk, entity_id=child.pk)

    assert "Stays here" in seen
    assert forced.status_code == 403
    assert not HandoverItem.objects.exists()


def test_what_changed_after_the_pick_must_be_seen_again(world: World, pair: Pair) -> None:
    pick(world, pair, "Vehicle")
    van = record("Vehicle")
    entry.add_statements(
        actor=world.ousman, entity_id=van.pk, version=van.version, statements=[said("type", "Van")]
    )

    stale = post(world.lamin, "handover_offer", pair.handover.pk, receiver="Unit A")

    assert stale.status_code == 409
    assert "H-105" in body(stale)


def test_a_withdrawn_handover_leaves_no_content(world: World, pair: Pair) -> None:
    offered(world, pair, "Vehicle")

    post(world.lamin, "handover_withdraw", pair.handover.pk)
    seen = page(world.fatou, "handover", pair.handover.pk)

    assert "Unit B withdrew this handover." in seen
    assert "AB12 XYZ" not in seen


def test_a_record_can_be_taken_out_before_the_offer(world: World, pair: Pair) -> None:
    (item,) = pick(world, pair, "Vehicle")

    post(world.lamin, "handover_remove", pair.handover.pk, item.pk)

    assert "Nothing picked yet." in page(world.lamin, "handover", pair.handover.pk)


def test_a_refusal_needs_a_code_and_a_place_must_be_the_receivers_own(
    world: World, pair: Pair
) -> None:
    (item,) = offered(world, pair, "Vehicle")
    handover = pair.handover.pk

    no_code = post(world.fatou, "handover_refuse", handover, item.pk, note="kept text")
    elsewhere = post(world.fatou, "handover_accept", handover, item.pk, investigation=pair.inv_b.pk)

    assert no_code.status_code == elsewhere.status_code == 422
    assert "Choose why it is refused" in body(no_code)
    assert "kept text" in body(no_code)
    assert not Entity.objects.filter(origin_handover=handover).exists()


def test_officers_read_and_do_not_act(world: World, pair: Pair) -> None:
    (item,) = offered(world, pair, "Vehicle")
    handover = pair.handover.pk

    assert "Your unit head answers." in page(world.ndeye, "handover", handover)
    for name, ids in (
        ("handover_accept", (handover, item.pk)),
        ("handover_refuse", (handover, item.pk)),
        ("handover_withdraw", (handover,)),
    ):
        assert post(world.ndeye, name, *ids).status_code == 404


def test_a_handover_of_others_is_as_absent_as_none(world: World, pair: Pair) -> None:
    (item,) = offered(world, pair, "Vehicle")
    handover = pair.handover.pk

    for stranger in (world.head_c, world.head_a2, world.amina, world.luis, world.auditor):
        hidden, absent = get(stranger, "handover", handover), get(stranger, "handover", HIDDEN)
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content
    for name, ids in (
        ("handover_accept", (handover, item.pk)),
        ("handover_offer", (handover,)),
        ("handover_withdraw", (handover,)),
    ):
        assert post(world.head_c, name, *ids, receiver="Unit A").status_code == 404
    assert page(world.head_c, "handovers").count("No handover yet.") == 1
