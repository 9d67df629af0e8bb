from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from crosslight.core.entities.routing import is_under_age, roles_conflict, route_of
from crosslight.core.vocabulary.coordination import EntityRole, Route, Visibility
from crosslight.core.vocabulary.law import DataSubjectCategory

_C = DataSubjectCategory
_R = EntityRole


@pytest.mark.parametrize(
    ("category", "role", "is_minor", "visibility"),
    list(product(_C, _R, (False, True), Visibility)),
)
def test_one_sign_of_protection_is_enough(category, role, is_minor, visibility):
    is_protected = (
        category in {_C.POSSIBLE_VICTIM, _C.WITNESS}
        or role in {_R.POSSIBLE_VICTIM, _R.WITNESS}
        or is_minor
        or visibility is Visibility.VICTIM
    )
    route = route_of(category=category, role=role, is_minor=is_minor, visibility=visibility)
    assert route is (Route.PROTECTION if is_protected else Route.COORDINATION)


@pytest.mark.parametrize(
    ("born", "is_child"),
    [
        ("2007-11-21", False),
        ("2007-11-22", True),
        ("2007-11", True),
        ("2007", True),
        ("2006", False),
        ("2015-01-01", True),
        ("1987-03-14", False),
        ("1900-01-01", False),
        ("not known", False),
    ],
)
def test_whoever_may_be_a_child_counts_as_one(born, is_child):
    assert is_under_age(born, today=date(2025, 11, 21)) is is_child


def test_a_suspect_on_either_side_of_a_protected_pair_is_a_conflict():
    victim, suspect = _C.POSSIBLE_VICTIM, _C.SUSPECT
    assert roles_conflict(victim, suspect, route=Route.PROTECTION)
    assert roles_conflict(suspect, victim, route=Route.PROTECTION)
    assert not roles_conflict(victim, _C.UNKNOWN, route=Route.PROTECTION)
    assert not roles_conflict(suspect, suspect, route=Route.COORDINATION)
