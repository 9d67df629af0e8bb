"""The invariants of procedures part B, each by its name."""

from __future__ import annotations

import dataclasses
import inspect
from enum import StrEnum
from pathlib import Path

import pytest
from django.db import models

from crosslight import contributions
from crosslight.accounts.models import Notice
from crosslight.contributions.contributor_view import ContributorView, contributor_view
from crosslight.contributions.models import Contribution
from crosslight.contributions.services import (
    answer_question,
    consult_own,
    drafts,
    list_own,
    submit_contribution,
)
from crosslight.core.contributions import Content
from crosslight.core.indicators import Catalogue, catalogue
from crosslight.core.lifecycle.contribution import (
    SEEN_BY_CONTRIBUTOR,
    SEEN_BY_DESK,
    ContributionState,
)
from crosslight.core.vocabulary import contributions as vocabulary
from crosslight.core.vocabulary.contributions import (
    ContributionKind,
    FeedbackCode,
    Priority,
    QuestionForm,
    ReturnCode,
)
from crosslight.core.vocabulary.law import DataSubjectCategory
from crosslight.foundation.errors import FieldErrors, NotAllowed, NotFoundOrHidden
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries, receipt_proof
from crosslight.review import services as review
from crosslight.review.models import Prioritisation, Validation
from tests.contributions.factories import draft, received, red_flag, risk_indicator
from tests.factories import World
from tests.review import factories as desk


def seen_by(world: World, contribution_id: str) -> ContributorView:
    return contributor_view(Contribution.objects.get(pk=contribution_id))


# --- J1: a contributor never learns what an authority made of it ------------------------------


def test_J1_the_view_is_the_same_before_and_after_the_desk_takes_it(world: World) -> None:
    contribution = received(world.amina)
    before = seen_by(world, contribution.pk)
    review.take_contribution(actor=world.luis, contribution_id=contribution.pk)
    assert seen_by(world, contribution.pk) == before


def test_J1_after_admission_nothing_shows_until_it_is_closed(world: World) -> None:
    contribution = desk.admitted(world)
    before = seen_by(world, contribution.pk)
    assert before.state == "Received"

    review.prioritise_contribution(
        actor=world.luis,
        contribution_id=contribution.pk,
        priority=Priority.P1,
        reasons=desk.REASON,
        deviation_reason=desk.REASON,
    )
    assert seen_by(world, contribution.pk) == before
    sent = review.disseminate(
        actor=world.luis,
        contribution_id=contribution.pk,
        unit_ids=[world.unit_a.pk],
        title="Title",
        body="Body",
    )
    review.consult_input(actor=world.ndeye, input_id=sent.pk, purpose="triage")
    review.mark_input_useful(actor=world.ndeye, input_id=sent.pk, code=FeedbackCode.USEFUL_NEW)
    assert seen_by(world, contribution.pk) == before


def test_J1_no_notice_betrays_a_step(world: World) -> None:
    desk.disseminated(world)
    assert not Notice.objects.filter(user_id=world.amina.id).exists()


def test_J1_the_view_can_hold_nothing_of_the_desk() -> None:
    names = {field.name for field in dataclasses.fields(ContributorView)}
    desks_own = {
        field.name
        for model in (Validation, Prioritisation)
        for field in model._meta.get_fields()
        if not field.is_relation
    }
    # The view's own reasons are those for which it came back to its author.
    desks_own -= {"id", "reasons"}
    assert names.isdisjoint(desks_own)
    assert names.isdisjoint({"inputs", "matches", "investigations", "grades", "priority"})


def test_J1_no_module_of_contributions_reaches_the_desks_tables() -> None:
    fields = {field.name for field in Contribution._meta.concrete_fields}
    assert fields.isdisjoint({"source_grade", "information_grade", "priority", "validation"})
    sources = [each.read_text("utf-8") for each in Path(contributions.__path__[0]).rglob("*.py")]
    assert len(sources) > 10
    for above in ("review", "investigations", "coordination"):
        assert not any(f"crosslight.{above}" in source for source in sources)


def test_J1_no_service_of_the_desk_answers_a_contributor(world: World) -> None:
    contribution = desk.in_triage(world)
    for service in (
        review.take_contribution,
        review.close_contribution,
    ):
        with pytest.raises(NotAllowed):
            service(actor=world.amina, contribution_id=contribution.pk)
    with pytest.raises(NotAllowed):
        review.consult_contribution(
            actor=world.amina, contribution_id=contribution.pk, purpose="triage"
        )
    with pytest.raises(NotAllowed):
        review.list_queue(actor=world.amina)
    with pytest.raises(NotAllowed):
        review.list_inputs(actor=world.amina)


