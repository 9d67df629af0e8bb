from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from crosslight.accounts.models import Notice, NoticeKind
from crosslight.coordination.services import entry
from crosslight.core.lifecycle.investigation import InvestigationState
from crosslight.foundation import clock
from crosslight.foundation.errors import (
    FieldErrors,
    MandateExpired,
    MfaRequired,
    NotAllowed,
    NotFoundOrHidden,
    WrongState,
)
from crosslight.investigations.services import (
    close_investigation,
    consult_investigation,
    list_investigations,
    start_investigation,
)
from tests.investigations.factories import investigation_draft, registered, started


def approve(actor, investigation, **rest):
    return entry.approve_investigation(actor=actor, investigation_id=investigation.pk, **rest)


def in_a_month():
    return clock.today() + timedelta(days=30)


def test_a_new_investigation_is_a_draft_with_a_reference_of_its_unit(world):
    first, second = started(world.ndeye), started(world.fatou)
    other = started(world.officer_a2)
    year = clock.today().year
    assert [first.reference, second.reference] == [f"A-{year}-001", f"A-{year}-002"]
    assert other.reference == f"A2-{year}-001"
    assert first.state == InvestigationState.DRAFT
    assert first.country_id == "XN"


def test_the_heads_of_the_unit_are_asked_to_approve(world):
    investigation = started(world.ndeye)
    waiting = Notice.objects.filter(kind=NoticeKind.INVESTIGATION_WAITING)
    assert list(waiting.values_list("user_id", "object_id")) == [(world.fatou.id, investigation.pk)]


def test_the_head_registers_it_until_a_date_of_review(world):
    investigation = started(world.ndeye)
    approved = approve(world.fatou, investigation, review_on=in_a_month())
    assert approved.state == InvestigationState.REGISTERED
    assert approved.approved_by_id == world.fatou.id
    assert approved.review_on == in_a_month()


@pytest.mark.parametrize("days", [None, 0, -1])
def test_without_a_date_to_come_it_is_not_registered(world, days):
    investigation = started(world.ndeye)
    review_on = None if days is None else clock.today() + timedelta(days=days)
    with pytest.raises(FieldErrors) as refused:
        approve(world.fatou, investigation, review_on=review_on)
    assert [(fault.code, fault.field) for fault in refused.value.errors] == [("V-120", "review_on")]
    investigation.refresh_from_db()
    assert investigation.state == InvestigationState.DRAFT


def test_only_a_head_of_the_unit_approves(world):
    investigation = started(world.ndeye)
    with pytest.raises(NotAllowed):
        approve(world.ndeye, investigation, review_on=in_a_month())
    for stranger in (world.lamin, world.head_a2):
        with pytest.raises(NotFoundOrHidden):
            approve(stranger, investigation, review_on=in_a_month())


def test_it_is_approved_once_and_closed_for_good(world):
    investigation = registered(world.ndeye, world.fatou)
    with pytest.raises(WrongState):
        approve(world.fatou, investigation, review_on=in_a_month())
    close_investigation(actor=world.fatou, investigation_id=investigation.pk)
    with pytest.raises(WrongState):
        close_investigation(actor=world.fatou, investigation_id=investigation.pk)


@pytest.mark.parametrize("field", ["title", "purpose"])
@pytest.mark.parametrize(
    ("text", "code"), [("  ", "I-030"), ("a\x07b", "I-031"), ("x" * 501, "I-032")]
)
def test_bad_text_is_named_by_its_field(world, field, text, code):
    with pytest.raises(FieldErrors) as refused:
        start_investigation(actor=world.ndeye, draft=investigation_draft(**{field: text}))
    assert [(fault.code, fault.field) for fault in refused.value.errors] == [(code, field)]


def test_who_may_not_start_is_told_why(world):
    with pytest.raises(NotAllowed):
        started(world.amina)
    with pytest.raises(MfaRequired):
        started(replace(world.ndeye, has_mfa=False))
    lapsed = replace(world.ndeye, roles=frozenset(), expired_roles=world.ndeye.roles, unit_id=None)
    with pytest.raises(MandateExpired):
        started(lapsed)
    investigation = started(world.ndeye)
    with pytest.raises(MandateExpired):
        consult_investigation(actor=lapsed, investigation_id=investigation.pk, purpose="casework")
    with pytest.raises(MandateExpired):
        list_investigations(actor=lapsed)


@pytest.mark.parametrize("wrong", ["", "inv_", "inv_1", "x\x00", "con_0123456789abcdefghjkmnpqrs"])
def test_hidden_absent_and_nonsense_are_one_answer(world, wrong):
    hidden = started(world.ousman)
    answers = set()
    for name in (wrong, hidden.pk, f"{hidden.pk[:-1]}0"):
        with pytest.raises(NotFoundOrHidden) as refused:
            consult_investigation(actor=world.ndeye, investigation_id=name, purpose="casework")
        answers.add(refused.value.as_text())
    assert len(answers) == 1


def test_a_unit_lists_its_own(world):
    mine = started(world.ndeye)
    started(world.ousman)
    assert [row.pk for row in list_investigations(actor=world.fatou)] == [mine.pk]
