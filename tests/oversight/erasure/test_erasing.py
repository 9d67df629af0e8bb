"""Erasing and setting aside: who may, what goes, who is told, what stays on record."""

from __future__ import annotations

import pytest

from crosslight.accounts.models import Notice, NoticeKind, User
from crosslight.contributions.models import Contribution
from crosslight.contributions.services import consult_own
from crosslight.coordination.models import Match, MatchKey, MatchProfile, ReleasedValue
from crosslight.coordination.services import entry
from crosslight.core.entities.states import EntityState
from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.lifecycle.erasure import ErasureState
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.vocabulary.erasure import ErasureGround, ErasureKind
from crosslight.foundation.errors import (
    FieldErrors,
    NotAllowed,
    NotFoundOrHidden,
    WrongState,
)
from crosslight.foundation.sealing.destruction import sweep, waiting
from crosslight.foundation.sealing.keys import KeyDestroyed, Purpose, make_key
from crosslight.investigations.models import Entity, Statement
from crosslight.investigations.services import consult_entity, list_entities
from crosslight.ledger.acts import Act
from crosslight.ledger.models import LedgerPayload
from crosslight.ledger.selectors import read_entries
from crosslight.ledger.verification import verify_database
from crosslight.oversight.erasure import services
from crosslight.oversight.erasure.models import Erasure
from crosslight.review.services import consult_contribution, consult_input, list_inputs, list_queue
from tests.contributions.factories import received
from tests.coordination.factories import acknowledged, draft_a, notified
from tests.factories import World, add_actor
from tests.investigations.factories import said
from tests.review.factories import disseminated, in_triage

UNLAWFUL = ErasureGround.UNLAWFUL


def erased(actor, object_id: str, *, ground: ErasureGround = UNLAWFUL) -> Erasure:
    made = services.request_erasure(
        actor=actor, object_id=object_id, kind=ErasureKind.ERASE, ground=ground
    )
    done = services.confirm_erasure(actor=actor, erasure_id=made.pk)
    sweep()
    return done


def restricted(actor, object_id: str) -> Erasure:
    made = services.request_erasure(
        actor=actor,
        object_id=object_id,
        kind=ErasureKind.RESTRICT,
        ground=ErasureGround.CONTESTED,
    )
    return services.confirm_erasure(actor=actor, erasure_id=made.pk)


def told(actor, kind: NoticeKind) -> list[Notice]:
    return list(Notice.objects.filter(user_id=actor.id, kind=kind))


def entries_of(object_id: str, act: Act):
    return [each.entry for each in read_entries(object_id=object_id) if each.entry.act is act]


def test_asking_changes_nothing_and_shows_numbers_and_recipients(world: World) -> None:
    sent = disseminated(world, to=(world.unit_a.pk, world.unit_b.pk))
    made = services.request_erasure(
        actor=world.nuria, object_id=sent.contribution_id, kind=ErasureKind.ERASE, ground=UNLAWFUL
    )
    preview = services.preview_erasure(actor=world.nuria, erasure_id=made.pk)
    assert preview.erasure.state == ErasureState.REQUESTED
    assert preview.reach.counts["inputs"] == 1
    assert set(preview.reach.told) == {world.unit_a.pk, world.unit_b.pk, world.shelter.pk}
    assert consult_input(actor=world.ndeye, input_id=sent.pk, purpose="read").body
    assert not Notice.objects.filter(kind=NoticeKind.DATA_ERASED).exists()
    with pytest.raises(WrongState):
        services.request_erasure(
            actor=world.nuria,
            object_id=sent.contribution_id,
            kind=ErasureKind.ERASE,
            ground=UNLAWFUL,
        )


def test_a_contribution_goes_with_all_that_was_made_of_it(world: World) -> None:
    sent = disseminated(world)
    contribution_id = sent.contribution_id
    done = erased(world.nuria, contribution_id)

    row = Contribution.objects.get(pk=contribution_id)
    assert row.state == ContributionState.ERASED
    assert (row.content, row.format_errors, row.return_note) == ({}, [], "")
    assert row.sent_versions.get().content == {}
    assert not row.identifier_index.exists()
    assert row.validation.purpose == row.prioritisation.reasons == ""
    assert row.inputs.get().body == row.inputs.get().title == ""
    with pytest.raises(KeyDestroyed):
        make_key(contribution_id, purpose=Purpose.CONTRIBUTION)
    assert waiting() == 0
    assert list_inputs(actor=world.ndeye) == ()
    with pytest.raises(NotFoundOrHidden):
        consult_input(actor=world.ndeye, input_id=sent.pk, purpose="read")
    with pytest.raises(NotFoundOrHidden):
        consult_contribution(actor=world.luis, contribution_id=contribution_id, purpose="triage")
    assert list_queue(actor=world.luis) == ()
    assert consult_own(actor=world.amina, contribution_id=contribution_id).is_erased
    assert len(told(world.ndeye, NoticeKind.DATA_ERASED)) == 1
    assert len(told(world.amina, NoticeKind.DATA_ERASED)) == 1
    assert not told(world.ousman, NoticeKind.DATA_ERASED)
    assert done.state == ErasureState.ERASED


