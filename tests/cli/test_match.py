from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pyarrow
import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet

from crosslight.cli.match import match
from crosslight.exchange.tables import matching

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
    assert set(line) == {"left", "right", "weight", "band", "explanation"}
    assert (line["left"], line["right"], line["band"]) == ("1", "2", "strong")
    assert isinstance(line["weight"], float)
    assert isinstance(line["explanation"], list)
    assert any("Diallo ~ Jallow" in sentence for sentence in line["explanation"])
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


def test_an_interrupt_leaves_no_half_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(matching, "matched_pairs", interrupted)
    assert run(folder, "people.csv").exit_code == 1
    assert sorted(path.name for path in folder.iterdir()) == ["people.csv"]


@pytest.mark.parametrize(("stage", "rows"), [("reading", 60_000), ("comparing", 15_000)])
def test_sigint_ends_a_long_run_without_a_trace(folder: Path, stage: str, rows: int) -> None:
    lines = "".join(f"{n},Awa {NAMES[n % 61]},1987-03-{n % 28 + 1:02d},\n" for n in range(rows))
    (folder / "people.csv").write_text(PEOPLE.splitlines()[0] + "\n" + lines, encoding="utf-8")
    # A suite that runs in the background ignores SIGINT, and so would its children.
    listening = ["env", "--default-signal=INT"]
    command = [*listening, str(Path(sys.executable).with_name("crosslight")), "match"]
    running = subprocess.Popen(
        [*command, str(folder / "people.csv"), "--out", str(folder / "matches.jsonl")],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    while running.poll() is None and not has_begun(folder, stage):
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, complaint = running.communicate(timeout=120)
    assert running.returncode == 1
    assert "Traceback" not in complaint
    assert sorted(path.name for path in folder.iterdir()) == ["people.csv"]


def has_begun(folder: Path, stage: str) -> bool:
    """Rejects are written while rows are read, matches while they are compared."""
    unfinished = [path.name for path in folder.glob(".*.part")]
    return any(("rejects" in name) == (stage == "reading") for name in unfinished)


def test_help_shows_an_example() -> None:
    assert "Example: crosslight match" in CliRunner().invoke(match, ["--help"]).output
