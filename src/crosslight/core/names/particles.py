"""Words that carry little or no identity: particles, titles, abbreviations, legal forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from crosslight.core.names.folds import fold_spelling
from crosslight.core.names.packaged import load
from crosslight.core.names.spellings import key_of, word_of


@dataclass(frozen=True, slots=True)
class Particles:
    """`patronymic` is searched in a word in Latin letters.

    `filiation` is followed by a father's name, `filiation_after` follows it.
    `always_grown` are joined with the word that follows, `grown_if_unknown` with an unlisted one.
    `grown` are words of filiation written as one with the father's name, the longest first, and
    `grown_regions` the lexicon's files of names that they precede. `divine` are the folds of the
    names of God that follow one of the `servants`, `divine_after_article` those that follow one
    with the article alone, `faith` the ends of names such as Nur al-Din.
    `kunyas` are words for a father of, which are joined with the name that follows.
    `placed_before` are names that many bear before the one they are called by. `descent` tells one
    of two men of a name from the other: Junior, Neto.
    """

    filiation: frozenset[str]
    filiation_after: frozenset[str]
    grown: tuple[str, ...]
    always_grown: frozenset[str]
    grown_if_unknown: frozenset[str]
    grown_regions: frozenset[str]
    articles: frozenset[str]
    servants: frozenset[str]
    kunyas: frozenset[str]
    divine: frozenset[str]
    divine_after_article: frozenset[str]
    faith: frozenset[str]
    dropped: frozenset[str]
    titles: frozenset[str]
    descent: frozenset[str]
    honorific_names: frozenset[str]
    placed_before: frozenset[str]
    legal_forms: frozenset[str]
    abbreviations: Mapping[str, str]
    patronymic: re.Pattern[str]


@cache
def particles() -> Particles:
    """The current release, read once."""
    content = load("particles-0.2.0.yaml")
    return Particles(
        filiation=_keys(content["filiation"]),
        filiation_after=_keys(content["filiation_after"]),
        grown=tuple(content["grown"]),
        always_grown=frozenset(content["always_grown"]),
        grown_if_unknown=frozenset(content["grown_if_unknown"]),
        grown_regions=frozenset(content["grown_regions"]),
        articles=frozenset(content["articles"]),
        servants=frozenset(content["servants"]),
        kunyas=frozenset(content["kunyas"]),
        divine=frozenset(map(fold_spelling, content["divine_names"])),
        divine_after_article=frozenset(map(fold_spelling, content["divine_after_article"])),
        faith=frozenset(content["faith"]),
        dropped=_keys(content["dropped"]),
        titles=_keys(content["titles"]),
        descent=_keys(content["descent"]),
        honorific_names=_keys(content["honorific_names"]),
        placed_before=_keys(content["placed_before"]),
        legal_forms=frozenset(content["legal_forms"]),
        abbreviations=content["abbreviations"],
        patronymic=re.compile(content["patronymic"]),
    )


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(key_of(word_of(word)) for word in words)
