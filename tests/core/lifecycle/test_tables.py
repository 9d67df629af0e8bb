"""The procedures as tables: each is whole, and says no to every move it does not list."""

from __future__ import annotations

from itertools import product

import pytest

from crosslight.core.lifecycle import IllegalMove, Lifecycle
from crosslight.core.lifecycle.contribution import (
    CONTRIBUTION,
    EDITABLE,
    SEEN_BY_CONTRIBUTOR,
    SEEN_BY_DESK,
    ContributionState,
    ContributionVerb,
)
from crosslight.core.lifecycle.erasure import ERASURE, ErasureState, ErasureVerb
from crosslight.core.lifecycle.handover import (
    HANDOVER,
    HANDOVER_ITEM,
    HANDOVER_LABELS,
    ITEM_LABELS,
    HandoverState,
    HandoverVerb,
    ItemState,
    ItemVerb,
)
from crosslight.core.lifecycle.importing import (
    IMPORT,
    IMPORT_LABELS,
    ImportState,
    ImportVerb,
)
from crosslight.core.lifecycle.investigation import (
    INVESTIGATION,
    InvestigationState,
    InvestigationVerb,
)
from crosslight.core.lifecycle.investigation import (
    STATE_LABELS as INVESTIGATION_LABELS,
)
from crosslight.core.lifecycle.match import (
    HEADER_IS_OPEN,
    MATCH,
    SET_IS_OPEN,
    MatchState,
    MatchVerb,
)
from crosslight.core.lifecycle.match import (
    STATE_LABELS as MATCH_LABELS,
)
from crosslight.core.lifecycle.package import (
    ENDED,
    HELD,
    IN_WORK,
    PACKAGE,
    PackageState,
    PackageVerb,
)
from crosslight.core.lifecycle.package import SEEN_BY_CONTRIBUTOR as PACKAGE_SEEN
from crosslight.core.lifecycle.package import SEEN_BY_DESK as PACKAGE_AT_DESK

TABLES = [
    (CONTRIBUTION, ContributionState, ContributionVerb),
    (INVESTIGATION, InvestigationState, InvestigationVerb),
    (HANDOVER, HandoverState, HandoverVerb),
    (ERASURE, ErasureState, ErasureVerb),
    (HANDOVER_ITEM, ItemState, ItemVerb),
    (PACKAGE, PackageState, PackageVerb),
    (IMPORT, ImportState, ImportVerb),
]


@pytest.mark.parametrize(("table", "states", "verbs"), TABLES)
def test_every_state_is_reached_from_the_first(table: Lifecycle, states, verbs) -> None:
    assert _reachable(table, {table.first}) == set(states)


def test_every_state_of_a_match_is_reached_by_one_of_its_two_routes() -> None:
    starts = {MatchState.NOTIFIED, MatchState.IN_PROTECTION}
    assert _reachable(MATCH, starts) == set(MatchState)


def test_the_victim_route_never_meets_the_coordination_route() -> None:
    protected = _reachable(MATCH, {MatchState.IN_PROTECTION})
    assert protected == {
        MatchState.IN_PROTECTION,
        MatchState.PROTECTION_DECIDED,
        MatchState.ANNULLED,
    }


@pytest.mark.parametrize(("table", "states", "verbs"), [*TABLES, (MATCH, MatchState, MatchVerb)])
def test_every_move_that_is_not_listed_is_refused(table: Lifecycle, states, verbs) -> None:
    listed = {(move.source, move.verb): move.target for move in table.moves}
    assert len(listed) == len(table.moves), "one state and verb lead to one target"
    assert {verb for _, verb in listed} == set(verbs)
    for state, verb in product(states, verbs):
        if (state, verb) in listed:
            assert table.next(state, verb) is listed[state, verb]
            assert table.can(state, verb)
            assert state in table.states_before(verb)
        else:
            assert not table.can(state, verb)
            with pytest.raises(IllegalMove, match=verb.value):
                table.next(state, verb)


@pytest.mark.parametrize(
    ("labels", "states"),
    [
        (SEEN_BY_CONTRIBUTOR, ContributionState),
        (SEEN_BY_DESK, ContributionState),
        (INVESTIGATION_LABELS, InvestigationState),
        (HANDOVER_LABELS, HandoverState),
        (ITEM_LABELS, ItemState),
        (MATCH_LABELS, MatchState),
        (IMPORT_LABELS, ImportState),
    ],
)
def test_J10_every_state_has_a_word_for_people(labels, states) -> None:
    assert set(labels) == set(states)
    assert all(labels.values())


def test_J1_a_contributor_reads_the_same_word_from_reception_to_dissemination() -> None:
    inside = {
        ContributionState.RECEIVED,
        ContributionState.TRIAGE,
        ContributionState.ADMITTED,
        ContributionState.PRIORITISED,
        ContributionState.DISSEMINATED,
    }
    assert {SEEN_BY_CONTRIBUTOR[state] for state in inside} == {"Received"}


def test_I1_the_verification_set_is_closed_before_both_have_acknowledged() -> None:
    assert MatchState.NOTIFIED not in SET_IS_OPEN
    assert MatchState.NOT_SAME not in SET_IS_OPEN
    assert MatchState.ANNULLED not in SET_IS_OPEN
    assert HEADER_IS_OPEN < SET_IS_OPEN
    assert MatchState.ACKNOWLEDGED not in HEADER_IS_OPEN


def test_nothing_is_editable_once_the_desk_has_it() -> None:
    assert all(CONTRIBUTION.can(state, ContributionVerb.RECEIVE) for state in EDITABLE)


def _reachable(table: Lifecycle, found: set) -> set:
    while True:
        further = {move.target for move in table.moves if move.source in found} - found
        if not further:
            return found
        found = found | further


def test_what_does_not_hold_is_never_looked_into_nor_released() -> None:
    assert _reachable(PACKAGE, {PackageState.FAILED}) == {
        PackageState.FAILED,
        PackageState.SEALED_FAILED,
        PackageState.DESTROYED,
    }


def test_every_state_of_a_package_has_its_words_and_the_worker_brings_each_to_rest() -> None:
    assert set(PACKAGE_SEEN) == set(PACKAGE_AT_DESK) == set(PackageState)
    by_hand = {PackageVerb.RELEASE, PackageVerb.RESTRICT, PackageVerb.DESTROY}
    for state in IN_WORK:
        moves = {move.verb for move in PACKAGE.moves if move.source is state}
        assert moves - by_hand, state
    assert not ENDED & HELD


def test_J1_a_contributor_reads_the_same_of_what_was_released_and_what_was_restricted() -> None:
    sealed = PACKAGE_SEEN[PackageState.SEALED]
    assert PACKAGE_SEEN[PackageState.RELEASED] == sealed
    assert PACKAGE_SEEN[PackageState.RESTRICTED] == sealed
