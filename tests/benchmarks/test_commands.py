"""The benchmarks run and print on a few rows, so that they can't rot unseen."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from benchmarks.__main__ import ROWS, main
from benchmarks.name_pairs import COMPARATORS, NamePairs, figure, measured
from benchmarks.outside import run_outside
from benchmarks.page import NoPlace, put_figures
from benchmarks.reference import VARIABLE, reference_file
from benchmarks.report import Report, show
from benchmarks.targets import Target, judge
from click.testing import CliRunner

from benchmarks import febrl3, febrl4, historical_persons, ledger, outside, packages

PAIRS = NamePairs.of(
    "three",
    [
        {"name_a": "Mamadou Diallo", "name_b": "Momodou Jallow", "same": "1"},
        {"name_a": "Mamadou Diallo", "name_b": "Mamadou Diarra", "same": "0"},
        {"name_a": "Awa Sarr", "name_b": "Awa Sarr", "same": "1"},
    ],
)
TOOLS = [
    "crosslight",
    "crosslight, estimated on these rows",
    "crosslight, Splink's columns",
    "Splink 5",
]
needs_reference = pytest.mark.skipif(
    not os.environ.get(VARIABLE), reason=f"{VARIABLE} does not name the public data sets"
)


def test_names_are_measured_beside_their_peers() -> None:
    rows = [measured(PAIRS, tool, compare, repeats=1) for tool, compare in COMPARATORS.items()]
    assert [row["comparator"] for row in rows] == [
        "crosslight",
        "rapidfuzz token_sort_ratio",
        "rapidfuzz WRatio",
        "Jaro-Winkler",
    ]
    assert figure(rows[0], "AUC") == 1


def test_pairs_are_read_from_a_file_whole_or_in_part(tmp_path: Path) -> None:
    path = tmp_path / "region.csv"
    lines = ["name_a,name_b,same,note", *(f"A {n},B {n},{n % 2},why" for n in range(10))]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert NamePairs.read(path).title == "5 of one person, 5 of two"
    assert len(NamePairs.read(path, most=4).pairs) == 4


def test_a_report_is_a_table_with_every_figure() -> None:
    report = Report("Title", [{"tool": "a", "F1": 0.5, "seconds": 12.34}], notes=("Note.",))
    lines = report.as_text().splitlines()
    assert lines[0] == "Title"
    assert lines[2].split() == ["tool", "F1", "seconds"]
    assert lines[4].split() == ["a", "0.500", "12.3"]
    assert lines[-1] == "Note."


def test_a_report_says_which_targets_hold() -> None:
    report = Report("Title", [], verdicts=[judge(Target("recall", 0.5, 0.9), 0.75)])
    said = "recall 0.75: floor 0.5 holds; goal 0.9 missed by 0.15"
    assert report.as_text() == f"Title\n\n{said}"


def test_several_reports_make_one_list(capsys: pytest.CaptureFixture[str]) -> None:
    reports = [Report(title, [{"tool": "a"}]) for title in ("One", "Two")]
    show(reports, as_json=True)
    assert [item["title"] for item in json.loads(capsys.readouterr().out)] == ["One", "Two"]
    show(reports)
    assert capsys.readouterr().out.startswith("One\n\ntool\n----\na\n\nTwo\n")
    show(reports, as_markdown=True)
    assert capsys.readouterr().out.startswith("```text\nOne\n\ntool\n----\na\n```\n\n```text")


def test_figures_take_their_place_on_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    before = "Before\n<!-- figures: febrl3 -->\nold\n<!-- end: febrl3 -->\nAfter\n"
    page.write_text(before, encoding="utf-8")
    put_figures(page, "febrl3", [Report("New \\1", [{"tool": "a"}])])
    text = page.read_text(encoding="utf-8")
    assert text.startswith("Before\n<!-- figures: febrl3 -->\n```text\nNew \\1\n\ntool\n")
    assert text.endswith("```\n<!-- end: febrl3 -->\nAfter\n")
    assert "old" not in text
    put_figures(page, "febrl3", [Report("New \\1", [{"tool": "a"}])])
    assert page.read_text(encoding="utf-8") == text
    with pytest.raises(NoPlace, match="febrl4"):
        put_figures(page, "febrl4", [])


def test_the_page_has_a_place_for_every_benchmark() -> None:
    text = (outside.ROOT / "docs" / "reference" / "benchmarks.md").read_text(encoding="utf-8")
    for name in ROWS:
        assert text.count(f"<!-- figures: {name} -->") == 1
        assert text.count(f"<!-- end: {name} -->") == 1


def test_a_benchmark_that_fails_is_named_and_the_next_one_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fails(*, quick: bool) -> None:
        raise RuntimeError("no such thing")

    monkeypatch.setattr(febrl3, "reports", fails)
    monkeypatch.setattr(febrl4, "reports", lambda *, quick: iter([Report("FEBRL 4", [])]))
    result = CliRunner().invoke(main, ["--quick", "febrl3", "febrl4"])
    assert result.exit_code == 1
    assert "febrl3: could not be measured" in result.stdout
    assert "FEBRL 4" in result.stdout
    assert "Not measured: febrl3." in result.stderr


def test_a_peer_that_is_not_installed_is_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(outside, "PYTHON", tmp_path / "absent")
    assert run_outside("recordlinkage_pairs", {}) is None


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
# FEBRL 3 is measured by the functions of FEBRL 4, on one file.
@pytest.mark.parametrize("benchmark", [febrl4, historical_persons])
def test_linkage_is_measured_beside_splink(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, benchmark
) -> None:
    monkeypatch.setattr(outside, "PYTHON", tmp_path / "absent")
    result = CliRunner().invoke(benchmark.main, ["--rows", "400", "--json"])
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)[0]["rows"]
    best = [row for row in rows if row["same from"].startswith("best")]
    assert [row["tool"] for row in best] == TOOLS
    for row in best:
        assert 0 < row["precision"] <= 1
        assert 0 < row["recall"] <= 1


@pytest.mark.skipif(not shutil.which("jq"), reason="the auditor's script needs jq")
def test_the_ledger_is_measured_beside_bare_inserts_and_digests() -> None:
    result = CliRunner().invoke(ledger.main, ["--quick", "--rows", "300", "--json"])
    assert result.exit_code == 0, result.output
    appended, audits, proofs = (report["rows"] for report in json.loads(result.stdout))
    assert [row["in a transaction"] for row in appended] == [1, 100]
    assert all(row["ours, per second"] > 0 for row in appended)
    assert [row["entries"] for row in audits] == [300, 300, 1000]
    assert len(proofs) == 5


def test_packages_are_measured_beside_digests_and_absent_peers_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(outside, "PYTHON", tmp_path / "absent")
    result = CliRunner().invoke(packages.main, ["--quick", "--json"])
    assert result.exit_code == 0, result.output
    whole, capture = json.loads(result.stdout)
    assert [row["tool"] for row in whole["rows"]] == [
        "crosslight package build",
        "crosslight package verify",
        "sha256sum: digests of files only",
    ]
    assert len(capture["rows"]) == 2
    assert all(row["MiB per second"] > 0 for row in whole["rows"] + capture["rows"])
    assert outside.ABSENT in whole["notes"]
    assert outside.ABSENT in capture["notes"]


def test_a_peer_of_packages_is_a_line_for_each_of_its_stages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With what a peer would hand back, since it may not be installed here."""
    monkeypatch.setattr(packages, "run_stages", lambda peer, job: {"build": 2.0, "verify": 1.0})
    monkeypatch.setattr(packages, "_captures", lambda folder, size: Report("", []))
    whole, _ = packages.reports(quick=True)
    theirs = {row["tool"]: row["seconds"] for row in whole.rows}
    assert theirs["bagit-python make_bag"] == 2
    assert theirs["bagit-python validate"] == 1
    assert outside.ABSENT not in whole.notes
