from __future__ import annotations

import json
from pathlib import Path

import pytest

from crosslight.exchange.tables import RejectCode, UnusableInput, open_table
from tests.exchange.tables.reading import bad, good, written

NAME = "people.jsonl"


def lines(*objects: object) -> str:
    return "".join(json.dumps(item) + "\n" for item in objects)


def test_reads_text_numbers_and_lists(tmp_path: Path) -> None:
    row = {"id": 7, "name": ["Awa", "Awa Sarr"], "phone": None, "year": 1987.0, "ok": True}
    path = written(tmp_path, lines(row), name=NAME)
    assert good(path) == [{"id": "7", "name": "Awa; Awa Sarr", "year": "1987", "ok": "True"}]
    assert open_table(path).columns == ("id", "name", "phone", "year", "ok")


def test_names_every_bad_line(tmp_path: Path) -> None:
    content = lines({"id": "1"}) + "{broken\n[1]\n" + lines({"id": {"a": 1}}, {"id": [[1]]})
    content += '{"id": "\\ud800"}\n' + "[" * 100_000 + "\n" + '{"id": "2", "n": "a\\u0000b"}\n'
    content += '{"id": "3", "a\\u001b[2J": "b"}\n'
    path = written(tmp_path, content, name=NAME)
    assert good(path) == [{"id": "1"}]
    assert bad(path) == [
        (2, RejectCode.NOT_JSON),
        (3, RejectCode.NOT_JSON),
        (4, RejectCode.NESTED_VALUE),
        (5, RejectCode.NESTED_VALUE),
        (6, RejectCode.UNDECODABLE),
        (7, RejectCode.NOT_JSON),
        (8, RejectCode.CONTROL_CHARACTER),
        (9, RejectCode.CONTROL_CHARACTER),
    ]


def test_numbers_of_any_length_are_a_fault_of_their_line(tmp_path: Path) -> None:
    path = written(tmp_path, lines({"id": "1"}) + '{"id": ' + "9" * 5_000 + "}\n", name=NAME)
    assert bad(path) == [(2, RejectCode.NOT_JSON)]


def test_knows_entities_and_reads_their_properties(tmp_path: Path) -> None:
    entity = {"id": "e1", "schema": "Person", "properties": {"name": ["Awa", "A. Sarr"]}}
    path = written(tmp_path, lines(entity, {"id": "e2", "schema": "Person"}), name="entities.ftm")
    assert open_table(path).is_entities
    assert good(path) == [{"id": "e1", "schema": "Person", "name": "Awa; A. Sarr"}]
    assert bad(path) == [(2, RejectCode.NOT_AN_ENTITY)]


def test_refuses_an_array_and_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput) as caught:
        open_table(written(tmp_path, json.dumps([{"id": 1}]), name="people.json"))
    assert "one JSON object on each line" in caught.value.remedy


def test_a_json_lines_file_needs_no_suffix(tmp_path: Path) -> None:
    assert good(written(tmp_path, lines({"id": "1"}), name="people")) == [{"id": "1"}]


def test_a_key_that_first_appears_late_is_a_column_too(tmp_path: Path) -> None:
    rows = [{"id": str(n), "name": "Awa"} for n in range(1_500)]
    path = written(tmp_path, lines(*rows, {"id": "last", "phone": "+447700900001"}), name=NAME)
    assert open_table(path).columns == ("id", "name", "phone")
    assert good(path)[-1] == {"id": "last", "phone": "+447700900001"}


def test_refuses_objects_that_share_no_keys(tmp_path: Path) -> None:
    path = written(tmp_path, lines(*({f"key {n}": 1} for n in range(2_100))), name=NAME)
    with pytest.raises(UnusableInput, match="different keys"):
        open_table(path)
