from __future__ import annotations

from datetime import timedelta

import pytest

from crosslight.coordination.models import KeyPopulation, Match, MatchKey, NotSamePair
from crosslight.coordination.services import candidates, entry, handovers, index
from crosslight.core.entities.draft import EntityDraft
from crosslight.core.entities.states import WithdrawalReason
from crosslight.core.lifecycle.match import (
    ACKNOWLEDGE_URGENT_WITHIN,
    ACKNOWLEDGE_WITHIN,
    MatchState,
)
from crosslight.core.matching import COMMON_VALUE_HOLDERS, key_of
from crosslight.core.vocabulary.coordination import Audience, DecisionKind, Verdict
from crosslight.foundation import clock
from crosslight.investigations.services import EntityChange
from tests.coordination.factories import (
    PHONE,
    answered,
    decided,
    investigations,
    notified,
)
from tests.investigations.factories import person, registered, said, started

DIALLO = said("name", "Mamadou Saliou Diallo")
JALLOW = said("name", "Momodou Saliou Jallow")
BORN = said("birthDate", "1987-03-14")


def matched(world, a, b):
    return notified(world, a=a, b=b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (person(JALLOW, said("phone", PHONE)), person(DIALLO, said("phone", "07700 900123"))),
        (person(JALLOW, BORN), person(DIALLO, BORN)),
        (
            EntityDraft("BankAccount", (said("iban", "GB82 WEST 1234 5698 7654 32"),)),
            EntityDraft("BankAccount", (said("iban", "GB82WEST12345698765432"),)),
        ),
        (
            person(JALLOW, said("email", "Quay@Example.org")),
            EntityDraft("Company", (said("name", "Quay Ltd"), said("email", "quay@example.org"))),
        ),
        (
            EntityDraft("Vessel", (said("name", "Sirius"), said("imoNumber", "IMO 9074729"))),
            EntityDraft("Vessel", (said("name", "Syrius"), said("imoNumber", "9074729"))),
        ),
    ],
    ids=["phone", "name and birth date", "iban", "e-mail across schemata", "imo"],
)
def test_what_agrees_is_notified(world, a, b):
    pair = matched(world, a, b)
    assert pair.match.state == MatchState.NOTIFIED
    assert pair.match.evidence


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (person(JALLOW), person(DIALLO)),
        (person(DIALLO), person(DIALLO)),
        (person(DIALLO, BORN), person(DIALLO, said("birthDate", "1971-10-02"))),
        (person(DIALLO, BORN), person(said("name", "Binta Sow"), BORN)),
        (person(said("name", "Mamadou Diarra"), BORN), person(said("name", "Aliou Touré"), BORN)),
    ],
    ids=["spellings of a name", "a name alone", "another birth date", "a birth date alone", "two"],
)
def test_what_says_too_little_notifies_nobody(world, a, b):
    assert not has_match_of(world, a, b)


def has_match_of(world, a, b):
    inv_a, inv_b = investigations(world)
    entry.enter_entity(actor=world.ousman, investigation_id=inv_b.pk, draft=b)
    entry.enter_entity(actor=world.ndeye, investigation_id=inv_a.pk, draft=a)
    return Match.objects.exists()


def test_only_us_is_never_matched_on_either_side(world):
    hidden = {"audience": Audience.ONLY_US}
    assert not has_match_of(
        world,
        person(JALLOW, said("phone", PHONE)),
        person(DIALLO, said("phone", PHONE), **hidden),
    )
    inv = registered(world.officer_c, world.head_c)
    entry.enter_entity(
        actor=world.officer_c,
        investigation_id=inv.pk,
        draft=person(JALLOW, said("phone", PHONE), **hidden),
    )
    assert not Match.objects.exists()