def test_it_is_on_record_with_ground_and_recipients_and_no_content(world: World) -> None:
    sent = disseminated(world)
    erased(world.nuria, sent.contribution_id)
    (entry_,) = entries_of(sent.contribution_id, Act.CONTRIBUTION_ERASED)
    assert entry_.basis == UNLAWFUL.value
    assert entry_.actor == world.nuria.id
    assert set(entry_.recipients) == {world.unit_a.pk, world.shelter.pk}
    assert entries_of(sent.pk, Act.INPUT_ERASED)
    named = {each.index for each in read_entries(object_id=sent.contribution_id)}
    assert not LedgerPayload.objects.filter(index__in=named).exists()
    assert verify_database().holds


def test_nothing_can_follow_an_erasure(world: World) -> None:
    contribution = received(world.amina)
    erased(world.nuria, contribution.pk)
    with pytest.raises(WrongState):
        services.request_erasure(
            actor=world.nuria, object_id=contribution.pk, kind=ErasureKind.ERASE, ground=UNLAWFUL
        )
    done = Erasure.objects.get()
    with pytest.raises(WrongState):
        services.confirm_erasure(actor=world.nuria, erasure_id=done.pk)
    with pytest.raises(WrongState):
        services.lift_restriction(actor=world.nuria, erasure_id=done.pk)


