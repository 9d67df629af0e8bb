from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crosslight.cli.match import match

PEOPLE = """id,name,birth_date,phone
1,Mamadou Diallo,1987-03-14,+44 7700 900123
2,Momodou Jallow,14/03/1987,+447700900123
3,Kofi Owusu,1990-05-06,+44 7700 900124
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(match, ["explain", *map(str, arguments)])


def test_shows_both_sides_and_how_the_weights_add_up(file: Path) -> None:
    result = run(1, 2, "--in", file)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["1", "2"]
    assert any(line.split()[:2] == ["name", "Mamadou"] and "Momodou" in line for line in lines)
    assert "Diallo ~ Jallow" in result.stdout
    assert any(line.startswith("Weight") and "strong" in line for line in lines)


def test_says_what_a_run_over_the_file_says(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "matches.jsonl"
    assert CliRunner().invoke(match, [str(file), "--out", str(out)]).exit_code == 0
    line = json.loads(out.read_text("utf-8"))
    explained = json.loads(run(1, 2, "--in", file, "--json").stdout)
    assert {name: explained[name] for name in line} == line
    assert explained["left_values"]["name"] == ["Mamadou Diallo"]


def test_takes_each_side_from_a_file_of_its_own(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "others.csv"
    other.write_text("id,name\n1,Momodou Jallow\n", encoding="utf-8")
    explained = json.loads(run(1, 1, "--in", file, "--in", other, "--json").stdout)
    assert (explained["left_file"], explained["right_file"]) == ("people.csv", "others.csv")
    assert [item["attribute"] for item in explained["comparisons"]] == ["name"]


def test_writes_a_page_of_the_pair(file: Path, tmp_path: Path) -> None:
    page = tmp_path / "pair.html"
    result = run(1, 2, "--in", file, "--html", page)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert page.read_text("utf-8").count("<article") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pair.html", "people.csv"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((1, 9), "no usable row with the id '9'"),
        ((1,), "Two ids are wanted"),
        ((1, 2, "--in", "absent.csv", "--in", "third.csv"), "given twice"),
        ((1, 2, "--id-column", "number"), "no column 'number'"),
    ],
)
def test_what_can_not_be_explained_is_told(
    file: Path, arguments: tuple[object, ...], complaint: str
) -> None:
    result = run(*arguments, "--in", file)
    assert result.exit_code == 2
    assert complaint in result.stderr


def test_the_input_is_never_overwritten(file: Path) -> None:
    assert run(1, 2, "--in", file, "--html", file).exit_code == 2
    assert file.read_text("utf-8") == PEOPLE
