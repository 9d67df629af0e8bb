from __future__ import annotations

from crosslight.core.vocabulary.people import Role
from tests import factories
from tests.doors.walking import rolled_back
from tests.factories import World
from tests.remembered import remembered, rows_of_all


def test_each_actor_holds_the_roles_of_the_mandates_in_force(world: World) -> None:
    assert world.amina.roles == {Role.REPORTER}
    assert world.amina.organisation_id == world.shelter.pk
    assert world.fatou.unit_id == world.unit_a.pk
    assert world.lamin.country == "XS"


def test_an_expired_mandate_gives_no_role_but_is_remembered(world: World) -> None:
    assert not world.expired.roles
    assert world.expired.expired_roles == {Role.REPORTER}


def test_a_world_that_is_laid_down_again_is_the_world_that_was_made(db: None) -> None:
    """The rows, and the actors and models that a test is given."""

    def whole() -> tuple[World, dict[str, dict[str, object]]]:
        with rolled_back():
            return remembered(factories._make_world), rows_of_all()

    with rolled_back():
        factories._make_world()
        tables = set(rows_of_all()["default"])
    (made, rows), again = whole(), whole()
    assert again == (made, rows)
    assert set(rows["default"]) == tables
    assert "partnerships_mandate" in tables