@pytest.mark.parametrize(
    "name", ["amina", "luis", "ndeye", "fatou", "auditor", "administrator", "ncp_a", "rco"]
)
def test_nobody_else_erases_or_sees_erasures(world: World, name: str) -> None:
    contribution = received(world.amina)
    made = services.request_erasure(
        actor=world.nuria, object_id=contribution.pk, kind=ErasureKind.ERASE, ground=UNLAWFUL
    )
    stranger = world.actors[name]
    for attempt in (
        lambda: services.request_erasure(
            actor=stranger, object_id=contribution.pk, kind=ErasureKind.ERASE, ground=UNLAWFUL
        ),
        lambda: services.preview_erasure(actor=stranger, erasure_id=made.pk),
        lambda: services.confirm_erasure(actor=stranger, erasure_id=made.pk),
        lambda: services.drop_erasure(actor=stranger, erasure_id=made.pk),
        lambda: services.list_erasures(actor=stranger),
        lambda: services.find_subject(actor=stranger, identifier="+44 7700 900123"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert Contribution.objects.get(pk=contribution.pk).content


def test_an_officer_decides_for_the_own_country_alone(world: World) -> None:
    other = add_actor("Dara Example", roles=world.nuria.roles, organisation=world.police_b)
    contribution = received(world.amina)
    made = services.request_erasure(
        actor=world.nuria, object_id=contribution.pk, kind=ErasureKind.ERASE, ground=UNLAWFUL
    )
    for attempt in (
        lambda: services.request_erasure(
            actor=other, object_id=contribution.pk, kind=ErasureKind.ERASE, ground=UNLAWFUL
        ),
        lambda: services.preview_erasure(actor=other, erasure_id=made.pk),
        lambda: services.confirm_erasure(actor=other, erasure_id=made.pk),
    ):
        with pytest.raises(NotFoundOrHidden):
            attempt()
    assert services.list_erasures(actor=other).erasures == ()
    assert services.find_subject(actor=other, identifier="+44 7700 900123") == ()
    assert services.find_subject(actor=world.nuria, identifier="07700 900123") == ()
    assert services.find_subject(actor=world.nuria, identifier="+44 7700 900123") == (
        contribution.pk,
    )


def test_a_ground_of_the_other_kind_is_refused(world: World) -> None:
    contribution = received(world.amina)
    with pytest.raises(FieldErrors):
        services.request_erasure(
            actor=world.nuria,
            object_id=contribution.pk,
            kind=ErasureKind.ERASE,
            ground=ErasureGround.EVIDENCE,
        )


def test_what_was_asked_for_can_be_dropped(world: World) -> None:
    contribution = received(world.amina)
    made = services.request_erasure(
        actor=world.nuria, object_id=contribution.pk, kind=ErasureKind.ERASE, ground=UNLAWFUL
    )
    assert services.drop_erasure(actor=world.nuria, erasure_id=made.pk).state == "dropped"
    with pytest.raises(WrongState):
        services.confirm_erasure(actor=world.nuria, erasure_id=made.pk)
    assert Contribution.objects.get(pk=contribution.pk).content


def test_a_record_goes_with_index_profile_sets_and_texts(world: World) -> None:
    pair = acknowledged(world)
    entity_id = pair.entity_a.pk
    assert ReleasedValue.objects.filter(from_unit_id=world.unit_a.pk).exists()
    erased(world.nuria, entity_id)

    row = Entity.objects.get(pk=entity_id)
    assert (row.state, row.caption, row.subject_category) == (EntityState.ERASED, "", "unknown")
    assert set(Statement.objects.filter(entity=row).values_list("value", "comparable")) == {
        ("", "")
    }
    assert not MatchProfile.objects.filter(entity=row).exists()
    assert not MatchKey.objects.filter(profile__entity=row).exists()
    assert MatchProfile.objects.filter(entity=pair.entity_b).exists(), "the other unit's stays"
    assert not ReleasedValue.objects.filter(from_unit_id=world.unit_a.pk).exists()
    assert Match.objects.get().state == MatchState.ANNULLED
    with pytest.raises(NotFoundOrHidden):
        consult_entity(actor=world.ndeye, entity_id=entity_id, purpose="read")
    assert not list_entities(actor=world.ndeye, investigation_id=pair.inv_a.pk, purpose="read")
    assert told(world.ousman, NoticeKind.DATA_ERASED), "who had read the set is told"
    assert told(world.ndeye, NoticeKind.DATA_ERASED)
    (entry_,) = entries_of(entity_id, Act.ENTITY_ERASED)
    assert set(entry_.recipients) == {world.unit_a.pk, world.unit_b.pk}


def test_who_never_read_anything_of_it_is_not_told_of_it(world: World) -> None:
    pair = notified(world)
    erased(world.nuria, pair.entity_a.pk)
    assert not told(world.ousman, NoticeKind.DATA_ERASED)
    assert told(world.ousman, NoticeKind.MATCH_CLOSED)


def test_set_aside_it_leaves_matching_and_comes_back(world: World) -> None:
    pair = notified(world)
    done = restricted(world.nuria, pair.entity_a.pk)
    row = Entity.objects.get(pk=pair.entity_a.pk)
    assert row.state == EntityState.RESTRICTED
    assert row.caption == "Momodou Jallow", "kept, not erased"
    assert not MatchKey.objects.filter(profile__entity=row).exists()
    assert pair.match.state == MatchState.ANNULLED
    with pytest.raises(WrongState):
        entry.add_statements(
            actor=world.ndeye,
            entity_id=row.pk,
            version=row.version,
            statements=[said("alias", "X")],
        )
    assert entries_of(row.pk, Act.ENTITY_RESTRICTED)
    services.lift_restriction(actor=world.nuria, erasure_id=done.pk)
    row.refresh_from_db()
    assert row.state == EntityState.ACTIVE
    assert MatchKey.objects.filter(profile__entity=row).exists()
    assert entries_of(row.pk, Act.ENTITY_UNRESTRICTED)


def test_a_contribution_set_aside_is_closed_to_desk_and_units_and_kept(world: World) -> None:
    sent = disseminated(world)
    done = restricted(world.nuria, sent.contribution_id)
    assert list_queue(actor=world.luis) == ()
    assert list_inputs(actor=world.ndeye) == ()
    with pytest.raises(NotFoundOrHidden):
        consult_input(actor=world.ndeye, input_id=sent.pk, purpose="read")
    view = consult_own(actor=world.amina, contribution_id=sent.contribution_id)
    assert view.content.facts
    services.lift_restriction(actor=world.nuria, erasure_id=done.pk)
    assert list_inputs(actor=world.ndeye)
    assert list_queue(actor=world.luis)


def test_its_author_cannot_withdraw_what_is_kept_as_evidence(world: World) -> None:
    from crosslight.contributions.services import withdraw_contribution

    contribution = in_triage(world)
    restricted(world.nuria, contribution.pk)
    with pytest.raises(NotAllowed):
        withdraw_contribution(actor=world.amina, contribution_id=contribution.pk)
    assert Contribution.objects.get(pk=contribution.pk).content


def test_what_is_set_aside_can_still_be_erased(world: World) -> None:
    contribution = received(world.amina)
    restricted(world.nuria, contribution.pk)
    erased(world.nuria, contribution.pk)
    row = Contribution.objects.get(pk=contribution.pk)
    assert (row.content, row.state) == ({}, ContributionState.ERASED)


def test_a_unit_that_entered_a_record_from_an_input_is_told_and_keeps_it(world: World) -> None:
    sent = disseminated(world)
    from tests.coordination.factories import investigations

    inv_a, _ = investigations(world)
    entity = entry.enter_entity(
        actor=world.ndeye, investigation_id=inv_a.pk, draft=draft_a(), origin_input=sent.pk
    )
    made = services.request_erasure(
        actor=world.nuria, object_id=sent.contribution_id, kind=ErasureKind.ERASE, ground=UNLAWFUL
    )
    preview = services.preview_erasure(actor=world.nuria, erasure_id=made.pk)
    assert preview.reach.copies == (entity.pk,)
    services.confirm_erasure(actor=world.nuria, erasure_id=made.pk)
    assert Entity.objects.get(pk=entity.pk).caption
    assert User.objects.filter(pk=world.ndeye.id).exists()
    assert told(world.ndeye, NoticeKind.DATA_ERASED)
