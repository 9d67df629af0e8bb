"""What is compiled of the table of Chinese characters: all their spellings in all systems."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from crosslight.core.names.packaged import load

FILE = "characters/chinese-0.3.0.yaml"
PINYIN = "py"
# Columns of a character's readings, pinyin apart.
DIALECTS = ("yue", "min", "hak")
# In a set of characters it marks a syllable of pinyin, for those that are not in the table.
MARK = ":"
_MISSING = "-"

Rows = Mapping[str, list[str]]
_Rules = tuple[tuple[re.Pattern[str], str], ...]


def read_characters() -> dict[str, Any]:
    """Of surnames and of given names, for each spelling and each system the characters.

    Beside them `doubles`, spellings of surnames of two characters, and `weights` of surnames by
    spelling and system; of each character its sound in pinyin and the dialects of which it has no
    reading.
    """
    content = load(FILE)
    writing = _Writing(content["systems"])
    surnames = {name: row.split("; ") for name, row in content["surnames"].items()}
    given = {name: row.split("; ") for name, row in content["given"].items()}
    families = {name: row[1:] for name, row in surnames.items()}
    rows = families | given
    doubles = {name: row for name, row in families.items() if len(name) > 1}
    return {
        "surnames": writing.table(families, syllables=()),
        "given": writing.table(given, syllables=content["pinyin"].split()),
        "doubles": list(writing.table(doubles, syllables=())),
        "weights": _weights(surnames, writing),
        "families": list(families),
        "pinyin": {name: row[0] for name, row in rows.items()},
        "unread": {name: _unread(row) for name, row in rows.items()},
        "variants": content["variants"],
    }


def sound(syllable: str) -> str:
    """What stands in a set of characters for all that pinyin writes so."""
    return f"{PINYIN}{MARK}{syllable}"


class _System(NamedTuple):
    rules: _Rules
    also: _Rules

    def spellings(self, base: str) -> Iterable[str]:
        """All ways to write `base`, a syllable of the system this one is derived of."""
        for pattern, replacement in self.rules:
            base = pattern.sub(replacement, base)
        found = {base: None}
        for pattern, replacement in self.also:
            found.update(dict.fromkeys([pattern.sub(replacement, form) for form in found]))
        return found


class _Writing:
    """How the systems write what the columns of a table say."""

    def __init__(self, systems: Mapping[str, Mapping[str, Any]]) -> None:
        self._systems = {
            name: _System(_rules(row.get("rules", ())), _rules(row.get("also", ())))
            for name, row in systems.items()
        }
        self._derived: dict[str, list[str]] = defaultdict(list)
        for name, row in systems.items():
            self._derived[row.get("of", name)].append(name)
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def table(self, rows: Rows, *, syllables: Iterable[str]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for syllable in syllables:
            for system, spelling in self.written(PINYIN, syllable):
                found[spelling][system].add(sound(syllable))
        for name, row in rows.items():
            for system, spelling in self.all_written(row):
                found[spelling][system].add(name)
            for system, spelling in self.written(PINYIN, row[0]):
                found[spelling][system].add(sound(row[0]))
        return {
            spelling: {system: " ".join(sorted(names)) for system, names in sorted(held.items())}
            for spelling, held in sorted(found.items())
        }

    def all_written(self, row: list[str]) -> Iterator[tuple[str, str]]:
        """Pairs of a system and a spelling, for one character's columns."""
        yield from self.written(PINYIN, row[0])
        for base, column in zip(DIALECTS, row[1:], strict=False):
            for spelling in column.split():
                if spelling != _MISSING:
                    yield from self.written(base, spelling)

    def written(self, base: str, spelling: str) -> Iterator[tuple[str, str]]:
        for system in self._derived[base]:
            parts = [self._written(system, part) for part in spelling.split("-")]
            for forms in product(*parts):
                yield system, "".join(forms)

    def _written(self, system: str, base: str) -> tuple[str, ...]:
        found = self._known.get((system, base))
        if found is None:
            found = tuple(self._systems[system].spellings(base))
            self._known[system, base] = found
        return found


def _rules(rows: Iterable[tuple[str, str]]) -> _Rules:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in rows)


def _weights(surnames: Rows, writing: _Writing) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in surnames.values():
        weight = float(row[0])
        for system, spelling in writing.all_written(row[1:]):
            held = found[spelling]
            held[system] = max(held.get(system, 0.0), weight)
    return found


def _unread(row: list[str]) -> list[str]:
    """Columns of a character that say nothing."""
    columns = dict(zip(DIALECTS, row[1:], strict=False))
    return [name for name in DIALECTS if columns.get(name, _MISSING) == _MISSING]
