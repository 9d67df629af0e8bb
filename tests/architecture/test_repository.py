"""Sizes, and nothing that only one machine has."""

from __future__ import annotations

import re

import pytest

from tests.architecture.sources import ROOT, modules, name_of, versioned

LONGEST_FILE = 500
# Written in parts, so that this file does not find itself.
OF_ONE_MACHINE = re.compile(
    "|".join(
        (
            r"(?<![\w./-])/" + r"work/",
            r"\.\./" + r"shared\b",
            r"(?<![\w./-])/" + r"home/[a-z]+/",
            r"(?<![\w./-])/" + r"root/",
            r"(?<![\w./-])/" + r"Users/[A-Za-z]+/",
            r"[A-Z]:\\" + r"Users\\",
        )
    )
)


def test_no_module_is_long() -> None:
    long = {
        name_of(path): lines
        for path in modules()
        if "migrations" not in path.parts
        and (lines := len(path.read_text("utf-8").splitlines())) > LONGEST_FILE
    }

    assert long == {}


def test_no_file_names_a_place_of_one_machine() -> None:
    """`.ci` apart, which is the description of one machine."""
    found = []
    for path in versioned():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(".ci/"):
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{name}:{text.count(chr(10), 0, hit.start()) + 1}"
            for hit in OF_ONE_MACHINE.finditer(text)
        ]

    assert found == []


@pytest.mark.parametrize("text", ["see /" + "work/x", "'../" + "shared/y'", "cd /" + "home/jane/z"])
def test_the_search_for_places_finds_them(text: str) -> None:
    assert OF_ONE_MACHINE.search(text)


@pytest.mark.parametrize("text", ['"/home/"', "https://example.org/work/x", "client.get('/home/')"])
def test_the_search_for_places_lets_addresses_be(text: str) -> None:
    assert not OF_ONE_MACHINE.search(text)
