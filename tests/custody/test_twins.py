"""Each rule of custody has one queryset twin, and the two agree for everyone about everything."""

from __future__ import annotations

import pytest

from crosslight.core.lifecycle.package import PackageState
from crosslight.core.policy.rules import RULES
from crosslight.custody.models import Package
from crosslight.custody.selectors import facts_of, packages_for
from crosslight.foundation import clock
from tests.custody.factories import announced, home_of
from tests.factories import World

pytestmark = pytest.mark.django_db

OF_ROWS = sorted(name for name in RULES if name.startswith("package.") and name != "package.list")


@pytest.fixture
def rows(world: World) -> None:
    """One package in every state, of two organisations, handed in and not."""
    for author in (world.amina, world.preparer, world.banker):
        contribution = home_of(author)
        for state in PackageState:
            for handed_in_at in (None, clock.now()):
                Package.objects.filter(pk=announced(author, contribution, b"x")).update(
                    state=state.value, handed_in_at=handed_in_at
                )


@pytest.mark.usefixtures("rows")
def test_every_rule_of_packages_and_its_twin_agree(world: World) -> None:
    everything = list(Package.objects.all())
    for name in OF_ROWS:
        allowed = 0
        for who, actor in world.actors.items():
            want = {row.pk for row in everything if RULES[name](actor, facts_of(row))}
            got = set(packages_for(RULES[name], actor).values_list("pk", flat=True))
            assert got == want, (name, who)
            allowed += len(want)
        assert allowed, name