def test_a_value_that_many_hold_brings_nobody_up(world):
    taxi = said("phone", "+44 7700 900999")
    inv_a, inv_b = investigations(world)
    for number in range(COMMON_VALUE_HOLDERS + 1):
        entry.enter_entity(
            actor=world.ousman,
            investigation_id=inv_b.pk,
            draft=person(said("name", f"Passenger{number} Number{number}"), taxi),
        )
    entity = entry.enter_entity(
        actor=world.ndeye,
        investigation_id=inv_a.pk,
        draft=person(said("name", "Binta Sow"), taxi),
    )
    held = index.holding(index.keys_of(index.prepared_of(entity)))
    assert held.common == {key_of("phone:+447700900999")}
    assert held.common.isdisjoint(held.usable)
    assert candidates.ranked(index.prepared_of(entity), unit=world.unit_a.pk) == []
    assert Match.objects.count() == 0


@pytest.mark.parametrize("flag", ["is_urgent", "has_planned_operation"])
def test_an_urgent_case_shortens_the_clock_of_both(world, flag):
    inv_b = registered(world.ousman, world.lamin, **{flag: True})
    inv_a = registered(world.ndeye, world.fatou)
    same = person(DIALLO, said("phone", PHONE))
    entry.enter_entity(actor=world.ousman, investigation_id=inv_b.pk, draft=same)
    entry.enter_entity(actor=world.ndeye, investigation_id=inv_a.pk, draft=same)
    match = Match.objects.get()
    assert match.is_urgent
    assert match.acknowledge_by - match.notified_at == ACKNOWLEDGE_URGENT_WITHIN
    calm = timedelta(days=3)
    assert calm == ACKNOWLEDGE_WITHIN


def test_approval_matches_what_was_entered_while_it_was_a_draft(world):
    inv_b = registered(world.ousman, world.lamin)
    same = person(DIALLO, said("phone", PHONE))
    entry.enter_entity(actor=world.ousman, investigation_id=inv_b.pk, draft=same)
    draft = started(world.ndeye)
    entry.enter_entity(actor=world.ndeye, investigation_id=draft.pk, draft=same)
    assert not Match.objects.exists()
    entry.approve_investigation(
        actor=world.fatou,
        investigation_id=draft.pk,
        review_on=clock.today() + timedelta(days=30),
    )
    assert Match.objects.count() == 1


def test_a_closed_investigation_is_matched_no_more(world):
    inv_a, inv_b = investigations(world)
    same = person(DIALLO, said("phone", PHONE))
    entry.enter_entity(actor=world.ousman, investigation_id=inv_b.pk, draft=same)
    entry.close_investigation(actor=world.lamin, investigation_id=inv_b.pk)
    assert MatchKey.objects.count() == 0
    entry.enter_entity(actor=world.ndeye, investigation_id=inv_a.pk, draft=same)
    assert not Match.objects.exists()


def test_three_units_make_three_pairs_and_each_sees_its_own(world):
    same = person(DIALLO, said("phone", PHONE))
    for officer, head in (
        (world.ndeye, world.fatou),
        (world.ousman, world.lamin),
        (world.officer_c, world.head_c),
    ):
        inv = registered(officer, head)
        entry.enter_entity(actor=officer, investigation_id=inv.pk, draft=same)
    assert Match.objects.count() == 3
    assert Match.objects.filter(sides__unit=world.unit_c).count() == 2


def test_a_correction_rekeys_and_finds_what_it_could_not_before(world):
    inv_a, inv_b = investigations(world)
    entry.enter_entity(
        actor=world.ousman,
        investigation_id=inv_b.pk,
        draft=person(DIALLO, said("phone", PHONE)),
    )
    wrong = entry.enter_entity(
        actor=world.ndeye,
        investigation_id=inv_a.pk,
        draft=person(JALLOW, said("phone", "+44 7700 900321")),
    )
    assert not Match.objects.exists()
    phone = wrong.statements.get(property="phone")
    corrected = entry.correct_statement(
        actor=world.ndeye,
        statement_id=phone.pk,
        version=wrong.version,
        draft=said("phone", PHONE),
    )
    assert Match.objects.count() == 1
    keys = set(MatchKey.objects.filter(profile__entity=wrong).values_list("key", flat=True))
    assert key_of("phone:+447700900123") in keys
    assert key_of("phone:+447700900321") not in keys
    entry.add_statements(
        actor=world.ndeye,
        entity_id=wrong.pk,
        version=corrected.version,
        statements=[said("alias", "Modou")],
    )
    assert Match.objects.count() == 1
    assert KeyPopulation.objects.get().size == 2


