"""Figures estimated from rows whose truth is not told."""

from __future__ import annotations

import csv

import pytest

from crosslight.core.matching import Attribute
from crosslight.core.matching.v1.figures import figures, read_figures
from crosslight.core.names import Relation
from crosslight.exchange.bulk import MatchJob, Source, estimate_files


class Quiet:
    def __init__(self):
        self.notes = []

    def note(self, sentence):
        self.notes.append(sentence)

    def stage(self, label, *, length):
        from contextlib import nullcontext

        return nullcontext(lambda steps: None)


@pytest.fixture
def rows(tmp_path):
    """Two hundred invented persons, each entered twice, never with the same birth place."""
    path = tmp_path / "people.csv"
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "name", "birth_date", "birth_place"])
        for number in range(200):
            name = f"{_word(number)} {_word(number * 7 + 3)}"
            born = f"{1950 + number % 50}-{number % 12 + 1:02}-{number % 27 + 2:02}"
            writer.writerow([f"a{number}", name, born, "Kolda"])
            writer.writerow([f"b{number}", name, born, "Thiaroye" if number % 2 else "Zinder"])
    return path


def _word(number):
    return "".join("bdfgklmnst"[int(digit)] + "aiou"[int(digit) % 4] for digit in f"{number:04}")


def estimated(rows, out):
    job = MatchJob(source=Source((rows,)), out=out)
    watcher = Quiet()
    estimate_files(job, model="v2", provenance="invented", watcher=watcher)
    return read_figures(out.read_text()), watcher.notes


def test_the_figures_follow_the_rows(rows, tmp_path):
    found, notes = estimated(rows, tmp_path / "model.yaml")
    assert found.model == "v2"
    assert found.provenance == "invented"
    assert notes
    # Birth places of one person always differ here, which the released figures do not expect.
    place = found.comparisons[Attribute.BIRTH_PLACE].levels
    released = figures().comparisons[Attribute.BIRTH_PLACE].levels
    assert place["different"].m > released["different"].m
    # Rows that never show a level say nothing of it.
    assert place["exact"].m == pytest.approx(released["exact"].m, rel=0.001)
    # Names are written alike, never in another country's spelling.
    assert found.names.agreeing[Relation.SAME].m > figures().names.agreeing[Relation.SAME].m
    assert found.bands == figures().bands


def test_the_same_rows_give_the_same_file(rows, tmp_path):
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    estimated(rows, one)
    estimated(rows, other)
    assert one.read_bytes() == other.read_bytes()


def test_rows_without_relatives_say_so(rows, tmp_path):
    found, _ = estimated(rows, tmp_path / "model.yaml")
    assert found.relatives < 0.1 * figures().relatives


def test_rows_of_families_keep_their_relatives(tmp_path):
    """Brothers and sisters at one phone, a surname in common, never entered twice."""
    path = tmp_path / "families.csv"
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "name", "birth_date", "birth_place", "phone"])
        for number in range(300):
            surname, child = _word(number // 3), number % 3
            born = f"{1950 + (number * 7) % 50}-{number % 12 + 1:02}-{number % 27 + 2:02}"
            given = _word(7 * number + 1000 * child)
            writer.writerow(
                [number, f"{given} {surname}", born, "Kolda", f"+44 7700 90{number // 3:04}"]
            )
    found, _ = estimated(path, tmp_path / "model.yaml")
    assert found.relatives > 0.1 * figures().relatives
