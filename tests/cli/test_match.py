from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow
import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet

from crosslight.cli.match import match
from crosslight.exchange.bulk import work_path

PEOPLE = """id,Nom complet,Date de naissance,Téléphone
1,Mamadou Diallo,1987-03-14,+44 7700 900123
2,Momodou Jallow,14/03/1987,+447700900123
3,Kofi Owusu,1990-05-06,+44 7700 900124
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    out = ("--out", str(folder / "matches.jsonl"))
    paths = [str(folder / item) if item.endswith(FILES) else item for item in arguments]
    return CliRunner().invoke(match, [*paths, *out])


NAMES = [f"{a}{b}{c}o" for a in "BDKST" for b in "aeiou" for c in "lmn"][:61]
FILES = (".csv", ".jsonl", ".parquet", ".xlsx")


def found(folder: Path) -> list[dict[str, object]]:
    lines = (folder / "matches.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_writes_each_match_with_weight_band_and_reasons(folder: Path) -> None:
    result = run(folder, "people.csv")
    assert result.exit_code == 0, result.output
    (line,) = found(folder)
    assert set(line) == {"left", "right", "weight", "band", "explanation", "comparisons"}
    assert (line["left"], line["right"], line["band"]) == ("1", "2", "strong")
    assert isinstance(line["weight"], float)
    assert isinstance(line["explanation"], list)
    assert any("Diallo ~ Jallow" in sentence for sentence in line["explanation"])
    assert isinstance(line["comparisons"], list)
    compared = [item["attribute"] for item in line["comparisons"]]
    assert compared[:3] == ["name", "birth_date", "phone"]
    assert "Nom complet = name" in result.stderr
    assert "1 strong" in result.stderr
    assert result.stdout == ""


def test_two_files_are_matched_with_each_other_only(folder: Path) -> None:
    other = "id,name,phone\n1,M. Jallow,+447700900123\n2,Momodou Jallow,+447700900123\n"
    (folder / "other.csv").write_text(other, encoding="utf-8")
    assert run(folder, "people.csv", "other.csv").exit_code == 0
    pairs = {(line["left"], line["right"]) for line in found(folder)}
    assert pairs == {("1", "1"), ("1", "2"), ("2", "1"), ("2", "2")}


def test_the_format_of_a_file_changes_nothing(folder: Path) -> None:
    rows = list(csv.DictReader(PEOPLE.splitlines()))
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for cells in (rows[0].keys(), *(row.values() for row in rows)):
        sheet.append(list(cells))
    book.save(folder / "people.xlsx")
    parquet.write_table(pyarrow.Table.from_pylist(rows), folder / "people.parquet")
    (folder / "people.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    results = []
    for suffix in FILES:
        assert run(folder, f"people{suffix}").exit_code == 0
        results.append((folder / "matches.jsonl").read_bytes())
    assert len(results[0]) > 0
    assert set(results) == {results[0]}


def test_three_files_say_which_one_each_side_is_of(folder: Path) -> None:
    for name in ("b.csv", "c.csv"):
        (folder / name).write_text("id,phone\n9,+447700900124\n", encoding="utf-8")
    assert run(folder, "people.csv", "b.csv", "c.csv").exit_code == 0
    files = {
        (Path(str(line["left_file"])).name, Path(str(line["right_file"])).name)
        for line in found(folder)
    }
    assert files == {("people.csv", "b.csv"), ("people.csv", "c.csv"), ("b.csv", "c.csv")}


def test_prints_a_summary_as_json(folder: Path) -> None:
    printed = json.loads(run(folder, "people.csv", "--json").stdout)
    assert printed["rows"] == 3
    assert printed["rejected"] == 0
    assert printed["matches"] == {"strong": 1}


def test_bad_rows_are_kept_with_their_reason(folder: Path) -> None:
    with (folder / "people.csv").open("a", encoding="utf-8") as stream:
        stream.write("4\n,Nobody,,\n1,Twice,,\n5,=cmd,,\n")
    result = run(folder, "people.csv")
    assert result.exit_code == 0
    assert "3 rejected" in result.stderr
    path = folder / "matches.jsonl.rejects.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["row"], row["code"]) for row in rows] == [
        ("5", "ragged"),
        ("6", "missing-id"),
        ("7", "duplicate-id"),
    ]


def test_columns_are_changed_with_map(folder: Path) -> None:
    result = run(folder, "people.csv", "--map", "Téléphone=-", "--map", "Date de naissance=-")
    assert result.exit_code == 0
    assert {line["band"] for line in found(folder)} <= {"weak"}
    assert "not used: Date de naissance, Téléphone" in result.stderr


@pytest.mark.parametrize(("threshold", "count"), [("strong", 1), ("weak", 1), ("90", 0), ("5", 1)])
def test_threshold_is_a_band_or_a_weight(folder: Path, threshold: str, count: int) -> None:
    assert run(folder, "people.csv", "--threshold", threshold).exit_code == 0
    assert len(found(folder)) == count


def test_national_numbers_are_read_with_the_country_of_entry(folder: Path) -> None:
    (folder / "people.csv").write_text(
        "id,phone\n1,07700 900123\n2,+447700900123\n", encoding="utf-8"
    )
    assert run(folder, "people.csv", "--country", "gb").exit_code == 0
    assert [line["band"] for line in found(folder)] == ["probable"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("absent.csv",),
        ("people.csv", "--id-column", "number"),
        ("people.csv", "--map", "colour=name"),
        ("people.csv", "--map", "nonsense"),
        ("people.csv", "--threshold", "loud"),
        ("people.csv", "--country", "Senegal"),
        ("people.csv", "--memory", "much"),
        ("people.csv", "--format", "pdf"),
        ("empty.csv",),
        ("header.csv",),
        ("useless.csv",),
        ("people.csv", "header.csv"),
        ("junk.xlsx",),
        ("junk.parquet",),
        (),
    ],
)
def test_unusable_input_ends_with_two_and_one_sentence(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    (folder / "empty.csv").write_bytes(b"")
    (folder / "header.csv").write_text("id,name\n", encoding="utf-8")
    (folder / "useless.csv").write_text("id,name\n,Awa\n,Ebo\n", encoding="utf-8")
    (folder / "junk.xlsx").write_bytes(b"PK\x03\x04 junk")
    (folder / "junk.parquet").write_bytes(b"PAR1 junk")
    (folder / "matches.jsonl").write_text("before", encoding="utf-8")
    result = run(folder, *arguments)
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert "Error: " in result.stderr
    assert (folder / "matches.jsonl").read_text(encoding="utf-8") == "before"
    assert not list(folder.glob(".*.part"))


def test_a_file_of_bad_rows_only_still_leaves_the_reasons(folder: Path) -> None:
    (folder / "useless.csv").write_text("id,name\n,Awa\n", encoding="utf-8")
    result = run(folder, "useless.csv")
    assert result.exit_code == 2
    assert "matches.jsonl.rejects.csv" in result.stderr
    assert (folder / "matches.jsonl.rejects.csv").exists()


def test_the_input_is_never_overwritten(folder: Path) -> None:
    result = CliRunner().invoke(
        match, [str(folder / "people.csv"), "--out", str(folder / "people.csv")]
    )
    assert result.exit_code == 2
    assert (folder / "people.csv").read_text(encoding="utf-8") == PEOPLE


@pytest.mark.parametrize(
    ("has_begun", "rows"),
    [
        (lambda work: (work / "part-000001.arrow").exists(), 20_000),
        (lambda work: (work / "keys.json").exists(), 10_000),
    ],
    ids=["reading", "comparing"],
)
def test_an_interrupted_run_says_how_to_go_on_and_does(
    folder: Path, has_begun: Callable[[Path], bool], rows: int
) -> None:
    lines = "".join(f"{n},Awa {NAMES[n % 61]},1987-03-{n % 28 + 1:02d},\n" for n in range(rows))
    (folder / "people.csv").write_text(PEOPLE.splitlines()[0] + "\n" + lines, encoding="utf-8")
    out = folder / "matches.jsonl"
    command = [str(Path(sys.executable).with_name("crosslight")), "match"]
    command += [str(folder / "people.csv"), "--out", str(out), "--threshold", "30"]
    # A suite that runs in the background ignores SIGINT, and so would its children.
    running = subprocess.Popen(
        ["env", "--default-signal=INT", *command],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    while running.poll() is None and not has_begun(work_path(out)):
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, complaint = running.communicate(timeout=120)
    assert running.returncode == 1
    assert "Traceback" not in complaint
    assert "--resume" in complaint
    assert {path.name for path in folder.iterdir()} <= {
        *("people.csv", "matches.jsonl.work", "matches.jsonl.rejects.csv")
    }
    resumed = subprocess.run([*command, "--resume"], capture_output=True, text=True, check=False)
    assert resumed.returncode == 0, resumed.stderr
    assert f"{rows} rows" in resumed.stderr
    assert not work_path(out).exists()


def test_the_word_files_may_be_left_out(folder: Path) -> None:
    assert run(folder, "files", "people.csv").exit_code == 0
    assert len(found(folder)) == 1


def test_writes_a_page_where_the_result_is_called_html(folder: Path) -> None:
    out = folder / "matches.html"
    result = CliRunner().invoke(match, [str(folder / "people.csv"), "--out", str(out)])
    assert result.exit_code == 0, result.output
    page = out.read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert page.endswith("</html>\n")
    assert page.count("<article") == 1
    assert "Momodou Jallow" in page


def test_the_format_goes_before_the_name_of_the_result(folder: Path) -> None:
    assert run(folder, "people.csv", "--format", "csv").exit_code == 0
    text = (folder / "matches.jsonl").read_text("utf-8-sig")
    (row,) = csv.DictReader(text.splitlines())
    assert (row["left"], row["right"], row["band"]) == ("1", "2", "strong")


def test_every_stage_says_that_it_is_done(folder: Path) -> None:
    said = run(folder, "people.csv").stderr
    for stage in ("Reading rows: 3", "Indexing keys: 3", "Comparing: 3", "Explaining: 1"):
        assert f"{stage} in " in said


def test_a_cell_of_ten_million_letters_costs_its_row_only(folder: Path) -> None:
    with (folder / "people.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"4,{'x' * 10_000_000},,\n5,Momodou Jallow,1987-03-14,+447700900123\n")
    result = run(folder, "people.csv")
    assert result.exit_code == 0
    assert "1 rejected" in result.stderr
    assert {(line["left"], line["right"]) for line in found(folder)} == {
        *(("1", "2"), ("1", "5"), ("2", "5"))
    }


def test_help_shows_an_example() -> None:
    assert "Example: crosslight match" in CliRunner().invoke(match, ["--help"]).output
