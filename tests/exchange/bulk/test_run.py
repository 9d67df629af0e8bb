from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from crosslight.core.matching import BANDS, Band, Weigher, columns, keys, prepare
from crosslight.exchange.bulk import (
    Threshold,
    candidates,
    comparing,
    explaining,
    reading,
    work_path,
)
from crosslight.exchange.bulk.candidates import COUNTED
from crosslight.exchange.bulk.job import mebibytes
from crosslight.exchange.tables import UnusableInput, identified_rows, open_table, record_of
from crosslight.exchange.tables.columns import map_columns
from crosslight.exchange.tables.records import Reading
from tests.exchange.bulk.people import Listener, job, people, run, written
from tests.exchange.bulk.population import counted

ROWS = 240


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path / "people.csv", people(ROWS))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "matches.jsonl"


@pytest.fixture
def _in_many_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files take the paths of large ones: many chunks, slices, batches and processes."""
    monkeypatch.setattr(reading, "CHUNK_ROWS", 37)
    monkeypatch.setattr(reading, "_WORTH_A_FORK", 0)
    monkeypatch.setattr(comparing, "TASK_PAIRS", 50)
    monkeypatch.setattr(comparing, "BATCH_PAIRS", 20)
    monkeypatch.setattr(comparing, "SLICE_PAIRS", 300)
    monkeypatch.setattr(explaining, "_CHUNK_PAIRS", 11)


def lines(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_finds_what_a_comparison_of_all_pairs_finds(file: Path, out: Path) -> None:
    summary = run(job(out, file))
    table = open_table(file)
    how = Reading("id", map_columns(table, id_column="id", overrides={}))
    records = [record_of(row, how, is_entity=False) for row in identified_rows(table, how)]
    held = columns([prepare(record) for record in records])
    found = keys(held)
    population = counted(found, COUNTED, total=ROWS)
    holders = np.bincount(np.unique(found.keys, return_inverse=True)[1])
    of_line = holders[np.unique(found.keys, return_inverse=True)[1]]
    usable: dict[int, set[int]] = {}
    for row, key in zip(
        found.rows[found.usable(of_line)], found.keys[found.usable(of_line)], strict=True
    ):
        usable.setdefault(int(key), set()).add(int(row))
    pairs = sorted({pair for rows in usable.values() for pair in combinations(sorted(rows), 2)})
    left, right = (np.array(side) for side in zip(*pairs, strict=True))
    weighed = Weigher(held, population).weigh(left, right)
    expected = {
        (records[i].id, records[j].id): (float(weight), BANDS[band])
        for i, j, weight, band in zip(left, right, weighed.weights, weighed.bands, strict=True)
        if BANDS[band] is not Band.NONE
    }
    written_ = {
        (line["left"], line["right"]): (line["weight"], line["band"]) for line in lines(out)
    }
    assert summary.compared == len(pairs)
    assert len(expected) > 20
    assert written_ == expected


def test_the_weight_is_the_sum_of_what_is_explained(file: Path, out: Path) -> None:
    run(job(out, file))
    for line in lines(out):
        comparisons = line["comparisons"]
        assert isinstance(comparisons, list)
        total = sum(item["weight"] for item in comparisons)
        assert line["weight"] == pytest.approx(total, abs=0.002)
        assert len(comparisons) == len(line["explanation"])  # type: ignore[arg-type]


def test_pairs_come_by_left_row_the_heaviest_first(file: Path, out: Path) -> None:
    run(job(out, file))
    order = [(int(str(line["left"])[1:]), -float(str(line["weight"]))) for line in lines(out)]
    assert order == sorted(order)


@pytest.mark.usefixtures("_in_many_pieces")
def test_the_result_does_not_depend_on_how_the_work_is_cut(
    file: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(job(out, file))
    cut = out.read_bytes()
    run(job(out, file, processes=2))
    assert out.read_bytes() == cut
    monkeypatch.undo()
    run(job(out, file))
    assert out.read_bytes() == cut


def test_several_files_are_matched_across_only(file: Path, out: Path, tmp_path: Path) -> None:
    other = written(tmp_path / "others.csv", people(90, seed=8))
    summary = run(job(out, file, other))
    assert summary.rows == ROWS + 90
    assert lines(out)
    assert {(line["left_file"], line["right_file"]) for line in lines(out)} == {
        ("people.csv", "others.csv")
    }


def test_the_work_folder_is_gone_at_the_end(file: Path, out: Path, tmp_path: Path) -> None:
    run(job(out, file))
    assert {path.name for path in tmp_path.iterdir()} == {"people.csv", "matches.jsonl"}


@pytest.mark.usefixtures("_in_many_pieces")
@pytest.mark.parametrize("until", ["Indexing keys", "Comparing", "Explaining"])
def test_an_interrupted_run_goes_on_from_the_stage_it_had_reached(
    file: Path, out: Path, tmp_path: Path, until: str
) -> None:
    whole = tmp_path / "whole.jsonl"
    run(job(whole, file))
    with pytest.raises(KeyboardInterrupt):
        run(job(out, file), listener=Listener(until=until))
    assert work_path(out).stat().st_mode & 0o077 == 0
    assert not out.exists()
    listener = Listener()
    run(replace(job(out, file), is_resumed=True), listener=listener)
    assert out.read_bytes() == whole.read_bytes()
    assert "Reading rows" not in listener.stages
    assert listener.stages["Taking up rows"] == ROWS
    assert not work_path(out).exists()


@pytest.mark.usefixtures("_in_many_pieces")
def test_chunks_that_were_read_are_not_prepared_again(
    file: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole.jsonl"
    run(job(whole, file))
    reads: list[int] = []
    original = reading._sound

    def counting(chunk, item):
        reads.append(chunk.number)
        if len(reads) == 4:
            raise KeyboardInterrupt
        return original(chunk, item)

    monkeypatch.setattr(reading, "_sound", counting)
    with pytest.raises(KeyboardInterrupt):
        run(job(out, file))
    run(replace(job(out, file), is_resumed=True))
    assert reads == [0, 1, 2, 3, 3, 4, 5, 6]
    assert out.read_bytes() == whole.read_bytes()


def test_another_job_does_not_take_up_the_work(file: Path, out: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(job(out, file), listener=Listener(until="Comparing"))
    strict = job(out, file, is_resumed=True, threshold=Threshold(Band.STRONG))
    with pytest.raises(UnusableInput, match="other files or options"):
        run(strict)
    assert work_path(out).exists()
    run(job(out, file))
    assert not work_path(out).exists()


def test_a_folder_that_is_no_work_folder_is_left_alone(file: Path, out: Path) -> None:
    work_path(out).mkdir()
    (work_path(out) / "mine.txt").write_text("kept", encoding="utf-8")
    with pytest.raises(UnusableInput, match="in the way"):
        run(job(out, file))
    assert (work_path(out) / "mine.txt").read_text("utf-8") == "kept"


def test_a_threshold_is_a_band_or_a_weight() -> None:
    assert Threshold.parse("probable") == Threshold(Band.PROBABLE)
    assert Threshold.parse("12.5") == Threshold(weight=12.5)
    with pytest.raises(ValueError, match="loud"):
        Threshold.parse("loud")


def test_slices_hold_every_row_once() -> None:
    later = np.array([5, 0, 9, 1, 1, 1, 30, 0], dtype=np.int64)
    found = candidates.slices(later, most=10)
    assert [row for rows in found for row in rows] == list(range(8))
    assert len(found) > 2


@pytest.mark.parametrize(
    ("text", "size"), [("2GiB", 2048), ("512M", 512), ("1.5 gb", 1536), ("1TiB", 1_048_576)]
)
def test_sizes_are_read_as_they_are_written(text: str, size: int) -> None:
    assert mebibytes(text) == size


@pytest.mark.parametrize("text", ["much", "2", "-1GiB", "2 kB", ""])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a size"):
        mebibytes(text)