def test_J1_another_organisations_report_is_as_absent_as_none(world: World) -> None:
    contribution = received(world.amina)
    with pytest.raises(NotFoundOrHidden):
        consult_own(actor=world.other_reporter, contribution_id=contribution.pk)
    assert list_own(actor=world.other_reporter) == ()


# --- J2: units see no contributor -------------------------------------------------------------


def test_J2_an_input_names_no_contributor(world: World) -> None:
    sent = desk.disseminated(world)
    shown = " ".join(
        str(getattr(sent, field.attname))
        for field in sent._meta.concrete_fields
        if field.name not in {"contribution", "created_by"}
    )
    for secret in ("Harbour House", "Amina", world.shelter.pk, world.amina.id):
        assert secret not in shown
    assert sent.contributor_pseudonym.startswith("Contributor ")
    assert sent.contributor_class == "Support organisation"


# --- J3: facts and assessments are two things -------------------------------------------------


def test_J3_facts_and_assessment_never_mix(world: World) -> None:
    contribution = received(world.amina, facts="F" * 30, assessment="A" * 30)
    content = Content.from_dict(contribution.content)
    assert (content.facts, content.assessment) == ("F" * 30, "A" * 30)


def test_J3_every_indicator_says_how_it_is_known(world: World) -> None:
    values = red_flag(observations=[{"indicator_id": "ILO-D1-02"}])
    submission = submit_contribution(
        actor=world.amina, contribution_id=draft(world.amina, values).pk
    )
    assert [fault.code for fault in submission.faults] == ["F-103"]


def test_J3_an_assessment_is_no_stand_in_for_facts(world: World) -> None:
    values = red_flag(facts="", assessment="They are certainly traffickers, all of them.")
    submission = submit_contribution(
        actor=world.amina, contribution_id=draft(world.amina, values).pk
    )
    assert [fault.field for fault in submission.faults] == ["facts"]


# --- J4: complete without personal data -------------------------------------------------------


def test_J4_an_indicator_list_without_personal_data_is_received(world: World) -> None:
    contribution = draft(world.amina, risk_indicator(), kind=ContributionKind.RISK_INDICATOR)
    submission = submit_contribution(actor=world.amina, contribution_id=contribution.pk)
    assert submission.is_received
    content = Content.from_dict(submission.contribution.content)
    assert not content.identifiers
    assert not content.facts


# --- J5: nobody is a suspect by default -------------------------------------------------------


def test_J5_the_category_is_unknown_unless_a_person_decides_otherwise(world: World) -> None:
    contribution = desk.admitted(world)
    category = Validation.objects.get(contribution=contribution).subject_category
    assert category == DataSubjectCategory.UNKNOWN
    field = Validation._meta.get_field("subject_category")
    assert isinstance(field, models.CharField)
    assert field.default == DataSubjectCategory.UNKNOWN


# --- J6: an old report keeps its catalogue ----------------------------------------------------


def test_J6_a_draft_keeps_the_catalogue_it_was_started_with(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = draft(world.amina, red_flag())
    newer = dataclasses.replace(catalogue(), version="99.0.0")

    def catalogue_of_tomorrow(version: str | None = None) -> Catalogue:
        return newer if version in (None, "99.0.0") else catalogue(version)

    monkeypatch.setattr(drafts, "catalogue", catalogue_of_tomorrow)
    new = draft(world.amina)
    submit_contribution(actor=world.amina, contribution_id=old.pk)

    old.refresh_from_db()
    assert old.catalogue_version == catalogue().version
    assert old.sent_versions.get().catalogue_version == catalogue().version
    assert new.catalogue_version == "99.0.0"


# --- J7: the machine looks at form only -------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"facts": "Nothing of note was seen here today by anyone at all."},
        {"sureness": "unsure", "timing": "not_sure", "is_ongoing": "not_sure"},
        {"observations": [{"indicator_id": "VEGA-10", "basis": "derived"}]},
        {"facts": "The police themselves are behind this and take the money."},
    ],
)
def test_J7_nothing_is_rejected_for_its_substance(world: World, changes: dict[str, object]) -> None:
    contribution = received(world.amina, **changes)
    assert contribution.state == ContributionState.RECEIVED


def test_J7_no_priority_and_no_dissemination_without_a_person(world: World) -> None:
    contribution = received(world.amina, danger=["child", "threat_to_life"])
    assert contribution.state == ContributionState.RECEIVED
    assert not Prioritisation.objects.exists()
    assert not contribution.inputs.exists()


