"""How many true pairs the keys bring together, each kind alone and all, and at what price."""

from __future__ import annotations

from collections.abc import Iterator

import click
import numpy as np

from benchmarks.engine import KEY_KINDS, Indexed, Places
from benchmarks.measures import true_pairs
from benchmarks.people import People, people
from benchmarks.report import Cell, Report, json_option, quick_option, rows_option, show, tell
from benchmarks.splink_peer import trained
from benchmarks.splink_persons import PERSONS, raw_words, worded

_ROWS, _QUICK_ROWS = 100_000, 10_000


def reports(*, quick: bool = False, rows: int | None = None) -> Iterator[Report]:
    persons = people(rows or (_QUICK_ROWS if quick else _ROWS))
    tell(f"Keys of {len(persons.rows)} persons …")
    indexed = Indexed.of(persons.rows)
    truth = np.array([row["truth_person"] for row in persons.rows])
    kinds = [kind for kind in KEY_KINDS if _fetches(indexed, kind)]
    lines = [
        *(_line(f"crosslight: {kind}", indexed.pairs(kind), truth=truth) for kind in kinds),
        _line("crosslight: all kinds", indexed.pairs(), truth=truth),
        _splink(persons, truth=truth),
    ]
    yield Report(
        title=f"Candidate pairs of {len(truth)} synthetic persons, {persons.positives} true pairs",
        rows=lines,
        notes=("Recall of what is compared at all: no tool can find more.",),
    )


def _fetches(indexed: Indexed, kind: str) -> bool:
    return bool((indexed.usable & (indexed.keys.kinds == KEY_KINDS.index(kind))).any())


def _line(name: str, pairs: tuple[Places, Places], *, truth: np.ndarray) -> dict[str, Cell]:
    left, right = pairs
    same = int((truth[left] == truth[right]).sum())
    return {
        "keys": name,
        "recall": same / max(1, true_pairs(truth.tolist())),
        "pairs": len(left),
        "pairs per row": len(left) / len(truth),
        "true among them": same / max(1, len(left)),
    }


def _splink(persons: People, *, truth: np.ndarray) -> dict[str, Cell]:
    """Splink's blocking rules on raw names, those of the rows beside it."""
    tell("Splink's blocking rules …")
    linker = trained((worded(persons.rows, raw_words),), PERSONS)
    found = linker.inference.predict().as_pyarrow_table()
    place = {identifier: place for place, identifier in enumerate(persons.truth)}
    left, right = (
        np.array([place[identifier] for identifier in found[name].to_pylist()], np.int64)
        for name in ("id_l", "id_r")
    )
    return _line("Splink 5: all rules, raw names", (left, right), truth=truth)


@click.command(epilog="Example: python -m benchmarks.blocking --rows 20000")
@rows_option
@quick_option
@json_option
def main(*, rows: int | None, quick: bool, as_json: bool) -> None:
    """Blocking recall of each kind of key and of all, beside Splink's rules."""
    show(reports(quick=quick, rows=rows), as_json=as_json)


if __name__ == "__main__":
    main()
