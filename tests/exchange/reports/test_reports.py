from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from crosslight.core.matching import Evidence, Reason
from crosslight.exchange.reports import Style, as_text, report_of, style_of, wording
from crosslight.exchange.reports.waterfall import Waterfall
from crosslight.exchange.reports.wording import Wording
from tests.exchange.reports.pairs import overview, pair


def test_the_name_of_the_result_tells_its_style() -> None:
    names = ("a.csv", "a.CSV", "a.html", "a.htm", "a.jsonl", "a", "a.txt")
    assert [style_of(Path(name)).value for name in names] == [
        *("csv", "csv", "html", "html"),
        *("jsonl", "jsonl", "jsonl"),
    ]


def test_a_line_of_json_holds_comparisons_and_sentences() -> None:
    report = report_of(Style.JSON_LINES, language="en")
    line = json.loads(report.head(overview()) + report.pair(pair()) + report.foot())
    evidence = pair().result.evidence
    assert line["comparisons"] == [
        {"attribute": item.attribute.value, "level": item.level, "weight": item.weight}
        for item in evidence
    ]
    assert line["explanation"] == [item.sentence for item in evidence]
    assert "left_file" not in line


def test_a_spreadsheet_runs_nothing_of_it() -> None:
    report = report_of(Style.CSV, language="en")
    assert report.encoding == "utf-8-sig"
    text = report.head(overview()) + report.pair(pair())
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["left"] == "'=1+1"
    assert float(row["weight"]) == pair().result.weight
    assert row["band"] == pair().result.band.value
    assert row["comparisons"].startswith("name ")
    assert "فاطمة جالو" in row["explanation"]


def test_several_files_are_named_in_each_line() -> None:
    report = report_of(Style.CSV, language="en")
    many = overview()
    head = report.head(type(many)(("a.csv", "b.csv"), 1, 0, 1, many.matches, 1, "weak"))
    (row,) = csv.DictReader(io.StringIO(head + report.pair(pair(file="a.csv"))))
    assert (row["left_file"], row["right_file"]) == ("a.csv", "a.csv")


def test_plain_text_shows_both_sides_and_adds_up() -> None:
    text = as_text(pair(), wording("en"))
    result = pair().result
    assert "=1+1" in text.splitlines()[0]
    assert "203" in text.splitlines()[0]
    assert f"{result.weight:+.3f}" in text
    assert all(item.sentence in text for item in result.evidence)


def test_the_steps_of_the_drawing_lead_to_the_weight() -> None:
    result = pair().result
    fall = Waterfall.of(result)
    assert fall.steps[0].before == 0
    assert fall.steps[-1].after == pytest.approx(result.weight, abs=0.002)
    assert 0 <= fall.place(0) <= 1
    assert fall.place(fall.most) == 1
    assert fall.place(fall.least) == 0


def test_a_sentence_is_said_in_another_language() -> None:
    french = {
        "Name": "Nom",
        "The same.": "Pareil.",
        "%(left)s is %(right)s": "%(left)s est %(right)s",
    }
    words = Wording("fr", lambda text: french.get(text, text))
    why = (Reason("%(left)s is %(right)s", {"left": "Awa", "right": "Hawa"}),)
    (first, *_) = pair().result.evidence
    item = Evidence(first.attribute, "same", 1.0, "Awa", "Hawa", "Name", Reason("The same."), why)
    assert words.sentence(item) == "Nom: Awa | Hawa. Pareil. (Awa est Hawa)"
    assert words.isolated().why(item) == "Pareil. (\u2068Awa\u2069 est \u2068Hawa\u2069)"