@pytest.mark.parametrize(
    "verdicts",
    [(Verdict.SAME, Verdict.SAME), (Verdict.SAME, Verdict.DATA_ERROR)],
)
def test_a_pair_that_is_known_is_not_asked_twice(world, verdicts):
    pair = answered(world, *verdicts)
    entry.add_statements(
        actor=world.ndeye,
        entity_id=pair.entity_a.pk,
        version=pair.entity_a.version,
        statements=[said("email", "quay@example.org")],
    )
    assert Match.objects.count() == 1


def test_not_the_same_is_asked_again_only_on_another_exact_key(world):
    pair = answered(world, Verdict.NOT_SAME, Verdict.NOT_SAME)
    assert NotSamePair.objects.get().exact_keys == [key_of("phone:+447700900123")]
    again = entry.add_statements(
        actor=world.ndeye,
        entity_id=pair.entity_a.pk,
        version=pair.entity_a.version,
        statements=[said("birthDate", "1987"), said("alias", "Mamadou Diallo")],
    )
    assert Match.objects.count() == 1
    mail = said("email", "quay@example.org")
    entry.add_statements(
        actor=world.ndeye, entity_id=again.pk, version=again.version, statements=[mail]
    )
    assert Match.objects.count() == 1
    entry.add_statements(
        actor=world.ousman,
        entity_id=pair.entity_b.pk,
        version=pair.entity_b.version,
        statements=[mail],
    )
    assert Match.objects.count() == 2
    assert (pair.match.state, pair.match.occurrence) == (MatchState.NOTIFIED, 2)


def test_not_the_same_remembers_what_agreed_even_if_it_left_the_index(world):
    pair = answered(world, Verdict.NOT_SAME, Verdict.NOT_SAME)
    for audience in (Audience.ONLY_US, Audience.MATCH_ONLY):
        pair.entity_a.refresh_from_db()
        entry.change_entity(
            actor=world.ndeye,
            entity_id=pair.entity_a.pk,
            version=pair.entity_a.version,
            change=EntityChange(audience=audience),
        )
    assert Match.objects.count() == 1


def test_a_copy_that_was_handed_over_is_not_matched_with_its_original(world):
    held = person(DIALLO, said("phone", PHONE))
    pair = decided(world, DecisionKind.HANDOVER, b=held)
    item = handovers.add_item(
        actor=world.lamin, handover_id=pair.handover.pk, entity_id=pair.entity_b.pk
    )
    handovers.offer_handover(
        actor=world.lamin, handover_id=pair.handover.pk, receiver_typed="Unit A"
    )
    copy = handovers.accept_item(actor=world.fatou, item_id=item.pk)
    assert copy.audience == Audience.ONLY_US
    entry.change_entity(
        actor=world.fatou,
        entity_id=copy.pk,
        version=copy.version,
        change=EntityChange(audience=Audience.MATCH_ONLY),
    )
    assert Match.objects.count() == 1


def test_withdrawal_takes_the_record_out_of_the_index(world):
    pair = notified(world)
    assert KeyPopulation.objects.get().size == 2
    entry.withdraw_entity(
        actor=world.ndeye, entity_id=pair.entity_a.pk, reason=WithdrawalReason.ENTRY_ERROR
    )
    assert KeyPopulation.objects.get().size == 1
    assert not MatchKey.objects.filter(profile__entity=pair.entity_a).exists()


def test_a_huge_name_makes_a_bounded_number_of_keys(world):
    inv_a, _ = investigations(world)
    long = " ".join(f"{first}{second}o" for first in "bcdfghjklm" for second in "aeiou")
    aliases = [said("alias", long[offset:][:490]) for offset in range(12)]
    entity = entry.enter_entity(
        actor=world.ndeye, investigation_id=inv_a.pk, draft=person(said("name", "A B"), *aliases)
    )
    assert 0 < MatchKey.objects.filter(profile__entity=entity).count() <= index.MOST_KEYS
