"""The library of typologies: what enters it, who reads it, and how it leaves."""

from __future__ import annotations

import pytest

from crosslight.contributions.models import Contribution, Typology
from crosslight.contributions.services import (
    answer_question,
    consult_own,
    consult_typology,
    list_typologies,
)
from crosslight.contributions.services.desk import erase_on_decision, restrict
from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.contributions import FeedbackCode, QuestionForm
from crosslight.foundation.errors import FieldErrors, NotAllowed, NotFoundOrHidden
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from crosslight.review.services import (
    ask_question,
    give_feedback,
    take_in_typology,
    take_out_typology,
)
from tests.factories import World
from tests.review.factories import admitted, admitted_typology, in_library

pytestmark = pytest.mark.django_db


def refusal(world: World, contribution: Contribution, *, names_nobody: bool = True) -> list[str]:
    with pytest.raises(FieldErrors) as caught:
        take_in_typology(
            actor=world.luis, contribution_id=contribution.pk, names_nobody=names_nobody
        )
    assert not Typology.objects.exists()
    return [error.code for error in caught.value.errors]


def test_what_the_desk_takes_in_is_read_by_contributors_and_authorities(world: World) -> None:
    typology = in_library(world)
    readers: list[Actor] = [world.amina, world.luis, world.ndeye, world.auditor]

    for reader in readers:
        assert [each.id for each in list_typologies(actor=reader)] == [typology.pk]
        seen = consult_typology(actor=reader, typology_id=typology.pk)
        assert seen.content.title == "Deck hands who owe their fare"


def test_nothing_in_it_tells_who_sent_it(world: World) -> None:
    seen = consult_typology(actor=world.ndeye, typology_id=in_library(world).pk)

    contribution = Contribution.objects.get()
    told = repr(seen)
    for secret in (contribution.pk, contribution.organisation_id, contribution.author_id):
        assert secret not in told


def test_it_ends_the_procedure_and_the_contributor_hears_how_useful_it_was(world: World) -> None:
    contribution = in_library(world).contribution

    assert contribution.state == ContributionState.CLOSED
    feedback = give_feedback(
        actor=world.luis, contribution_id=contribution.pk, code=FeedbackCode.USEFUL_NEW, axes={}
    )
    view = consult_own(actor=world.amina, contribution_id=contribution.pk)
    assert view.state == "Closed"
    assert [each.code for each in view.feedback] == [feedback.code]


def test_another_kind_does_not_enter(world: World) -> None:
    assert refusal(world, admitted(world)) == ["D-122"]


def test_an_officer_says_that_nobody_is_in_it(world: World) -> None:
    assert refusal(world, admitted_typology(world), names_nobody=False) == ["D-123"]


def test_the_wish_of_who_sent_it_is_kept(world: World) -> None:
    assert refusal(world, admitted_typology(world, sharing_wish="no")) == ["D-121"]


def test_who_wants_to_be_asked_is_asked_first(world: World) -> None:
    contribution = admitted_typology(world, sharing_wish="ask_first")
    assert refusal(world, contribution) == ["D-121"]

    question = ask_question(
        actor=world.luis, contribution_id=contribution.pk, form=QuestionForm.CONSENT, note=""
    )
    answer_question(actor=world.amina, question_id=question.pk, answer="Yes, share it.")
    take_in_typology(actor=world.luis, contribution_id=contribution.pk, names_nobody=True)

    assert len(list_typologies(actor=world.amina)) == 1


def test_the_rules_of_today_are_asked_again(world: World) -> None:
    """What an older check let pass does not reach the library."""
    contribution = admitted_typology(world)
    contribution.content = contribution.content | {"mitigations": "Call 07700 900123."}
    contribution.save()

    assert refusal(world, contribution) == ["L-205"]


def test_nobody_else_takes_in_or_out(world: World) -> None:
    contribution = admitted_typology(world)
    for stranger in (world.amina, world.ndeye, world.auditor):
        with pytest.raises((NotAllowed, NotFoundOrHidden)):
            take_in_typology(actor=stranger, contribution_id=contribution.pk, names_nobody=True)
    typology = take_in_typology(
        actor=world.luis, contribution_id=contribution.pk, names_nobody=True
    )
    for stranger in (world.amina, world.ndeye, world.auditor):
        with pytest.raises((NotAllowed, NotFoundOrHidden)):
            take_out_typology(
                actor=stranger, contribution_id=contribution.pk, reason="It names a village."
            )
    typology.refresh_from_db()
    assert typology.taken_out_at is None


def test_what_is_taken_out_is_gone_and_the_reason_is_written(world: World) -> None:
    typology = in_library(world)
    with pytest.raises(FieldErrors):
        take_out_typology(actor=world.luis, contribution_id=typology.contribution_id, reason="")

    take_out_typology(
        actor=world.luis,
        contribution_id=typology.contribution_id,
        reason="A village of forty people can be recognised in it.",
    )

    assert list_typologies(actor=world.amina) == ()
    with pytest.raises(NotFoundOrHidden):
        consult_typology(actor=world.amina, typology_id=typology.pk)
    with pytest.raises(FieldErrors):
        take_out_typology(
            actor=world.luis, contribution_id=typology.contribution_id, reason="Once more."
        )


@pytest.mark.parametrize("erase", [True, False])
def test_what_is_erased_or_set_aside_is_gone_at_once(world: World, erase: bool) -> None:
    typology = in_library(world)
    contribution = typology.contribution
    erase_on_decision(contribution) if erase else restrict(contribution, is_restricted=True)

    assert list_typologies(actor=world.amina) == ()
    with pytest.raises(NotFoundOrHidden):
        consult_typology(actor=world.amina, typology_id=typology.pk)


@pytest.mark.parametrize("typology_id", ["", "typ_", "con_x", "typ_" + "0" * 26, "../x", "\0"])
def test_what_is_not_there_is_one_answer(world: World, typology_id: str) -> None:
    with pytest.raises(NotFoundOrHidden):
        consult_typology(actor=world.amina, typology_id=typology_id)


def test_each_act_is_on_record(world: World) -> None:
    typology = in_library(world)
    consult_typology(actor=world.ndeye, typology_id=typology.pk)

    entries = [each.entry for each in read_entries(object_id=typology.pk)]
    assert {entry.act for entry in entries} == {Act.TYPOLOGY_TAKEN_IN, Act.TYPOLOGY_CONSULTED}
