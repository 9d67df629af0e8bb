"""Every address of every surface declares its action; no surface holds what is not its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.urls import URLPattern, URLResolver

from crosslight.core.policy import Rule
from crosslight.core.policy.rules import EXCLUSIVE_TO_AUTHORITIES, RULES
from crosslight.web.shared.access import Marker, Screen

CONTRIBUTOR = "crosslight.config.urls_contributor"
AUTHORITY = "crosslight.config.urls_authority"
BOTH = "crosslight.config.urls"
# Operations of the API declare their actions by themselves; tests/api holds their census.
OF_THE_API = "api/"
AUTHORITY_PACKAGES = ("desk", "unit", "oversight")


def routes(table: str) -> dict[str, URLPattern]:
    return dict(_walk(import_module(table).urlpatterns, ""))


def _walk(entries: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in entries:
        address = prefix + str(entry.pattern).removeprefix("^")
        if address.startswith(OF_THE_API):
            continue
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, address)
        else:
            yield address, entry


@pytest.mark.parametrize("table", [CONTRIBUTOR, AUTHORITY, BOTH])
def test_every_address_declares_its_action(table: str) -> None:
    undeclared = [
        address
        for address, entry in routes(table).items()
        if not isinstance(entry.callback, Screen)
        or not isinstance(entry.callback.action, (Rule, Marker))
    ]

    assert routes(table)
    assert undeclared == []


@pytest.mark.parametrize("table", [CONTRIBUTOR, AUTHORITY, BOTH])
def test_every_rule_that_a_screen_declares_is_in_the_table_of_rules(table: str) -> None:
    for entry in routes(table).values():
        action = entry.callback.action  # type: ignore[attr-defined]
        if isinstance(action, Rule):
            assert RULES[action.name] is action


def test_no_screen_of_contributors_asks_a_rule_of_authorities() -> None:
    for address, entry in routes(CONTRIBUTOR).items():
        action = entry.callback.action  # type: ignore[attr-defined]
        name = action.name if isinstance(action, Rule) else ""
        assert name not in EXCLUSIVE_TO_AUTHORITIES, address


def test_the_contributors_surface_resolves_no_address_of_authorities() -> None:
    shared = {address for address in routes(CONTRIBUTOR) if not address.startswith("contributor/")}

    assert set(routes(AUTHORITY)) & set(routes(CONTRIBUTOR)) == shared
    for package in AUTHORITY_PACKAGES:
        assert not any(address.startswith(f"{package}/") for address in routes(CONTRIBUTOR))


def test_both_surfaces_together_are_the_sum_of_the_two() -> None:
    assert set(routes(BOTH)) >= set(routes(CONTRIBUTOR)) | set(routes(AUTHORITY))


OPERATIONS_OF_THE_OTHER = {
    "contributor": ("crosslight.api.units",),
    "authority": ("crosslight.api.contributions", "crosslight.api.files"),
}


@pytest.mark.parametrize(
    ("surface", "foreign"),
    [("contributor", AUTHORITY_PACKAGES), ("authority", ("contributor",))],
)
def test_a_process_of_one_surface_never_imports_the_other(
    surface: str, foreign: tuple[str, ...]
) -> None:
    """In a process of its own: what is not imported cannot be reached by any mistake."""
    code = (
        "import os, sys, tests.settings, django\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'\n"
        "django.setup()\n"
        f"import crosslight.config.urls_{surface}\n"
        f"print([name for name in sys.modules for part in {foreign!r}"
        " if name.startswith('crosslight.web.' + part)]"
        f" + [name for name in {OPERATIONS_OF_THE_OTHER[surface]!r} if name in sys.modules])"
    )

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )

    assert result.stdout.strip() == "[]"
