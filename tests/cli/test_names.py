from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from crosslight.cli.names import names

PAIRS = """name_a,name_b,note
Mamadou Diallo,Momodou Jallow,"one, spelt twice"
Mamadou Diallo,Kofi Owusu,=1+1
Mamadou Diallo,,empty
"""


def run(path: Path, *options: str) -> Result:
    out = path.parent / "scored.csv"
    return CliRunner().invoke(names, ["score", str(path), "--out", str(out), *options])


def scored(folder: Path) -> list[dict[str, str]]:
    with (folder / "scored.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def pairs(folder: Path, *, encoding: str = "utf-8", content: str = PAIRS) -> Path:
    path = folder / "pairs.csv"
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_keeps_all_columns_and_adds_the_score(tmp_path: Path, encoding: str) -> None:
    result = run(pairs(tmp_path, encoding=encoding, content=PAIRS + "Zoé,Zoé,é\n"))
    assert result.exit_code == 0, result.output
    rows = scored(tmp_path)
    assert list(rows[0]) == ["name_a", "name_b", "note", "score"]
    assert [row["note"] for row in rows] == ["one, spelt twice", "=1+1", "empty", "é"]
    same, other, empty, _ = (float(row["score"]) for row in rows)
    assert 1 >= same > 0.5 > other >= 0
    assert empty == 0


def test_an_old_score_is_replaced(tmp_path: Path) -> None:
    run(pairs(tmp_path, content="score,name_a,name_b\nold,Awa Sarr,Awa Sarr\n"))
    (row,) = scored(tmp_path)
    assert list(row) == ["name_a", "name_b", "score"]
    assert float(row["score"]) > 0.5


def test_reads_workbooks_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["name_a", "name_b"])
    sheet.append(["Awa Sarr", "Awa Saar"])
    book.save(tmp_path / "pairs.xlsx")
    assert run(tmp_path / "pairs.xlsx").exit_code == 0
    assert len(scored(tmp_path)) == 1


def test_bad_rows_are_kept_with_their_reason(tmp_path: Path) -> None:
    result = run(pairs(tmp_path, content=PAIRS + "lonely\n"), "--json")
    assert json.loads(result.stdout)["rejected"] == 1
    assert "ragged" in (tmp_path / "scored.csv.rejects.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("content", ["", "name_a,note\nAwa,x\n", "name_a,name_b\n", "a\x00b\n"])
def test_unusable_input_ends_with_two(tmp_path: Path, content: str) -> None:
    result = run(pairs(tmp_path, content=content))
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert "Error: " in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["pairs.csv"]


def test_a_missing_file_ends_with_two(tmp_path: Path) -> None:
    assert run(tmp_path / "absent.csv").exit_code == 2


def test_help_shows_an_example() -> None:
    assert "Example:" in CliRunner().invoke(names, ["--help"]).output
    assert "Example:" in CliRunner().invoke(names, ["score", "--help"]).output
