from __future__ import annotations

import pytest

from crosslight.accounts.models import Notice
from crosslight.core.vocabulary.contributions import FeedbackCode
from crosslight.foundation.errors import FieldErrors, NotAllowed, NotFoundOrHidden
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from crosslight.review.models import Dissemination
from crosslight.review.services import consult_input, list_inputs, mark_input_useful
from tests.factories import World
from tests.review.factories import disseminated


def test_the_receiving_unit_opens_it_and_the_first_opening_is_kept(world: World) -> None:
    sent = disseminated(world)
    consult_input(actor=world.ndeye, input_id=sent.pk, purpose="triage")
    first = Dissemination.objects.get(input=sent).opened_at
    consult_input(actor=world.fatou, input_id=sent.pk, purpose="triage")
    assert first is not None
    assert Dissemination.objects.get(input=sent).opened_at == first
    assert not Notice.objects.filter(object_id=sent.pk, read_at=None).exists()
    entry = read_entries(object_id=sent.pk)[-1].entry
    assert (entry.act, entry.justification) == (Act.INPUT_CONSULTED, "triage")


def test_the_desk_that_made_it_opens_it_without_marking_it_opened(world: World) -> None:
    sent = disseminated(world)
    consult_input(actor=world.luis, input_id=sent.pk, purpose="quality")
    assert Dissemination.objects.get(input=sent).opened_at is None


@pytest.mark.parametrize("name", ["ousman", "lamin", "officer_a2", "foreign_desk"])
def test_nobody_else_finds_it(world: World, name: str) -> None:
    sent = disseminated(world)
    actor = world.actors[name]
    with pytest.raises(NotFoundOrHidden):
        consult_input(actor=actor, input_id=sent.pk, purpose="triage")
    assert list_inputs(actor=actor) == ()


@pytest.mark.parametrize("name", ["amina", "ncp_a", "vpo_a", "rco", "nuria", "auditor"])
def test_others_have_no_inputs_at_all(world: World, name: str) -> None:
    sent = disseminated(world)
    with pytest.raises(NotAllowed):
        consult_input(actor=world.actors[name], input_id=sent.pk, purpose="triage")
    with pytest.raises(NotAllowed):
        list_inputs(actor=world.actors[name])


def test_a_list_is_one_entry_with_all_it_showed(world: World) -> None:
    sent = [disseminated(world), disseminated(world)]
    shown = list_inputs(actor=world.ndeye)
    entry = read_entries(act=Act.INPUT_LISTED.value)[-1].entry
    assert {each.pk for each in shown} == set(entry.objects) == {each.pk for each in sent}


def test_the_unit_says_of_what_use_it_was(world: World) -> None:
    sent = disseminated(world, to=(world.unit_a.pk, world.unit_b.pk))
    mark_input_useful(actor=world.ndeye, input_id=sent.pk, code=FeedbackCode.KNOWN_ALREADY)
    answers = dict(Dissemination.objects.values_list("unit_id", "usefulness"))
    assert answers == {world.unit_a.pk: "KNOWN_ALREADY", world.unit_b.pk: ""}
    with pytest.raises(NotAllowed):
        mark_input_useful(actor=world.luis, input_id=sent.pk, code=FeedbackCode.USEFUL_NEW)
    with pytest.raises(NotFoundOrHidden):
        mark_input_useful(actor=world.officer_a2, input_id=sent.pk, code=FeedbackCode.USEFUL_NEW)


@pytest.mark.parametrize("purpose", ["", "free text", "x" * 65, "a\0b"])
def test_a_purpose_is_a_short_code(world: World, purpose: str) -> None:
    with pytest.raises(FieldErrors):
        consult_input(actor=world.ndeye, input_id=disseminated(world).pk, purpose=purpose)


@pytest.mark.parametrize("input_id", ["", "int_\0", "x" * 5000])
def test_a_malformed_identifier_is_not_found(world: World, input_id: str) -> None:
    with pytest.raises(NotFoundOrHidden):
        consult_input(actor=world.ndeye, input_id=input_id, purpose="triage")
