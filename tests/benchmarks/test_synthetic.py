"""The generator of persons: what a benchmark may rely on."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import phonenumbers
import pytest
from benchmarks.synthetic import MATCHED_COLUMNS, TRUTH_COLUMNS, Plan, rows_of_block, write_persons
from benchmarks.synthetic import constants as c
from benchmarks.synthetic.__main__ import main
from benchmarks.synthetic.clerks import Clerk, slip, written_birth_date, written_name
from benchmarks.synthetic.words import words
from click.testing import CliRunner
from pyarrow import parquet

PLAN = Plan(rows=4_000, seed=3)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str | None]]:
    return rows_of_block(PLAN, 0)


def test_the_same_seed_makes_the_same_rows_and_another_seed_others(rows) -> None:
    assert rows_of_block(Plan(rows=4_000, seed=3), 0) == rows
    assert rows_of_block(Plan(rows=4_000, seed=4), 0) != rows


def test_a_block_does_not_depend_on_those_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(c, "BLOCK_ROWS", 500)
    plan = Plan(rows=1_200, seed=3)
    assert [plan.rows_in(block) for block in range(plan.blocks)] == [500, 500, 200]
    last = rows_of_block(plan, 2)
    assert len(last) == 200
    assert last[0]["id"] == "r00001000"
    assert last == rows_of_block(plan, 2)


def test_every_row_has_an_id_a_name_and_the_truth(rows) -> None:
    assert len({row["id"] for row in rows}) == len(rows) == PLAN.rows
    assert all(row["name"] and row["truth_person"] and row["truth_name"] for row in rows)
    assert set(rows[0]) == {*MATCHED_COLUMNS, *TRUTH_COLUMNS}


def test_people_are_registered_one_to_four_times(rows) -> None:
    held = Counter(Counter(row["truth_person"] for row in rows).values())
    assert set(held) == {1, 2, 3, 4}
    assert held[1] > held[2] > held[3] > held[4]


def test_clerks_write_one_person_in_several_ways(rows) -> None:
    names: dict[str, set[str]] = {}
    for row in rows:
        names.setdefault(row["truth_person"], set()).add(row["name"].casefold())
    several = [found for found in names.values() if len(found) > 1]
    assert len(several) > len(names) / 4


def test_common_names_are_common(rows) -> None:
    words_written = Counter(word for row in rows for word in row["truth_name"].split("|"))
    assert words_written["s:Ndiaye"] > words_written["s:Wade"] > 0
    assert words_written.most_common(1)[0][1] > len(rows) / 30


def test_a_part_of_the_words_is_in_no_lexicon(rows) -> None:
    written = [word for row in rows for word in row["truth_name"].split("|") if ":" in word]
    outside = sum(word.startswith("i:") for word in written) / len(written)
    assert outside == pytest.approx(c.OUTSIDE_LEXICON, abs=0.03)


def test_an_invented_word_has_spellings_of_its_own() -> None:
    names = words()
    every = [*names.surnames.items, *names.given["M"].items, *names.given["F"].items]
    known = {w for word in every if word.is_in_lexicon for s in word.spellings.values() for w in s}
    for word in every:
        assert word.is_in_lexicon or not known & {w for s in word.spellings.values() for w in s}
        assert {"fr", "en", "pt", "es", "ar"} <= set(word.spellings)


def test_nobody_can_be_called_on_a_number(rows) -> None:
    """As long as a number of its country, in a range that the country has given to nobody."""
    written = [row["phone"] for row in rows if row["phone"]]
    for text in written:
        number = phonenumbers.parse(text.replace("00", "+", 1) if text.startswith("00") else text)
        assert phonenumbers.is_possible_number(number)
        assert not phonenumbers.is_valid_number(number)


def test_some_numbers_are_held_by_many(rows) -> None:
    held: dict[str, set[str]] = {}
    for row in rows:
        if row["phone"]:
            held.setdefault(row["phone"].replace(" ", "")[-8:], set()).add(row["truth_person"])
    assert max(map(len, held.values())) > 10


def test_files_hold_the_same_rows_whatever_their_kind_and_the_processes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(c, "BLOCK_ROWS", 100)
    plan = Plan(rows=250, seed=5)
    table, text = tmp_path / "people.parquet", tmp_path / "people.csv"
    write_persons(plan, table)
    write_persons(plan, text)
    from_table = [
        {column: value or "" for column, value in row.items()}
        for row in parquet.read_table(table).to_pylist()
    ]
    with text.open(encoding="utf-8", newline="") as stream:
        assert list(csv.DictReader(stream)) == from_table
    assert len(from_table) == plan.rows


def test_the_command_writes_a_file(tmp_path: Path) -> None:
    out = tmp_path / "people.csv"
    result = CliRunner().invoke(main, ["--rows", "30", "--out", str(out), "--processes", "1"])
    assert result.exit_code == 0, result.output
    assert len(out.read_text(encoding="utf-8").splitlines()) == 31
    assert "truth_person" in result.stderr


class Always:
    """A source of chance that always draws the same."""

    def __init__(self, drawn: float) -> None:
        self.drawn = drawn

    def random(self) -> float:
        return self.drawn

    def randrange(self, first: int, last: int | None = None) -> int:
        return first if last is not None else 0

    def randint(self, first: int, last: int) -> int:
        return last

    def choice(self, items):
        return items[0]


def test_a_slip_never_changes_the_first_letter() -> None:
    assert slip("Diallo", Always(0.0)) == "Dallo"
    assert slip("Sow", Always(0.0)) == "Sow"


def test_dates_are_written_in_every_way_and_stay_dates() -> None:
    rng, birth = Random(1), date(1998, 3, 14)
    written = {written_birth_date(birth, rng, is_known=True) for _ in range(3_000)}
    assert {None, "1998", "1998-01-01", "1998-03-14"} <= written
    for text in written - {None, "1998"}:
        date.fromisoformat(text)
    unknown = {written_birth_date(birth, rng, is_known=False) for _ in range(300)} - {None}
    assert all(text.endswith("-01-01") for text in unknown)


def test_an_oracle_is_told_what_was_written_not_what_was_left_out() -> None:
    choice = words().given["M"].items
    surname = words().surnames.items[0]
    parts = [(choice[0], "Mamadou"), (choice[3], "Ibrahima"), (surname, "Ndiaye")]
    clerk = Clerk("GM", "en", by_ear=True)
    rng = Random(2)
    for _ in range(200):
        _, true = written_name(parts, clerk, rng)
        assert 2 <= len(true.split("|")) <= 3
        assert surname.canonical in true.split("|")
