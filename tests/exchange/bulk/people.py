"""Invented people in files, some of them twice under another spelling."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crosslight.exchange.bulk import MatchJob, MatchSummary, Means, Source, match_files

_GIVEN = ("Awa", "Mamadou", "Momodou", "Fatou", "Fatoumata", "Ebrima", "Kofi", "Ousmane", "Isatou")
_SURNAMES = ("Diallo", "Jallow", "Ndiaye", "Njie", "Sarr", "Traore", "Touray", "Owusu", "Ceesay")
COLUMNS = ("id", "name", "birth_date", "birth_place", "phone")


def people(count: int, *, seed: int = 7) -> list[dict[str, str]]:
    """Rows under COLUMNS; every third has the phone or the birth date of an earlier one."""
    chance = random.Random(seed)
    rows: list[dict[str, str]] = []
    for number in range(count):
        other = chance.choice(rows) if rows and not number % 3 else None
        rows.append(
            {
                "id": f"p{number}",
                "name": f"{chance.choice(_GIVEN)} {chance.choice(_SURNAMES)}",
                "birth_date": other["birth_date"] if other else _date(chance),
                "birth_place": chance.choice(("Norport", "Sudville", "Eastham")),
                "phone": other["phone"] if other and number % 2 else f"+4477009{number % 900:05}",
            }
        )
    return rows


def _date(chance: random.Random) -> str:
    return f"{chance.randint(1970, 2004)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def written(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


class Listener:
    """Remembers the stages; raises an interrupt when the one called `until` begins."""

    def __init__(self, *, until: str = "") -> None:
        self.stages: dict[str, int] = {}
        self._until = until

    def note(self, sentence: str) -> None:
        pass

    @contextmanager
    def stage(self, label: str, *, length: int | None) -> Iterator[Callable[[int], None]]:
        self.stages[label] = 0
        if label == self._until:
            raise KeyboardInterrupt

        def advance(steps: int) -> None:
            self.stages[label] += steps

        yield advance


def job(out: Path, *paths: Path, processes: int = 1, **more: object) -> MatchJob:
    return MatchJob(Source(paths), out, means=Means(processes=processes), **more)  # type: ignore[arg-type]


def run(wanted: MatchJob, *, listener: Listener | None = None) -> MatchSummary:
    return match_files(wanted, watcher=listener or Listener())
