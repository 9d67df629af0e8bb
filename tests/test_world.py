from __future__ import annotations

from crosslight.core.vocabulary.people import Role
from tests.factories import World


def test_each_actor_holds_the_roles_of_the_mandates_in_force(world: World) -> None:
    assert world.amina.roles == {Role.REPORTER}
    assert world.amina.organisation_id == world.shelter.pk
    assert world.fatou.unit_id == world.unit_a.pk
    assert world.lamin.country == "XS"


def test_an_expired_mandate_gives_no_role_but_is_remembered(world: World) -> None:
    assert not world.expired.roles
    assert world.expired.expired_roles == {Role.REPORTER}
