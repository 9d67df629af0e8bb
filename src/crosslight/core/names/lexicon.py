"""Spelling groups: one name under several orthographies that no letter rule can join."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from crosslight.core.names.folds import fold
from crosslight.core.names.packaged import load
from crosslight.core.names.scripts import to_latin

# A release adds its file to those before it; its number is the lexicon's.
_SPELLINGS = ("west_african_spellings-0.1.0.yaml", "west_african_spellings-0.2.0.yaml")
_RELATED = "related_names-0.1.0.yaml"
_NOT_LETTER = re.compile(r"[^a-z]")
_K = TypeVar("_K")
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class SpellingGroup:
    """`share` is the group's part of all bearers in its kind, a rough relative frequency."""

    name: str
    kind: str
    region: str
    share: float
    spellings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    version: str
    groups: Mapping[str, SpellingGroup]
    by_spelling: Mapping[str, frozenset[str]]
    by_fold: Mapping[str, frozenset[str]]
    relations: Mapping[str, frozenset[int]]
    relation_notes: tuple[str, ...]
    compounds: frozenset[tuple[str, str]]

    def groups_of(self, word: str) -> frozenset[str]:
        """Names of the groups that hold `word`, as written or else under the letter rules."""
        return self.by_spelling.get(word) or self.by_fold.get(fold(word)) or frozenset()

    def relations_of(self, word: str) -> frozenset[int]:
        """Numbers of the relations (short forms and the like) that hold `word`."""
        direct = self.relations.get(fold(word), frozenset())
        inherited = (
            self.relations.get(f"group {name}", frozenset()) for name in self.groups_of(word)
        )
        return direct.union(*inherited)


@cache
def lexicon() -> Lexicon:
    """The current release, read once."""
    parts = [load(name) for name in _SPELLINGS]
    rows = [row for part in parts for row in part["groups"]]
    groups = _groups(rows)
    by_spelling = _index((word, g.name) for g in groups.values() for word in g.spellings)
    related = load(_RELATED)["relations"]
    return Lexicon(
        version=parts[-1]["meta"]["version"],
        groups=groups,
        by_spelling=by_spelling,
        by_fold=_index((fold(word), g.name) for g in groups.values() for word in g.spellings),
        relations=_relations(related, by_spelling=by_spelling),
        relation_notes=tuple(relation["note"] for relation in related),
        compounds=_compounds(rows),
    )


def _groups(rows: Iterable[dict[str, object]]) -> dict[str, SpellingGroup]:
    kept = list(rows)
    totals: dict[object, float] = defaultdict(float)
    for row in kept:
        totals[row["kind"]] += float(str(row["weight"]))
    found = (_group(row, total=totals[row["kind"]]) for row in kept)
    groups: dict[str, SpellingGroup] = {}
    for group in found:
        name = group.name if group.name not in groups else f"{group.name}-{group.kind}"
        groups[name] = SpellingGroup(name, group.kind, group.region, group.share, group.spellings)
    return groups


def _group(row: dict[str, object], *, total: float) -> SpellingGroup:
    spellings = row["spellings"]
    if not isinstance(spellings, dict):
        raise TypeError(f"spellings of {row} are not a table by orthography")
    words = [word for written in spellings.values() for word in written]
    return SpellingGroup(
        name=_plain(words[0]),
        kind=str(row["kind"]),
        region="West African",
        share=float(str(row["weight"])) / total,
        spellings=frozenset(map(_plain, words)),
    )


def _plain(spelling: str) -> str:
    return _NOT_LETTER.sub("", to_latin(spelling))


def _relations(
    rows: Iterable[dict[str, list[str]]], *, by_spelling: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[int]]:
    """Relations by the fold of each name, and by each group a name is a spelling of."""
    pairs = [(_plain(name), n) for n, row in enumerate(rows) for name in row["names"]]
    by_group = [(f"group {group}", n) for word, n in pairs for group in by_spelling.get(word, ())]
    return _index([(fold(word), n) for word, n in pairs] + by_group)


def _compounds(rows: Iterable[dict[str, object]]) -> frozenset[tuple[str, str]]:
    """Spellings of two words, such as "Abu Bakr", that stand for one name."""
    found = set()
    for row in rows:
        for written in dict(row["spellings"]).values():  # type: ignore[call-overload]
            for word in written:
                first, _, second = to_latin(word).partition(" ")
                if second:
                    found.add((first, second))
    return frozenset(found)


def _index(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, frozenset[_V]]:
    gathered: dict[_K, set[_V]] = defaultdict(set)
    for key, value in pairs:
        gathered[key].add(value)
    return {key: frozenset(values) for key, values in gathered.items()}
