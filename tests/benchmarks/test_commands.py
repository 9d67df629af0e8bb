"""The benchmarks run and print on a few rows, so that they can't rot unseen."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from benchmarks.reference import VARIABLE, reference_file
from benchmarks.report import Report, show_all
from click.testing import CliRunner

from benchmarks import febrl3, historical_persons, names_west_african

PAIRS = [
    {"name_a": "Mamadou Diallo", "name_b": "Momodou Jallow", "same": "1"},
    {"name_a": "Mamadou Diallo", "name_b": "Mamadou Diarra", "same": "0"},
    {"name_a": "Awa Sarr", "name_b": "Awa Sarr", "same": "1"},
]

TOOLS = ["crosslight", "crosslight, Splink's columns", "Splink 5"]
needs_reference = pytest.mark.skipif(
    not os.environ.get(VARIABLE), reason=f"{VARIABLE} does not name the public data sets"
)


def test_names_are_measured_beside_their_peers() -> None:
    report = names_west_african.measure(PAIRS)
    assert [row["comparator"] for row in report.rows] == [
        "crosslight",
        "rapidfuzz token_sort_ratio",
        "Jaro-Winkler",
    ]
    assert report.rows[0]["AUC"] == 1


def test_a_report_is_a_table_with_every_figure() -> None:
    report = Report("Title", [{"tool": "a", "F1": 0.5, "seconds": 12.34}], notes=("Note.",))
    lines = report.as_text().splitlines()
    assert lines[0] == "Title"
    assert lines[2].split() == ["tool", "F1", "seconds"]
    assert lines[4].split() == ["a", "0.500", "12.3"]
    assert lines[-1] == "Note."


def test_several_reports_make_one_list(capsys: pytest.CaptureFixture[str]) -> None:
    reports = [Report(title, [{"tool": "a"}]) for title in ("One", "Two")]
    show_all(reports, as_json=True)
    assert [item["title"] for item in json.loads(capsys.readouterr().out)] == ["One", "Two"]
    show_all(reports, as_json=False)
    assert capsys.readouterr().out.startswith("One\n\ntool\n----\na\n\nTwo\n")


@pytest.mark.parametrize("folder", [None, "absent"])
def test_without_the_data_sets_a_benchmark_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: str | None
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if folder:
        monkeypatch.setenv(VARIABLE, str(tmp_path / folder))
    with pytest.raises(SystemExit, match=VARIABLE):
        reference_file("matching", "west_african_pairs_dev.csv")


@needs_reference
@pytest.mark.parametrize("benchmark", [febrl3, historical_persons])
def test_linkage_is_measured_beside_splink(benchmark) -> None:
    result = CliRunner().invoke(benchmark.main, ["--rows", "600", "--json"])
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)["rows"]
    best = [row for row in rows if row["same from"].startswith("best")]
    assert [row["tool"] for row in best] == TOOLS
    for row in best:
        assert 0 < row["precision"] <= 1
        assert 0 < row["recall"] <= 1
