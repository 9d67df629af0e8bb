"""What the strict policy of pages and both directions of writing need of every source."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.architecture.sources import modules, name_of, own

# Where text is marked as safe for HTML, how often, and why it is.
MARKED_SAFE = {
    # `visible` escapes first, then puts marks around invisible characters.
    "web/templatetags/crosslight.py": 1,
}
INLINE = {
    "a style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "a script without src": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script as address": re.compile(r"javascript:", re.IGNORECASE),
    "a handler of htmx": re.compile(r"hx-on|hx-vals=.js:|hx-vars", re.IGNORECASE),
}
UNESCAPED = re.compile(r"\|\s*(safe|safeseq)\b|\{%\s*autoescape\s+off")
PHYSICAL = re.compile(
    r"(?:^|[;{\s])(?:"
    r"(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[a-z-]*\s*:"
    r"|(?:left|right)\s*:"
    r"|border-(?:top|bottom)-(?:left|right)-radius\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
    r")"
)
FOREIGN = re.compile(
    r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//"""
)


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds_anything_inline(what: str) -> None:
    templates = own(".html")
    found = [name_of(path) for path in templates if INLINE[what].search(path.read_text("utf-8"))]

    assert len(templates) > 20
    assert found == []


def test_no_template_switches_escaping_off() -> None:
    assert [
        name_of(path) for path in own(".html") if UNESCAPED.search(path.read_text("utf-8"))
    ] == []


def test_text_is_marked_as_safe_only_where_it_is_listed() -> None:
    found = Counter[str]()
    for path in modules():
        found[name_of(path)] += len(re.findall(r"\bmark_safe\(", path.read_text("utf-8")))

    assert {name: number for name, number in found.items() if number} == MARKED_SAFE


def test_style_knows_no_left_and_right() -> None:
    """Arabic is written from the right: only start and end, inline and block."""
    found = [
        f"{name_of(path)}:{number}"
        for path in own(".css")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if PHYSICAL.search(line)
    ]

    assert own(".css")
    assert found == []


@pytest.mark.parametrize(
    "line",
    ["margin-left: 1px;", "a { right:0 }", "  text-align: left;", "float:right", "{left: 2px}"],
)
def test_the_search_for_left_and_right_finds_them(line: str) -> None:
    assert PHYSICAL.search(line)


@pytest.mark.parametrize(
    "line", ["margin-inline-start: 1px;", "inset-inline-end: 0", "text-align: start", ".left {"]
)
def test_the_search_for_left_and_right_lets_logical_ones_be(line: str) -> None:
    assert not PHYSICAL.search(line)


def test_no_page_or_style_loads_anything_from_elsewhere() -> None:
    found = [
        name_of(path)
        for path in (*own(".html"), *own(".css"))
        if FOREIGN.search(path.read_text("utf-8"))
    ]

    assert found == []
