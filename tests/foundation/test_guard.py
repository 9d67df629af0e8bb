from __future__ import annotations

from dataclasses import replace

import pytest

from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_edit_contribution, may_review_contribution
from crosslight.core.vocabulary.people import Role
from crosslight.foundation.errors import MandateExpired, MfaRequired, NotAllowed
from crosslight.foundation.guard import require_standing

REPORTER = Actor(id="usr_1", roles=frozenset({Role.REPORTER}), organisation_id="org_1")
VALIDATOR = Actor(id="usr_2", roles=frozenset({Role.INTAKE_VALIDATOR}), country="XN", has_mfa=True)


def test_who_holds_a_role_of_the_rule_has_standing_whatever_the_object() -> None:
    require_standing(may_edit_contribution, REPORTER)
    require_standing(may_review_contribution, VALIDATOR)


def test_an_ended_mandate_is_told_before_any_object_is_looked_for() -> None:
    ended = Actor(id="usr_1", expired_roles=frozenset({Role.REPORTER}))
    with pytest.raises(MandateExpired):
        require_standing(may_edit_contribution, ended)


def test_a_missing_second_factor_is_told_before_any_object_is_looked_for() -> None:
    with pytest.raises(MfaRequired):
        require_standing(may_review_contribution, replace(VALIDATOR, has_mfa=False))


def test_another_role_has_no_standing() -> None:
    with pytest.raises(NotAllowed):
        require_standing(may_review_contribution, REPORTER)
