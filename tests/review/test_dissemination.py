from __future__ import annotations

import pytest

from crosslight.accounts.models import Notice, NoticeKind
from crosslight.contributions.models import Contribution
from crosslight.contributions.services import answer_question
from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.vocabulary.contributions import Priority, QuestionForm
from crosslight.foundation.errors import FieldErrors, NotAllowed, WrongState
from crosslight.foundation.identifiers import new_id
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from crosslight.review.models import Dissemination, IntelligenceInput
from crosslight.review.services import ask_question, disseminate, prioritise_contribution
from tests.factories import World
from tests.review.factories import REASON, admitted, disseminated, prioritised


def send(world: World, contribution: Contribution, **values: object) -> IntelligenceInput:
    given: dict[str, object] = {
        "unit_ids": [world.unit_a.pk],
        "title": "Men driven to the fields",
        "body": "A support organisation reports three men.",
    }
    return disseminate(actor=world.luis, contribution_id=contribution.pk, **(given | values))


def faults(world: World, contribution: Contribution, **values: object) -> list[tuple[str, str]]:
    with pytest.raises(FieldErrors) as caught:
        send(world, contribution, **values)
    contribution.refresh_from_db()
    assert contribution.state == ContributionState.PRIORITISED
    assert not IntelligenceInput.objects.exists()
    return [(each.code, each.field) for each in caught.value.errors]


def test_an_input_carries_the_grades_and_the_handling_code_with_it(world: World) -> None:
    sent = disseminated(world, to=(world.unit_a.pk, world.unit_b.pk))
    validation = sent.contribution.validation
    for name in (
        "source_grade",
        "information_grade",
        "scheme",
        "handling_code",
        "subject_category",
        "retention_until",
    ):
        assert getattr(sent, name) == getattr(validation, name)
    assert sent.priority == "P2"
    assert sent.country_id == "XN"


def test_every_unit_is_told_and_the_record_names_the_recipients(world: World) -> None:
    sent = disseminated(world, to=(world.unit_a.pk, world.unit_b.pk))
    told = Notice.objects.filter(kind=NoticeKind.INPUT_WAITING, object_id=sent.pk)
    assert {notice.user_id for notice in told} == {
        world.ndeye.id,
        world.fatou.id,
        world.colleague.id,
        world.ousman.id,
        world.lamin.id,
    }
    entry = read_entries(object_id=sent.pk)[-1].entry
    assert entry.act is Act.CONTRIBUTION_DISSEMINATED
    assert set(entry.recipients) == {world.unit_a.pk, world.unit_b.pk}
    assert Dissemination.objects.filter(input=sent).count() == 2


def test_only_the_identifiers_that_were_ticked_go_along(world: World) -> None:
    contribution = prioritised(
        world,
        identifiers=[
            {"kind": "phone", "raw": "07700 900123", "party_role": "recruiter"},
            {"kind": "plate", "raw": "ab-123-cd", "party_role": "vehicle"},
        ],
    )
    sent = send(world, contribution, identifiers=["AB123CD"])
    assert [each["raw"] for each in sent.identifiers] == ["ab-123-cd"]


def test_the_assessment_explains_itself(world: World) -> None:
    sent = disseminated(world)
    assert len(sent.assessment) > 3
    assert all(isinstance(sentence, str) and sentence for sentence in sent.assessment)


def test_references_count_up_for_each_country(world: World) -> None:
    first, second = disseminated(world), disseminated(world)
    assert first.reference.endswith("-0001")
    assert second.reference.endswith("-0002")


def test_what_is_missing_or_unknown_is_named(world: World) -> None:
    contribution = prioritised(world)
    assert faults(world, contribution, title=" ", body="", unit_ids=[]) == [
        ("D-118", "title"),
        ("D-118", "body"),
        ("D-118", "unit_ids"),
    ]
    for unit_id in (new_id("uni"), "x", "uni_\0"):
        assert ("D-119", "unit_ids") in faults(
            world, contribution, unit_ids=[world.unit_a.pk, unit_id]
        )
    assert faults(world, contribution, identifiers=["+44 7700 900999"]) == [
        ("D-119", "identifiers")
    ]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", "Report of HARBOUR HOUSE"),
        ("body", "Received from Harbour House last week."),
        ("body", "Amina Example saw it."),
        ("body", "Write to amina.example@example.org."),
        ("body", "Leo Example, who leads it, agrees."),
    ],
)
def test_a_text_that_names_the_contributor_is_refused(world: World, field: str, text: str) -> None:
    contribution = prioritised(world)
    assert faults(world, contribution, **{field: text}) == [("D-120", field)]


def test_against_the_contributors_wish_nothing_crosses_the_border(world: World) -> None:
    contribution = prioritised(world, sharing_wish="no")
    abroad = [world.unit_a.pk, world.unit_b.pk]
    assert faults(world, contribution, unit_ids=abroad) == [("D-121", "unit_ids")]
    assert send(world, contribution).disseminations.count() == 1


def test_who_wants_to_be_asked_first_is_asked_first(world: World) -> None:
    contribution = admitted(world, sharing_wish="ask_first")
    question = ask_question(
        actor=world.luis, contribution_id=contribution.pk, form=QuestionForm.CONSENT, note=""
    )
    answer_question(actor=world.amina, question_id=question.pk, answer="Yes, please share it.")
    prioritise_contribution(
        actor=world.luis, contribution_id=contribution.pk, priority=Priority.P2, reasons=REASON
    )
    assert send(world, contribution, unit_ids=[world.unit_b.pk])

    unasked = prioritised(world, sharing_wish="ask_first")
    with pytest.raises(FieldErrors):
        send(world, unasked, unit_ids=[world.unit_b.pk])


def test_pseudonyms_are_stable_for_one_organisation(world: World) -> None:
    first, second = disseminated(world), disseminated(world)
    assert first.contributor_pseudonym == second.contributor_pseudonym


def test_only_what_was_prioritised_is_disseminated_and_only_by_the_desk(world: World) -> None:
    with pytest.raises(WrongState):
        send(world, admitted(world))
    contribution = prioritised(world)
    with pytest.raises(NotAllowed):
        disseminate(
            actor=world.fatou,
            contribution_id=contribution.pk,
            unit_ids=[world.unit_a.pk],
            title="Title",
            body="Body",
        )


def test_an_identifier_that_is_the_contributors_own_does_not_go_either(world: World) -> None:
    own = "amina.example@example.org"
    given = [{"kind": "email", "raw": own, "party_role": "recruiter"}]
    contribution = prioritised(world, identifiers=given)
    assert faults(world, contribution, identifiers=[own]) == [("D-120", "identifiers")]
