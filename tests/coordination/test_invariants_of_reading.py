"""The invariants of procedures A.3 on reading and searching: I6, I9, I14."""

from __future__ import annotations

import pytest

from crosslight.accounts.models import Notice, NoticeKind
from crosslight.contributions import services as contributions
from crosslight.coordination.models import Match, MatchKey
from crosslight.coordination.services import (
    entry,
    matching,
    reading,
)
from crosslight.core.vocabulary.coordination import (
    DecisionKind,
)
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.investigations import services as investigations
from crosslight.investigations.selectors import own_duplicates
from crosslight.ledger.acts import NEEDS_JUSTIFICATION, Act, ActClass
from crosslight.ledger.selectors import entries_count, read_entries
from crosslight.review import services as review
from tests.contributions.factories import received
from tests.coordination.factories import (
    decided,
    draft_a,
    draft_b,
    notified,
)
from tests.investigations.factories import registered, said, started


def consulted(reader, pair):
    return reading.consult_match(actor=reader, match_id=pair.match.pk, purpose="coordination")


# --- I6 --------------------------------------------------------------------------------------


def views_of_coordination(world, pair):
    return [
        (world.ndeye, lambda: reading.list_matches(actor=world.ndeye)),
        (world.ndeye, lambda: consulted(world.ndeye, pair)),
        (world.ncp_a, lambda: reading.board(actor=world.ncp_a)),
        (world.vpo_a, lambda: reading.list_protection(actor=world.vpo_a)),
        (world.ndeye, lambda: reading.list_handovers(actor=world.ndeye)),
        (
            world.lamin,
            lambda: reading.consult_handover(
                actor=world.lamin, handover_id=pair.handover.pk, purpose="handover"
            ),
        ),
        (world.ndeye, lambda: reading.list_rooms(actor=world.ndeye)),
    ]


def views_of_investigations(world, pair):
    inv, ent = pair.inv_a.pk, pair.entity_a.pk
    return [
        (world.ndeye, lambda: investigations.list_investigations(actor=world.ndeye)),
        (
            world.ndeye,
            lambda: investigations.consult_investigation(
                actor=world.ndeye, investigation_id=inv, purpose="casework"
            ),
        ),
        (
            world.ndeye,
            lambda: investigations.list_entities(
                actor=world.ndeye, investigation_id=inv, purpose="casework"
            ),
        ),
        (
            world.ndeye,
            lambda: investigations.consult_entity(
                actor=world.ndeye, entity_id=ent, purpose="casework"
            ),
        ),
        (
            world.ndeye,
            lambda: investigations.search_entities(
                actor=world.ndeye, investigation_id=inv, text="Jallow", purpose="casework"
            ),
        ),
    ]


def views_of_contributions(world, contribution):
    return [
        (world.amina, lambda: contributions.list_own(actor=world.amina)),
        (
            world.amina,
            lambda: contributions.consult_own(actor=world.amina, contribution_id=contribution.pk),
        ),
        (world.luis, lambda: review.list_queue(actor=world.luis)),
        (
            world.luis,
            lambda: review.consult_contribution(
                actor=world.luis, contribution_id=contribution.pk, purpose="triage"
            ),
        ),
        (world.ndeye, lambda: review.list_inputs(actor=world.ndeye)),
    ]


def test_I6_every_view_and_search_writes_one_line_with_its_purpose(world):
    pair = decided(world, DecisionKind.HANDOVER)
    views = (
        *views_of_coordination(world, pair),
        *views_of_investigations(world, pair),
        *views_of_contributions(world, received(world.amina)),
    )
    for reader, view in views:
        before = entries_count()
        view()
        (line,) = read_entries(after=before - 1)
        assert line.entry.actor == reader.id
        assert Act(line.entry.act).classification is ActClass.CONSULT
        assert ActClass.CONSULT in NEEDS_JUSTIFICATION
        assert line.entry.justification


def test_I6_what_was_sought_is_not_in_the_ledger_itself(world):
    pair = notified(world)
    investigations.search_entities(
        actor=world.ndeye, investigation_id=pair.inv_a.pk, text="Jallow", purpose="casework"
    )
    (line,) = read_entries(act=Act.ENTITY_SEARCHED)
    assert pair.entity_a.pk in line.entry.objects
    assert b"Jallow" not in line.entry.to_bytes()


def test_I6_a_view_that_is_refused_shows_nothing_and_leaves_no_line_of_its_own(world):
    pair = notified(world)
    before = entries_count()
    with pytest.raises(NotFoundOrHidden):
        consulted(world.officer_c, pair)
    assert entries_count() == before


# --- I9 --------------------------------------------------------------------------------------


def test_I9_the_same_in_one_unit_is_shown_to_that_unit_only(world):
    first = registered(world.ndeye, world.fatou)
    second = registered(world.ndeye, world.fatou)
    held = entry.enter_entity(actor=world.ndeye, investigation_id=first.pk, draft=draft_a())
    entry.enter_entity(actor=world.ndeye, investigation_id=second.pk, draft=draft_a())
    assert Match.objects.count() == 0
    assert not Notice.objects.filter(kind=NoticeKind.MATCH_ACKNOWLEDGE).exists()
    asked = {"schema": "Person", "statements": [said("phone", "07700 900123")], "country": "GB"}
    found = own_duplicates(world.ndeye, **asked)
    assert {row.investigation_reference for row in found} == {first.reference, second.reference}
    assert held.pk in {row.entity_id for row in found}
    for stranger in (world.ousman, world.officer_a2, world.officer_c, world.ncp_a, world.amina):
        assert own_duplicates(stranger, **asked) == ()


# --- I14 -------------------------------------------------------------------------------------


def test_I14_without_a_registered_investigation_a_search_returns_nothing(world):
    pair = notified(world)
    draft = started(world.ndeye)
    sought = {"actor": world.ndeye, "text": "Jallow", "purpose": "casework"}
    assert investigations.search_entities(investigation_id=draft.pk, **sought) == []
    found = investigations.search_entities(investigation_id=pair.inv_a.pk, **sought)
    assert [entity.pk for entity in found] == [pair.entity_a.pk]
    entry.close_investigation(actor=world.fatou, investigation_id=pair.inv_a.pk)
    assert investigations.search_entities(investigation_id=pair.inv_a.pk, **sought) == []


def test_I14_a_search_never_reaches_another_units_records(world):
    pair = notified(world)
    for text in ("Diallo", "canary-b", "900123", "%", "_"):
        found = investigations.search_entities(
            actor=world.ndeye, investigation_id=pair.inv_a.pk, text=text, purpose="casework"
        )
        assert pair.entity_b.pk not in {entity.pk for entity in found}
    with pytest.raises(NotFoundOrHidden):
        investigations.search_entities(
            actor=world.ndeye, investigation_id=pair.inv_b.pk, text="Diallo", purpose="casework"
        )


def test_I14_what_is_not_registered_is_not_matched(world):
    inv_b = registered(world.ousman, world.lamin)
    entry.enter_entity(actor=world.ousman, investigation_id=inv_b.pk, draft=draft_b())
    draft = started(world.ndeye)
    entity = entry.enter_entity(actor=world.ndeye, investigation_id=draft.pk, draft=draft_a())
    assert Match.objects.count() == 0
    assert MatchKey.objects.filter(profile__entity=entity).count() == 0
    assert matching.match_entity(entity) == ()
