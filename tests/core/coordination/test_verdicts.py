from __future__ import annotations

from itertools import product

import pytest

from crosslight.core.coordination.terms import TERMS
from crosslight.core.coordination.verdicts import move_of
from crosslight.core.lifecycle.match import MatchVerb
from crosslight.core.vocabulary.coordination import DecisionKind, Verdict


@pytest.mark.parametrize(("one", "other"), list(product(Verdict, Verdict)))
def test_only_two_equal_certain_answers_settle_a_match(one, other):
    expected = {
        (Verdict.SAME, Verdict.SAME): MatchVerb.BOTH_SAME,
        (Verdict.NOT_SAME, Verdict.NOT_SAME): MatchVerb.BOTH_NOT_SAME,
    }
    assert move_of(one, other) is expected.get((one, other), MatchVerb.ANSWERS_DIFFER)
    assert move_of(one, other) is move_of(other, one)


def test_every_decision_has_terms():
    assert set(TERMS) == set(DecisionKind)
    assert all(any(term.is_required for term in terms) for terms in TERMS.values())
