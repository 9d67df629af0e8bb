from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crosslight.exchange.tables import BadRow, RejectCode, Row, UnusableInput, open_table
from tests.exchange.tables.reading import bad, good, rows_of, written

ANY_INPUT = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NAMES = ["Ngoné Fàll", "Zoé Okélo"]
TABLE = "id,name\n" + "".join(f"{place},{name}\n" for place, name in enumerate(NAMES))
EXPECTED = [{"id": str(place), "name": name} for place, name in enumerate(NAMES)]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_reads_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    assert good(written(tmp_path, TABLE.encode(encoding))) == EXPECTED


def test_says_aloud_when_the_encoding_is_assumed(tmp_path: Path) -> None:
    assumed = open_table(written(tmp_path, TABLE.encode("cp1252")))
    known = open_table(written(tmp_path, TABLE.encode(), name="known.csv"))
    assert any("Windows-1252" in note for note in assumed.notes)
    assert not any("Windows-1252" in note for note in known.notes)


def test_rejects_bytes_that_windows_1252_does_not_have(tmp_path: Path) -> None:
    path = written(tmp_path, b"id,name\n1,Ren\xe9\n2,Ren\x81\xe9\n3,No\xebl\n")
    assert [row["id"] for row in good(path)] == ["1", "3"]
    assert bad(path) == [(3, RejectCode.UNDECODABLE)]


def test_rejects_damaged_places_of_utf_8_and_keeps_the_rest(tmp_path: Path) -> None:
    path = written(tmp_path, "id,name\n1,Zoé\n2,Anaïs\n3,Ngoné\n".encode() + b"4,Ren\xe9\n")
    assert [row["name"] for row in good(path)] == ["Zoé", "Anaïs", "Ngoné"]
    assert bad(path) == [(5, RejectCode.UNDECODABLE)]
    assert any("damaged" in note for note in open_table(path).notes)


def test_rejects_a_half_character_at_the_end_of_utf_16(tmp_path: Path) -> None:
    path = written(tmp_path, TABLE.encode("utf-16") + b"\x41")
    assert good(path) == EXPECTED
    assert [code for _, code in bad(path)] != []


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_finds_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    content = delimiter.join(["id", "name", "address"]) + "\n"
    content += delimiter.join(["1", "Awa Sarr", '"12, rue; du | Port"']) + "\n"
    assert good(written(tmp_path, content)) == [
        {"id": "1", "name": "Awa Sarr", "address": "12, rue; du | Port"}
    ]


def test_blank_lines_are_no_rows_but_count_as_lines(tmp_path: Path) -> None:
    path = written(tmp_path, "id,name\r\n\r\n1,Awa\r\n,\r\n2\r\n")
    assert good(path) == [{"id": "1", "name": "Awa"}]
    assert bad(path) == [(5, RejectCode.RAGGED)]


def test_quoted_line_breaks_stay_in_their_cell(tmp_path: Path) -> None:
    path = written(tmp_path, 'id,name,address\n1,Awa,"Rue 1\nApt 2"\n2,Ebo,Rue 3\n')
    assert good(path)[0]["address"] == "Rue 1\nApt 2"
    assert [row.number for row in rows_of(path)] == [2, 4]


def test_a_quote_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    tail = "".join(f"{place},Ebo\n" for place in range(3, 1000))
    path = written(tmp_path, f'id,name\n1,Awa\n2,"Kofi\n{tail}')
    assert len(good(path)) == 998
    assert bad(path) == [(3, RejectCode.RAGGED)]


def test_two_stray_quotes_do_not_hide_the_rows_between(tmp_path: Path) -> None:
    path = written(tmp_path, 'id,name\n2,"Kofi\n3,Ebo\n4,"Yaw\n5,"Esi" Owusu\n')
    assert good(path) == [{"id": "3", "name": "Ebo"}, {"id": "5", "name": "Esi Owusu"}]
    assert bad(path) == [(2, RejectCode.RAGGED), (4, RejectCode.RAGGED)]


def test_many_unclosed_quotes_end_in_time(tmp_path: Path) -> None:
    path = written(tmp_path, "id,a,b\n" + '"",a"b,"\n' * 5_000)
    assert len(rows_of(path)) == 5_000


def test_rejects_ragged_rows_by_line_and_keeps_their_text(tmp_path: Path) -> None:
    path = written(tmp_path, "id,name\n1,Awa,what\n2\n3,Ebo\n4,Efua,,\n")
    assert bad(path) == [(2, RejectCode.RAGGED), (3, RejectCode.RAGGED)]
    assert [row["id"] for row in good(path)] == ["3", "4"]
    first = rows_of(path)[0]
    assert isinstance(first, BadRow)
    assert first.content == "1,Awa,what"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("a\x00b", RejectCode.CONTROL_CHARACTER),
        ("a\x1bb", RejectCode.CONTROL_CHARACTER),
        ("a\x9db", RejectCode.CONTROL_CHARACTER),
        ("a\u202eb", RejectCode.DIRECTION_OVERRIDE),
        ("x" * 1_000_001, RejectCode.CELL_TOO_LARGE),
        ("x" * 9_000_000, RejectCode.CELL_TOO_LARGE),
    ],
)
def test_rejects_cells_that_are_no_text(tmp_path: Path, cell: str, code: RejectCode) -> None:
    path = written(tmp_path, f"id,name\n1,{cell}\n2,Awa\n")
    assert bad(path) == [(2, code)]
    assert good(path) == [{"id": "2", "name": "Awa"}]


def test_arabic_marks_and_formulas_are_text(tmp_path: Path) -> None:
    path = written(tmp_path, "id,name\n1,\u200fمحمد\n2,=1+1\n3,@SUM(A1)\n")
    assert [row["name"] for row in good(path)] == ["\u200fمحمد", "=1+1", "@SUM(A1)"]


@pytest.mark.parametrize("content", ["id,id\n1,2\n", "i\x00d,name\n1,2\n"])
def test_refuses_what_is_no_header(tmp_path: Path, content: str) -> None:
    with pytest.raises(UnusableInput):
        open_table(written(tmp_path, content))


def test_refuses_binary_junk(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="binary"):
        open_table(written(tmp_path, bytes(range(256)) * 64))


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=400))
def test_never_crashes_on_any_bytes(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, content)
    try:
        rows = rows_of(path)
    except UnusableInput:
        return
    assert all(isinstance(row, Row | BadRow) for row in rows)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(alphabet='ab",;\n\r\t| é\u202e\x00', max_size=120))
def test_never_crashes_on_any_quoting(tmp_path: Path, content: str) -> None:
    path = written(tmp_path, f"id,name\n{content}")
    lines = len(content.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    try:
        assert len(rows_of(path)) <= lines
    except UnusableInput:
        assert "\x00" in content
