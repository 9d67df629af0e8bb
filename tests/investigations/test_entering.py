from __future__ import annotations

import pytest

from crosslight.coordination.models import MatchProfile
from crosslight.coordination.services import entry
from crosslight.core.entities.draft import EntityDraft
from crosslight.core.entities.states import EntityState, WithdrawalReason
from crosslight.core.vocabulary.coordination import Audience, EntityRole, Visibility
from crosslight.core.vocabulary.law import (
    DataSubjectCategory,
    HandlingCode,
    InformationGrade,
    Nature,
    SourceGrade,
)
from crosslight.foundation import clock
from crosslight.foundation.errors import (
    FieldErrors,
    NotAllowed,
    NotFoundOrHidden,
    StaleVersion,
    WrongState,
)
from crosslight.investigations.models import Entity
from crosslight.investigations.selectors import statements_of
from crosslight.investigations.services import EntityChange
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from tests.investigations.factories import person, registered, said, started


@pytest.fixture
def investigation(world):
    return registered(world.ndeye, world.fatou)


def enter(actor, investigation, draft=None, **rest):
    return entry.enter_entity(
        actor=actor, investigation_id=investigation.pk, draft=draft or person(), **rest
    )


def test_every_statement_keeps_its_grades_and_its_value_as_written(world, investigation):
    draft = person(
        said("name", "  N'Jie,  Ousman "),
        said(
            "birthDate",
            "14/03/1987",
            source="Passport seen",
            source_grade=SourceGrade.B,
            information_grade=InformationGrade.TWO,
            handling_code=HandlingCode.H2,
            nature=Nature.ASSESSMENT,
            observed_on="2025-03",
        ),
    )
    entity = enter(world.ndeye, investigation, draft)
    name, born = statements_of(world.ndeye, entity.pk)
    assert (name.value, entity.caption) == ("N'Jie,  Ousman", "N'Jie,  Ousman")
    assert (
        born.value,
        born.source,
        born.source_grade,
        born.information_grade,
        born.handling_code,
        born.nature,
        born.observed_on,
    ) == ("14/03/1987", "Passport seen", "B", "2", "H2", "assessment", "2025-03")


def test_defaults_are_those_that_accuse_nobody(world, investigation):
    entity = enter(world.ndeye, investigation)
    assert entity.role == EntityRole.NOT_SURE
    assert entity.subject_category == DataSubjectCategory.UNKNOWN
    assert (entity.audience, entity.visibility) == (Audience.MATCH_ONLY, Visibility.OPEN)


def test_a_child_by_birth_date_is_marked_and_not_matched_by_default(world, investigation):
    draft = person(said("name", "Young One"), said("birthDate", f"{clock.today().year - 10}"))
    entity = enter(world.ndeye, investigation, draft)
    assert (entity.is_minor, entity.audience) == (True, Audience.ONLY_US)


def test_bidirectional_marks_stay_and_control_characters_do_not(world, investigation):
    entity = enter(world.ndeye, investigation, person(said("name", "\u202eevil\u202c محمد")))
    assert entity.caption == "\u202eevil\u202c محمد"
    with pytest.raises(FieldErrors) as refused:
        enter(world.ndeye, investigation, person(said("name", "nul\x00")))
    (fault,) = refused.value.errors
    assert (fault.code, fault.field) == ("I-031", "statements.0.value")


def test_faults_name_the_line_of_the_form_and_empty_lines_are_no_faults(world, investigation):
    draft = person(said("name", "Ada"), said("email", ""), said("iban", "GB00"), said("email", "x"))
    with pytest.raises(FieldErrors) as refused:
        enter(world.ndeye, investigation, draft)
    assert [(fault.code, fault.field) for fault in refused.value.errors] == [
        ("V-104", "statements.2.property"),
        ("V-109", "statements.3.value"),
    ]
    assert Entity.objects.count() == 0
    entity = enter(world.ndeye, investigation, person(said("name", "Ada"), said("email", "")))
    assert entity.statements.count() == 1


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (EntityDraft("Spaceship", (said("name", "X"),)), "V-101"),
        (person(said("name", " ")), "V-102"),
        (person(said("name", "x" * 501)), "I-032"),
        (person(*(said("alias", f"N{n}") for n in range(101))), "V-103"),
        (person(said("name", "Ada", observed_on="31/12/2024")), "V-112"),
    ],
)
def test_a_bad_draft_is_refused_whole(world, investigation, draft, code):
    with pytest.raises(FieldErrors) as refused:
        enter(world.ndeye, investigation, draft)
    assert code in {fault.code for fault in refused.value.errors}
    assert Entity.objects.count() == 0