def test_J7_the_suggestion_binds_nobody(world: World) -> None:
    contribution = desk.admitted(world, danger=["threat_to_life"])
    review.prioritise_contribution(
        actor=world.luis,
        contribution_id=contribution.pk,
        priority=Priority.P4,
        reasons="It is about an old film.",
        deviation_reason="The scene is from a film, seen on a poster.",
    )
    kept = Prioritisation.objects.get(contribution=contribution)
    assert (kept.priority, kept.suggested_priority) == ("P4", "P1")


# --- J8: no duty to know more -----------------------------------------------------------------


@pytest.mark.parametrize("note", ["Please follow the van.", "Let us know when he returns."])
def test_J8_a_question_sets_no_task(world: World, note: str) -> None:
    contribution = desk.admitted(world)
    with pytest.raises(FieldErrors) as caught:
        review.ask_question(
            actor=world.luis, contribution_id=contribution.pk, form=QuestionForm.PLACE, note=note
        )
    assert [each.code for each in caught.value.errors] == ["D-115"]
    assert not contribution.questions.exists()


def test_J8_not_holding_it_is_an_answer(world: World) -> None:
    contribution = desk.admitted(world)
    question = review.ask_question(
        actor=world.luis, contribution_id=contribution.pk, form=QuestionForm.DOCUMENT, note=""
    )
    answer_question(actor=world.amina, question_id=question.pk, answer="We do not hold it.")
    assert seen_by(world, contribution.pk).state == "Received"


# --- J9: receipts prove time and content ------------------------------------------------------


def test_J9_the_receipt_is_an_entry_of_the_ledger(world: World) -> None:
    contribution = received(world.amina)
    assert contribution.ledger_index is not None
    proof = receipt_proof(contribution.ledger_index)
    entry = next(
        each
        for each in read_entries(object_id=contribution.pk)
        if each.index == contribution.ledger_index
    )
    assert proof.leaf_hash == entry.leaf_hash
    assert entry.entry.act is Act.CONTRIBUTION_RECEIVED
    assert entry.entry.reference == contribution.receipt_code
    assert entry.entry.commitment


def test_J9_the_proof_outlives_a_refusal(world: World) -> None:
    contribution = desk.in_triage(world)
    before = seen_by(world, contribution.pk).receipt
    review.refuse_contribution(
        actor=world.luis,
        contribution_id=contribution.pk,
        code=ReturnCode.UNLAWFUL_COLLECTION,
        note="From a hacked account.",
    )
    after = seen_by(world, contribution.pk)
    assert after.receipt == before
    assert after.content == Content()
    assert [reason.label for reason in after.reasons] == ["It was not lawfully collected"]


# --- J10: every code has words ----------------------------------------------------------------


def test_J10_every_code_has_a_text_for_people() -> None:
    labels = [
        table
        for name, table in vars(vocabulary).items()
        if name.endswith("_LABELS") and isinstance(table, dict)
    ]
    labelled = {member for table in labels for member in table}
    lists = [
        member
        for member in vars(vocabulary).values()
        if inspect.isclass(member) and issubclass(member, StrEnum) and member is not StrEnum
    ]
    assert len(lists) > 10
    assert {member for each in lists for member in each} <= labelled
    assert all(text.strip() for table in labels for text in table.values())


def test_J10_every_state_has_words_for_both_sides() -> None:
    assert set(SEEN_BY_CONTRIBUTOR) == set(SEEN_BY_DESK) == set(ContributionState)


# --- I6 for contributions: every opening is on record -----------------------------------------


def test_I6_every_reading_is_on_record_with_its_purpose(world: World) -> None:
    contribution = received(world.amina)
    consult_own(actor=world.amina, contribution_id=contribution.pk)
    list_own(actor=world.amina)
    review.list_queue(actor=world.luis)
    review.consult_contribution(actor=world.luis, contribution_id=contribution.pk, purpose="triage")
    readings = [
        (each.entry.actor, each.entry.act, each.entry.justification)
        for each in read_entries(object_id=contribution.pk)
        if each.entry.act in {Act.CONTRIBUTION_CONSULTED, Act.CONTRIBUTION_LISTED}
    ]
    assert readings == [
        (world.amina.id, Act.CONTRIBUTION_CONSULTED, "own_contribution"),
        (world.amina.id, Act.CONTRIBUTION_LISTED, "own_contribution"),
        (world.luis.id, Act.CONTRIBUTION_LISTED, "queue"),
        (world.luis.id, Act.CONTRIBUTION_CONSULTED, "triage"),
    ]
