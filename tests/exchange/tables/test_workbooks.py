from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from crosslight.exchange.tables import BadRow, RejectCode, UnusableInput, open_table
from tests.exchange.tables.reading import bad, good, rows_of, written


def saved(folder: Path, rows: Sequence[Sequence[object]], *, before: Sequence[str] = ()) -> Path:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    for title in before:
        book.create_sheet(title, 0)
    for row in rows:
        first.append(list(row))
    path = folder / "people.xlsx"
    book.save(path)
    return path


def test_reads_cells_as_they_are_shown(tmp_path: Path) -> None:
    seen = datetime(2020, 1, 2, 3, 4)  # noqa: DTZ001  a sheet knows no zone
    row = (7, "Awa Sarr", date(1987, 3, 14), seen, 1.5, True, None)
    path = saved(tmp_path, [("id", "name", "dob", "seen", "n", "ok", "empty"), row])
    assert good(path) == [
        {
            "id": "7",
            "name": "Awa Sarr",
            "dob": "1987-03-14",
            "seen": "2020-01-02T03:04:00",
            "n": "1.5",
            "ok": "True",
        }
    ]


def calculated(path: Path, *, value: str, kind: str = "n") -> Path:
    """The workbook as a spreadsheet program saves it: each formula with what it last gave."""
    stored = path.with_name("calculated.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(stored, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename.startswith("xl/worksheets/"):
                content = re.sub(
                    rb'<c r="(\w+)"><f>(.*?)</f><v ?/?>(</v>)?</c>',
                    rf'<c r="\1" t="{kind}"><f>\2</f><v>{value}</v></c>'.encode(),
                    content,
                )
            target.writestr(item, content)
    return stored


def test_a_formula_reads_as_what_it_last_gave(tmp_path: Path) -> None:
    path = saved(tmp_path, [("id", "number"), (1, "=3+4"), (2, 5)])
    assert good(calculated(path, value="7")) == [
        {"id": "1", "number": "7"},
        {"id": "2", "number": "5"},
    ]


def test_a_formula_that_gave_nothing_is_an_empty_cell(tmp_path: Path) -> None:
    path = saved(tmp_path, [("id", "name", "alias"), (1, "Awa", '=IF(A2=1,"","x")')])
    assert good(calculated(path, value="", kind="str")) == [{"id": "1", "name": "Awa"}]


def test_a_formula_that_was_never_calculated_is_named(tmp_path: Path) -> None:
    path = saved(tmp_path, [("id", "name"), (1, "Awa"), (2, '=A2&" Sarr"'), (3, "Ebo")])
    assert [row["id"] for row in good(path)] == ["1", "3"]
    assert bad(path) == [(3, RejectCode.FORMULA_WITHOUT_VALUE)]
    (found,) = [row for row in rows_of(path) if isinstance(row, BadRow)]
    assert "Cell 2 is a formula" in found.reason
    assert "\x00" not in found.content


def test_numbers_rows_as_the_sheet_does(tmp_path: Path) -> None:
    path = saved(tmp_path, [("id", "name"), (), (1, "Awa"), (2, "Ebo", "stray")])
    assert [row.number for row in rows_of(path)] == [3, 4]
    assert bad(path) == [(4, RejectCode.RAGGED)]


def test_skips_empty_sheets_and_says_which_it_read(tmp_path: Path) -> None:
    path = saved(tmp_path, [("id", "name"), (1, "Awa")], before=["Cover"])
    assert good(path) == [{"id": "1", "name": "Awa"}]
    assert open_table(path).notes == ("Read sheet 'Sheet'.",)


def test_refuses_an_empty_workbook(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="no rows"):
        open_table(saved(tmp_path, []))


def test_refuses_a_zip_file_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "no workbook")
    with pytest.raises(UnusableInput, match="not a sound XLSX"):
        open_table(path)


def test_refuses_a_workbook_cut_short(tmp_path: Path) -> None:
    whole = saved(tmp_path, [("id", "name"), (1, "Awa")]).read_bytes()
    with pytest.raises(UnusableInput):
        rows_of(written(tmp_path, whole[: len(whole) // 2], name="cut.xlsx"))


def test_refuses_a_damaged_sheet(tmp_path: Path) -> None:
    whole = saved(tmp_path, [("id", "name"), *((place, "Awa") for place in range(50))])
    cut = tmp_path / "cut.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(cut, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            is_sheet = item.filename.startswith("xl/worksheets/")
            target.writestr(item, content[: len(content) // 2] if is_sheet else content)
    with pytest.raises(UnusableInput, match="damaged"):
        rows_of(cut)
