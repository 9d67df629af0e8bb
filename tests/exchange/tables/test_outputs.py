from __future__ import annotations

import csv
from pathlib import Path

import pytest

from crosslight.exchange.tables import (
    BadRow,
    RejectCode,
    UnusableInput,
    formula_safe,
    rejects_beside,
    rejects_path,
)
from crosslight.exchange.tables.outputs import check_output, whole_file


def interrupted_writing(out: Path) -> None:
    with whole_file(out) as stream:
        stream.write("half")
        raise KeyboardInterrupt


def test_an_interrupt_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        interrupted_writing(out)
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    assert out.read_text(encoding="utf-8") == "before"


def test_rejects_are_safe_to_open_in_a_spreadsheet(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with rejects_beside(out) as keep:
        keep(tmp_path / "é.csv", BadRow(7, RejectCode.RAGGED, "Why", "=cmd|' /C calc'!A0"))
        keep(tmp_path / "é.csv", BadRow(8, RejectCode.UNDECODABLE, "Why", "+a\x00\udcff"))
    content = rejects_path(out).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert rows[0] == ["file", "row", "code", "reason", "content"]
    assert rows[1] == ["é.csv", "7", "ragged", "Why", "'=cmd|' /C calc'!A0"]
    assert rows[2][4] == "'+a\\x00\\udcff"


def test_without_rejects_an_old_file_of_them_goes(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    rejects_path(out).write_text("old", encoding="utf-8")
    with rejects_beside(out):
        pass
    assert not rejects_path(out).exists()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_as_a_formula(start: str) -> None:
    assert formula_safe(f"{start}1").startswith("'")
    assert formula_safe("Awa") == "Awa"


def test_refuses_to_write_over_the_input_or_into_nowhere(tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text("id", encoding="utf-8")
    for out in (source, tmp_path, tmp_path / "absent" / "out.jsonl", Path("/dev/null")):
        with pytest.raises(UnusableInput):
            check_output(out, inputs=(source,))


def test_repaired_rejects_are_not_written_over(tmp_path: Path) -> None:
    repaired = rejects_path(tmp_path / "out.jsonl")
    repaired.write_text("id", encoding="utf-8")
    with pytest.raises(UnusableInput, match="would replace"):
        check_output(tmp_path / "out.jsonl", inputs=(repaired,))