def test_strangers_enter_nothing(world, investigation):
    for stranger in (world.ousman, world.officer_a2):
        with pytest.raises(NotFoundOrHidden):
            enter(stranger, investigation)
    with pytest.raises(NotAllowed):
        enter(world.amina, investigation)
    entry.close_investigation(actor=world.fatou, investigation_id=investigation.pk)
    with pytest.raises(WrongState):
        enter(world.ndeye, investigation)


def test_a_record_started_from_an_input_keeps_its_origin(world, investigation):
    origin = "int_0123456789abcdefghjkmnpqrs"
    assert enter(world.ndeye, investigation, origin_input=origin).origin_input == origin
    with pytest.raises(NotFoundOrHidden):
        enter(world.ndeye, investigation, origin_input="anything")


def test_a_correction_keeps_the_old_value_and_says_what_replaced_it(world, investigation):
    entity = enter(world.ndeye, investigation, person(said("name", "Ada Exmaple")))
    (wrong,) = statements_of(world.ndeye, entity.pk)
    corrected = entry.correct_statement(
        actor=world.colleague,
        statement_id=wrong.pk,
        version=entity.version,
        draft=said("name", "Ada Example"),
    )
    wrong.refresh_from_db()
    assert (corrected.caption, corrected.version) == ("Ada Example", 2)
    assert not wrong.is_current
    assert wrong.corrected_by_statement.value == "Ada Example"
    assert [row.value for row in statements_of(world.ndeye, entity.pk)] == ["Ada Example"]
    assert statements_of(world.ndeye, entity.pk, current=False).count() == 2
    with pytest.raises(WrongState):
        entry.correct_statement(
            actor=world.ndeye, statement_id=wrong.pk, version=2, draft=said("name", "Again")
        )


def test_a_stale_page_gets_both_versions_and_changes_nothing(world, investigation):
    entity = enter(world.ndeye, investigation)
    entry.add_statements(
        actor=world.colleague,
        entity_id=entity.pk,
        version=1,
        statements=[said("email", "ada@example.org")],
    )
    with pytest.raises(StaleVersion) as refused:
        entry.add_statements(
            actor=world.ndeye, entity_id=entity.pk, version=1, statements=[said("alias", "Mine")]
        )
    assert refused.value.yours["statements"][0]["value"] == "Mine"
    assert refused.value.theirs["version"] == 2
    assert {"property": "email", "value": "ada@example.org"} in refused.value.theirs["statements"]
    with pytest.raises(StaleVersion):
        entry.change_entity(
            actor=world.ndeye,
            entity_id=entity.pk,
            version=1,
            change=EntityChange(role=EntityRole.RECRUITER),
        )
    entity.refresh_from_db()
    assert (entity.version, entity.role) == (2, EntityRole.NOT_SURE)


def test_what_is_said_of_the_whole_can_change(world, investigation):
    entity = enter(world.ndeye, investigation)
    changed = entry.change_entity(
        actor=world.ndeye,
        entity_id=entity.pk,
        version=1,
        change=EntityChange(
            role=EntityRole.RECRUITER, subject_category=DataSubjectCategory.SUSPECT
        ),
    )
    assert (changed.role, changed.subject_category) == ("recruiter", "suspect")
    assert changed.audience == Audience.MATCH_ONLY


def test_a_withdrawn_record_is_kept_but_no_longer_touched(world, investigation):
    entity = enter(world.ndeye, investigation)
    withdrawn = entry.withdraw_entity(
        actor=world.ndeye, entity_id=entity.pk, reason=WithdrawalReason.ENTRY_ERROR
    )
    assert (withdrawn.state, withdrawn.withdrawal_reason) == (
        EntityState.WITHDRAWN,
        "entry_error",
    )
    with pytest.raises(WrongState):
        entry.add_statements(
            actor=world.ndeye, entity_id=entity.pk, version=2, statements=[said("alias", "X")]
        )
    (line,) = read_entries(act=Act.ENTITY_WITHDRAWN)
    assert line.entry.reference == "entry_error"


@pytest.mark.parametrize("wrong", ["", "sta_1", "ent_0123456789abcdefghjkmnpqrs", "\x00"])
def test_another_units_statement_is_as_absent_as_none(world, investigation, wrong):
    entity = enter(world.ndeye, investigation)
    (held,) = statements_of(world.ndeye, entity.pk)
    for name in (wrong, held.pk):
        with pytest.raises(NotFoundOrHidden):
            entry.correct_statement(
                actor=world.ousman, statement_id=name, version=1, draft=said("name", "X")
            )


def test_in_a_draft_investigation_records_wait(world):
    draft = started(world.ndeye)
    entity = enter(world.ndeye, draft)
    assert not MatchProfile.objects.filter(entity=entity).exists()
