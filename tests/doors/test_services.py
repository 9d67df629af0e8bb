"""Every service function: in the table, and doing what the table says while doors are walked."""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from django.test import override_settings

import crosslight
from crosslight.ledger.acts import Act
from crosslight.partnerships import services as partnerships
from crosslight.partnerships.models import Partnership
from tests.api.conftest import make_machine  # noqa: F401  a fixture
from tests.doors.console import COMMANDS, own_keys
from tests.doors.operations import OPERATIONS
from tests.doors.services import ACTS, NOT_REACHED, PARTS
from tests.doors.test_console import run
from tests.doors.test_operations import RULES, machines  # noqa: F401  a fixture
from tests.doors.test_operations import through as through_api
from tests.doors.test_pages import DOORS, browser_for, door_of, text_of, through, world  # noqa: F401  a fixture
from tests.doors.walking import rolled_back
from tests.factories import CONSOLE, World
from tests.web.exercise import urls
from tests.web.signed_in import browser_of

pytestmark = pytest.mark.django_db


def service_functions() -> dict[str, FunctionType]:
    """Public functions defined in `crosslight.<app>.services`, by their name without the root."""
    found = {}
    for name in _modules():
        module = importlib.import_module(name)
        for each in vars(module).values():
            if inspect.isfunction(each) and each.__module__ == name and each.__name__[0] != "_":
                found[f"{name.removeprefix('crosslight.')}.{each.__name__}"] = each
    return found


def _modules() -> Iterator[str]:
    for info in pkgutil.walk_packages(crosslight.__path__, "crosslight."):
        parts = info.name.split(".")
        if "services" in parts[2:4]:
            yield info.name


FUNCTIONS = service_functions()


def test_every_service_is_in_one_of_the_tables() -> None:
    assert set(FUNCTIONS) - set(ACTS) - set(PARTS) == set(), "add them to ACTS or PARTS"
    assert (set(ACTS) | set(PARTS)) - set(FUNCTIONS) == set(), "there are no such services"
    assert set(ACTS) & set(PARTS) == set()


@dataclass
class Watch:
    """Which acts were recorded while a service ran, and what ran when none did."""

    running: list[str] = field(default_factory=list)
    recorded: defaultdict[str, set[Act]] = field(default_factory=lambda: defaultdict(set))
    finished: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def watched(*arguments: Any, **named: Any) -> Any:
            self._note(name, named)
            self.running.append(name)
            try:
                result = function(*arguments, **named)
            finally:
                self.running.pop()
            self.finished[name] += 1
            return result

        return watched

    def _note(self, name: str, named: dict[str, Any]) -> None:
        if name == "ledger.services.record":
            for each in self.running:
                self.recorded[each].add(named["act"])
        if name == "ledger.services.record_refusal":
            self.recorded[name].add(Act.ACT_REFUSED)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Every name in the package under which a service is known leads through the watch."""
    watch = Watch()
    watched = {id(each): watch.around(name, each) for name, each in FUNCTIONS.items()}
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith(("crosslight.", "tests.")):
            for attribute, value in list(vars(module).items()):
                if inspect.isfunction(value) and id(value) in watched:
                    monkeypatch.setattr(module, attribute, watched[id(value)])
    return watch


def test_services_leave_what_they_say(
    world: World,  # noqa: F811
    machines: Any,  # noqa: F811
    watch: Watch,
    tmp_path: Path,
) -> None:
    walk_everything(world, machines, tmp_path)
    with rolled_back():
        # By its module, where the watch is; the world was founded before the watch began.
        partnerships.found_partnership(actor=CONSOLE, name="Another", kind=Partnership.Kind.COP)

    missing = {
        name: sorted(set(acts) - watch.recorded[name])
        for name, acts in ACTS.items()
        if set(acts) - watch.recorded[name]
    }
    assert missing == {}
    unreached = {name for name in FUNCTIONS if not watch.finished[name]} - NOT_REACHED
    assert unreached == set(), "a door has to lead to each service"
    assert set(PARTS) >= NOT_REACHED, "an act is never left out"


def walk_everything(world: World, machines: Any, folder: Path) -> None:  # noqa: F811
    with override_settings(ROOT_URLCONF=urls.__name__):
        for key, door in DOORS.items():
            with rolled_back():
                call = door.call(world)
                text_of(through(key, call, browser_for(call)))
    for key, door in OPERATIONS.items():
        with rolled_back():
            call, rule = door.call(world), RULES[door_of(key)]
            name = "shelter" if rule and "reporter" in rule.roles else "unit_a"
            through_api(key, call.ids, machines[name], call.data)
    for number, (name, command) in enumerate(COMMANDS.items()):
        if command.arguments is not None:
            place = folder / str(number)
            place.mkdir()
            with rolled_back(), own_keys(place):
                run(name, command, command.arguments(world, place))
    browser_of(world.amina).get("/desk/")
