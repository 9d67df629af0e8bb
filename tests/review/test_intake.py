from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from crosslight.accounts.models import Notice, NoticeKind
from crosslight.contributions.contributor_view import contributor_view
from crosslight.contributions.models import Contribution
from crosslight.contributions.services import submit_contribution
from crosslight.core.contributions import Content
from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.vocabulary.contributions import ReturnCode
from crosslight.foundation import clock
from crosslight.foundation.errors import (
    FieldErrors,
    MfaRequired,
    NotAllowed,
    NotFoundOrHidden,
    WrongState,
)
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from crosslight.review.models import Triage, Validation
from crosslight.review.services import (
    refuse_contribution,
    return_contribution,
    take_contribution,
    validate_contribution,
)
from tests.contributions.factories import draft, received, red_flag
from tests.factories import DESK_ROLES, World, add_actor
from tests.review.factories import admitted, grading, in_triage


def acts_on(contribution: Contribution) -> list[Act]:
    return [each.entry.act for each in read_entries(object_id=contribution.pk)]


def test_taking_shows_who_has_it_and_settles_the_notice(world: World) -> None:
    contribution = received(world.amina)
    take_contribution(actor=world.luis, contribution_id=contribution.pk)

    triage = Triage.objects.get(contribution=contribution)
    assert triage.taken_by_id == world.luis.id
    assert triage.contribution.state == ContributionState.TRIAGE
    assert not Notice.objects.filter(object_id=contribution.pk, read_at=None).exists()


def test_it_is_taken_by_one_officer_only(world: World) -> None:
    colleague = add_actor("Maren Example", roles=DESK_ROLES, organisation=world.desk)
    contribution = in_triage(world)
    with pytest.raises(WrongState):
        take_contribution(actor=colleague, contribution_id=contribution.pk)
    assert Triage.objects.get(contribution=contribution).taken_by_id == world.luis.id


def test_the_desk_of_another_country_finds_nothing(world: World) -> None:
    contribution = received(world.amina)
    with pytest.raises(NotFoundOrHidden):
        take_contribution(actor=world.foreign_desk, contribution_id=contribution.pk)


def test_the_desk_finds_no_draft(world: World) -> None:
    with pytest.raises(NotFoundOrHidden):
        take_contribution(actor=world.luis, contribution_id=draft(world.amina, red_flag()).pk)


def test_without_a_second_factor_the_desk_is_closed(world: World) -> None:
    contribution = received(world.amina)
    with pytest.raises(MfaRequired):
        take_contribution(actor=replace(world.luis, has_mfa=False), contribution_id=contribution.pk)


def test_no_contributor_unit_or_overseer_takes_anything(world: World) -> None:
    contribution = received(world.amina)
    for name in ("amina", "lead", "ndeye", "fatou", "ncp_a", "vpo_a", "nuria", "administrator"):
        with pytest.raises(NotAllowed):
            take_contribution(actor=world.actors[name], contribution_id=contribution.pk)


def test_returning_gives_coded_reasons_under_the_same_reference(world: World) -> None:
    contribution = in_triage(world)
    return_contribution(
        actor=world.luis,
        contribution_id=contribution.pk,
        codes=[ReturnCode.MISSING_WHERE, ReturnCode.INCOHERENT, ReturnCode.MISSING_WHERE],
        note="The town and the coast do not go together.",
    )

    view = contributor_view(Contribution.objects.get(pk=contribution.pk))
    assert view.state == "Needs more from you"
    assert [each.code for each in view.reasons] == [
        ReturnCode.MISSING_WHERE,
        ReturnCode.INCOHERENT,
    ]
    assert view.is_editable
    notice = Notice.objects.get(user_id=world.amina.id, object_id=contribution.pk)
    assert notice.kind == NoticeKind.CORRECTION_WAITING
    submission = submit_contribution(actor=world.amina, contribution_id=contribution.pk)
    assert submission.receipt is not None
    assert submission.receipt.code == contribution.receipt_code
    notice.refresh_from_db()
    assert notice.read_at is not None
    take_contribution(actor=world.luis, contribution_id=contribution.pk)
    assert contributor_view(Contribution.objects.get(pk=contribution.pk)).reasons == ()


def test_returning_without_a_reason_is_refused(world: World) -> None:
    contribution = in_triage(world)
    with pytest.raises(FieldErrors):
        return_contribution(
            actor=world.luis, contribution_id=contribution.pk, codes=[], note="Look again."
        )
    contribution.refresh_from_db()
    assert contribution.state == ContributionState.TRIAGE


def test_refusing_erases_everything_but_the_class_of_the_reason(world: World) -> None:
    contribution = in_triage(world)
    refuse_contribution(
        actor=world.luis,
        contribution_id=contribution.pk,
        code=ReturnCode.UNLAWFUL_COLLECTION,
        note="From a hacked account.",
    )

    contribution.refresh_from_db()
    assert contribution.state == ContributionState.NOT_ACCEPTED
    assert Content.from_dict(contribution.content) == Content()
    assert contribution.sent_versions.get().content == {}
    assert contribution.return_reasons == [{"code": "UNLAWFUL_COLLECTION", "note": ""}]
    assert acts_on(contribution)[-2:] == [Act.CONTRIBUTION_REFUSED, Act.CONTRIBUTION_ERASED]
    assert all(
        b"hacked" not in each.entry.to_bytes() for each in read_entries(object_id=contribution.pk)
    )


def test_validating_keeps_every_grade_with_its_scheme(world: World) -> None:
    contribution = admitted(world)
    kept = Validation.objects.get(contribution=contribution)
    assert (kept.source_grade, kept.information_grade, kept.handling_code) == ("B", "2", "H1")
    assert (kept.scheme, kept.legal_basis) == ("europol-4x4", "led_article_8")
    assert kept.validated_by_id == world.luis.id
    entry = read_entries(object_id=contribution.pk)[-1].entry
    assert (entry.act, entry.basis) == (Act.CONTRIBUTION_VALIDATED, "led_article_8")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purpose": "  "}, "purpose"),
        ({"purpose": "x" * 301}, "purpose"),
        ({"purpose": "a\0b"}, "purpose"),
        ({"legality_note": "x" * 2001}, "legality_note"),
    ],
)
def test_a_purpose_is_compulsory_and_readable(
    world: World, changes: dict[str, object], field: str
) -> None:
    contribution = in_triage(world)
    with pytest.raises(FieldErrors) as caught:
        validate_contribution(
            actor=world.luis, contribution_id=contribution.pk, grading=grading(**changes)
        )
    assert [each.field for each in caught.value.errors] == [field]
    assert not Validation.objects.exists()


@pytest.mark.parametrize("days", [-1, 0, 3 * 365 + 1, 40_000])
def test_the_keep_until_date_lies_within_three_years(world: World, days: int) -> None:
    contribution = in_triage(world)
    until = clock.today() + timedelta(days=days)
    with pytest.raises(FieldErrors) as caught:
        validate_contribution(
            actor=world.luis,
            contribution_id=contribution.pk,
            grading=grading(retention_until=until),
        )
    assert [each.code for each in caught.value.errors] == ["D-102"]


def test_steps_out_of_turn_are_refused(world: World) -> None:
    contribution = received(world.amina)
    with pytest.raises(WrongState):
        validate_contribution(actor=world.luis, contribution_id=contribution.pk, grading=grading())
    contribution = admitted(world)
    with pytest.raises(WrongState):
        refuse_contribution(
            actor=world.luis,
            contribution_id=contribution.pk,
            code=ReturnCode.OUT_OF_SCOPE,
            note="",
        )
