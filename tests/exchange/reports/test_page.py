from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

from crosslight.exchange.reports import Page, wording
from tests.exchange.reports.pairs import overview, pair

PAGE = Page(wording("en"))
WHOLE = PAGE.head(overview()) + PAGE.pair(pair()) + PAGE.foot()
_VOID = frozenset({"meta", "input", "br", "line", "rect"})


class Reader(HTMLParser):
    """Every element with its attributes; fails on a tag that closes another than the last."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def close(self) -> None:
        super().close()
        assert self._open == []


def elements(text: str) -> list[tuple[str, dict[str, str | None]]]:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader.found


def test_is_sound_and_fetches_nothing() -> None:
    found = elements(WHOLE)
    assert {tag for tag, _ in found}.isdisjoint({"script", "link", "img", "iframe", "object"})
    assert not any(name in {"src", "style", "onclick"} for _, attrs in found for name in attrs)
    assert {attrs["href"] for _, attrs in found if "href" in attrs} == {"#pair-1"}
    assert "url(" not in WHOLE
    assert "@import" not in WHOLE


def test_its_policy_knows_its_own_style_and_nothing_else() -> None:
    style = re.search(r"<style>(.*)</style>", WHOLE, flags=re.S)
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in WHOLE


def test_values_are_text_and_leave_the_direction_of_their_neighbours_alone() -> None:
    assert "<b>" not in WHOLE
    assert "<bdi>&lt;b&gt;Fatoumata&lt;/b&gt; Diallo</bdi>" in WHOLE
    assert "<bdi>فاطمة جالو</bdi>" in WHOLE
    assert "<bdi>=1+1</bdi>" in WHOLE


def test_shows_each_comparison_with_weight_drawing_and_reason() -> None:
    result = pair().result
    rows = re.findall(r"<tr>(?:(?!</tr>).)*<svg.*?</tr>", WHOLE, flags=re.S)
    assert len(rows) == len(result.evidence)
    for row, item in zip(rows, result.evidence, strict=True):
        assert item.label in row
        assert f"{item.weight:+.1f}" in row
        assert item.said.template in row
    assert f'weight <bdi dir="ltr">{result.weight:.1f}</bdi>' in WHOLE


def test_shows_what_was_not_compared_and_what_else_a_side_holds() -> None:
    assert '<span class="other"><bdi>+44 7700 900124</bdi></span>' in WHOLE
    assert "tailor" in WHOLE
    assert "One side has none." in WHOLE


def test_a_bar_begins_where_the_one_before_it_ends() -> None:
    steps = re.findall(r'aria-label="(\S+) → (\S+)"', WHOLE)
    assert len(steps) == len(pair().result.evidence)
    assert steps[0][0] == "0.0"
    assert [end for _, end in steps[:-1]] == [start for start, _ in steps[1:]]
    bars = re.findall(r'class="(?:up|down)" x="([\d.]+)" width="([\d.]+)"', WHOLE)
    assert len(bars) == len(steps)
    assert all(float(x) >= 0 and float(x) + float(width) <= 100.7 for x, width in bars)


def test_every_band_in_it_can_be_hidden_without_a_script() -> None:
    band = pair().result.band.value
    assert ("input", {"type": "checkbox", "id": f"show-{band}", "checked": None}) in elements(WHOLE)
    assert f"body:has(#show-{band}:not(:checked)) article.{band}" in WHOLE


def test_says_when_it_holds_the_heaviest_only() -> None:
    assert "1 heaviest of 9 pairs" in PAGE.head(overview(shown=1, total=9))
    assert "heaviest" not in PAGE.head(overview())
    assert "No pair was found." in PAGE.head(overview(shown=0, total=0))


def test_a_pair_has_a_page_of_its_own() -> None:
    single = PAGE.single(pair(file="people.csv"))
    elements(single)
    assert "<bdi>203</bdi> (people.csv)" in single
    assert "fieldset" not in single.partition("</style>")[2]


def test_names_its_language_and_its_direction() -> None:
    assert '<html lang="fr" dir="ltr">' in Page(wording("fr")).head(overview())
    assert '<html lang="ar" dir="rtl">' in Page(wording("ar")).head(overview())


def test_is_said_in_arabic_with_its_marks() -> None:
    page = Page(wording("ar"))
    whole = page.head(overview()) + page.pair(pair()) + page.foot()
    elements(whole)
    assert "الأزواج المرجحة" in whole
    assert all(f">{said}<" not in whole for said in ("Weight", "Sum", "Why", "Compared"))
    assert re.search(r'<td class="why">[^<]*؛ [^<]*</td>', whole)
