"""J10: each member of each closed list has a text for people."""

from __future__ import annotations

import pytest

from crosslight.core.vocabulary import contributions, contributors, coordination, law, people
from crosslight.core.vocabulary.contributors import CONTRIBUTOR_CLASSES, ContributorKind, class_of
from crosslight.core.vocabulary.law import HandlingCode, most_restrictive, needs_permission

LABELLED = [
    (people.Role, people.LABELS),
    (ContributorKind, contributors.LABELS),
    (ContributorKind, contributors.OBSERVERS),
    (law.LegalBasis, law.LEGAL_BASIS_LABELS),
    (law.HandlingCode, law.HANDLING_LABELS),
    (law.SourceGrade, law.SOURCE_GRADE_LABELS),
    (law.InformationGrade, law.INFORMATION_GRADE_LABELS),
    (law.DataSubjectCategory, law.CATEGORY_LABELS),
    (law.Nature, law.NATURE_LABELS),
    (contributions.ContributionKind, contributions.CONTRIBUTION_KIND_LABELS),
    (contributions.Sector, contributions.SECTOR_LABELS),
    (contributions.ObservationBasis, contributions.BASIS_LABELS),
    (contributions.Timing, contributions.TIMING_LABELS),
    (contributions.Answer, contributions.ANSWER_LABELS),
    (contributions.Sureness, contributions.SURENESS_LABELS),
    (contributions.SharingWish, contributions.SHARING_LABELS),
    (contributions.VictimAwareness, contributions.VICTIM_AWARENESS_LABELS),
    (contributions.PartyRole, contributions.PARTY_ROLE_LABELS),
    (contributions.DangerReason, contributions.DANGER_LABELS),
    (contributions.ReturnCode, contributions.RETURN_LABELS),
    (contributions.FeedbackCode, contributions.FEEDBACK_LABELS),
    (contributions.Priority, contributions.PRIORITY_LABELS),
    (contributions.QuestionForm, contributions.QUESTION_LABELS),
    (coordination.CrimeArea, coordination.CRIME_AREA_LABELS),
    (coordination.CasePhase, coordination.CASE_PHASE_LABELS),
    (coordination.EntityRole, coordination.ENTITY_ROLE_LABELS),
    (coordination.Audience, coordination.AUDIENCE_LABELS),
    (coordination.Visibility, coordination.VISIBILITY_LABELS),
    (coordination.Verdict, coordination.VERDICT_LABELS),
    (coordination.DecisionKind, coordination.DECISION_LABELS),
    (coordination.RefusalCode, coordination.REFUSAL_LABELS),
    (coordination.OutcomeCode, coordination.OUTCOME_LABELS),
    (coordination.ProtectionStep, coordination.PROTECTION_STEP_LABELS),
    (coordination.Criterion, coordination.CRITERION_LABELS),
]


@pytest.mark.parametrize(("members", "labels"), LABELLED)
def test_J10_every_code_has_a_text(members, labels) -> None:
    assert set(labels) == set(members)
    assert all(labels.values())


def test_every_kind_of_contributor_is_in_exactly_one_class_with_bases() -> None:
    counts = [
        sum(kind in group.members for group in CONTRIBUTOR_CLASSES) for kind in ContributorKind
    ]
    assert set(counts) == {1}
    assert all(class_of(kind).bases for kind in ContributorKind)


def test_J8_no_question_form_sets_a_task() -> None:
    assert all(
        text.startswith("Do you already hold") for text in contributions.QUESTION_LABELS.values()
    )


def test_I5_the_most_restrictive_handling_code_wins() -> None:
    assert most_restrictive(HandlingCode.H1, HandlingCode.H3, HandlingCode.H0) is HandlingCode.H3
    assert [code for code in HandlingCode if needs_permission(code)] == [
        HandlingCode.H2,
        HandlingCode.H3,
    ]
