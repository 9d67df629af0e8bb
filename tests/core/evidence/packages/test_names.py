from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.limits import LIMITS
from crosslight.core.evidence.packages.names import check_collisions, check_inside, check_name


@pytest.mark.parametrize("name", ["a", "data/objects/0001.wacz", "été/naïve.txt", "a b.c", ".x"])
def test_plain_names_are_taken(name: str):
    check_name(name, limits=LIMITS)


@pytest.mark.parametrize(
    "name",
    [
        *("", "/", "/a", "a/", "a//b", ".", "..", "a/..", "./a", "a/./b", "../a", "a/../../b"),
        *("C:", "c:/a", "C:a", "\\\\server\\a", "a\\b", "~", "~root/a"),
        *("a:b", "a?", "a*", 'a"', "<a", "a|b", "a\0", "a\tb", "a\x7f", "a\u200b", "\ufeffa"),
        *("con", "CON.txt", "d/Nul", "lpt1.a.b", "COM¹", "aux /b", "prn .txt", "conin$"),
        *("a.", "a /b", " a", "a/b ", "d./a", "A\u030a", "\u212b"),
        *("\ud800", "x" * 129, "y/" * 120 + "z"),
    ],
)
def test_names_that_mean_something_else_somewhere_are_refused(name: str):
    with pytest.raises(PackageFault):
        check_name(name, limits=LIMITS)


@given(st.text(max_size=40))
def test_no_name_that_is_taken_leads_out(name: str):
    try:
        check_name(name, limits=LIMITS)
    except PackageFault:
        return
    check_inside(name)
    assert ".." not in name.split("/")
    assert not name.startswith(("/", "~"))
    assert unicodedata.normalize("NFC", name) == name


@pytest.mark.parametrize(
    "names",
    [
        ("a", "a"),
        ("a", "A"),
        ("ß", "SS"),
        ("d/x", "D/X"),
        ("d", "d/x"),
        ("D/x/y", "d/X"),
        ("ﬁ", "fi"),
    ],
)
def test_names_that_meet_somewhere_are_refused(names: tuple[str, ...]):
    with pytest.raises(PackageFault):
        check_collisions(names)


def test_names_that_differ_are_taken():
    check_collisions(["a", "b", "d/a", "d/b", "da"])
