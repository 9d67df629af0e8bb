"""Letter rules: spellings that differ only by orthography come to one form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from crosslight.core.names.packaged import compiled_folds, load, names_of
from crosslight.core.names.scripts import has_script, latin_word, scripts_of, substitution
from crosslight.core.names.spellings import word_of

# The family that reads every word; its fold is the first of a word's folds.
GENERAL = "general"
# The family of names made of syllables, each of which is a name.
_SYLLABIC = "chinese:"


@dataclass(frozen=True, slots=True)
class LetterRule:
    """`examples` share a fold of the rule's family, words that stand `apart` share none."""

    note: str
    pattern: re.Pattern[str]
    replacement: str | Callable[[re.Match[str]], str]
    examples: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word of one script; without `cue` and `marks` it reads all of them.

    `is_guess` marks one that is tried only on words that nobody lists, for it misreads others.
    """

    name: str
    script: str
    cue: re.Pattern[str] | None
    marks: re.Pattern[str] | None
    substitute: Callable[[str], str]
    rules: tuple[LetterRule, ...]
    is_guess: bool = False

    def applies(self, word: str, latin: str) -> bool:
        """Whether it reads `word`, which has letters of its script and is `latin` in a to z."""
        if self.cue is None and self.marks is None:
            return True
        if self.cue is not None and self.cue.search(latin):
            return True
        return self.marks is not None and bool(self.marks.search(word))


@dataclass(frozen=True, slots=True)
class Family:
    """Letter rules of one family of orthographies, tried on each of its readings of a word.

    `not_of` are the regions of the lexicon whose names it misreads.
    """

    name: str
    not_of: frozenset[str]
    readings: tuple[Reading, ...]
    rules: tuple[LetterRule, ...]
    all_rules: tuple[LetterRule, ...] = field(repr=False)

    def folds(self, word: str) -> tuple[str, ...]:
        """Folds of one word as `written` gives it; none if no reading applies."""
        return self._read(word, is_guess=False)

    def guesses(self, word: str) -> tuple[str, ...]:
        """As `folds`, by the readings that are guesses."""
        return self._read(word, is_guess=True)

    def _read(self, word: str, *, is_guess: bool) -> tuple[str, ...]:
        latin, scripts = latin_word(word), scripts_of(word)
        read = dict.fromkeys(
            _in_turn(latin_word(reading.substitute(word)), reading.rules)
            for reading in self.readings
            if reading.is_guess == is_guess
            and reading.script in scripts
            and reading.applies(word, latin)
        )
        return tuple(dict.fromkeys(_in_turn(form, self.rules) for form in read if form))


def _in_turn(word: str, rules: tuple[LetterRule, ...]) -> str:
    for rule in rules:
        word = rule.pattern.sub(rule.replacement, word)
    return word


@cache
def families() -> tuple[Family, ...]:
    """All packaged families but the general one; those that misread others' names come last."""
    found = (family for family in _all_families() if family.name != GENERAL)
    return tuple(sorted(found, key=lambda family: (bool(family.not_of), family.name)))


@cache
def general() -> Family:
    """The family that reads every word."""
    return next(family for family in _all_families() if family.name == GENERAL)


@cache
def _all_families() -> tuple[Family, ...]:
    return tuple(_family(name, load(name)) for name in names_of("letter_rules"))


def _family(source: str, content: Mapping[str, Any]) -> Family:
    try:
        readings = tuple(map(_reading, content.get("readings", ())))
        rules = _rules(content)
        name, not_of = content["meta"]["family"], content["meta"].get("not_of", ())
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise ValueError(f"letter rules in {source}: {error!r}") from error
    own = tuple(rule for reading in readings for rule in reading.rules)
    return Family(name, frozenset(not_of), readings, rules, own + rules)


def _reading(row: Mapping[str, Any]) -> Reading:
    has_script("", row["script"])
    marks = row.get("marks")
    return Reading(
        name=row["name"],
        script=row["script"],
        cue=re.compile(row["cue"]) if row.get("cue") else None,
        marks=re.compile(f"[{re.escape(marks)}]") if marks else None,
        substitute=substitution(row.get("letters") or {}),
        rules=_rules(row),
        is_guess=row.get("guess", False),
    )


def _rules(content: Mapping[str, Any]) -> tuple[LetterRule, ...]:
    return tuple(
        LetterRule(
            note=rule["note"],
            pattern=re.compile(rule["pattern"]),
            replacement=_replacement(rule["replacement"]),
            examples=_pairs(rule["examples"]),
            apart=_pairs(rule.get("apart", ())),
        )
        for rule in content.get("rules") or ()
    )


def _pairs(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((left, right) for left, right in rows)


def _replacement(given: str | dict[str, str]) -> str | Callable[[re.Match[str]], str]:
    if isinstance(given, str):
        return given
    return lambda found: given[found.group()]


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Form of one word (lower-case Latin letters) under the general letter rules in order."""
    return _in_turn(word, general().rules) or word


@lru_cache(maxsize=65_536)
def folds_of(word: str) -> tuple[str, ...]:
    """All folds of one word as `written` gives it: the general one, then each family's.

    A family's folds bear its name, for its letters stand for other sounds than another's. One that
    is the general fold, too, stays: another spelling may meet it under that family's rules alone.
    """
    known = compiled_folds(word)
    return read_folds(word) if known is None else known


def read_folds(word: str) -> tuple[str, ...]:
    """As `folds_of`, by the rules, which for all words of the lexicon takes seconds."""
    latin = latin_word(word)
    found = [fold(latin)] if latin else []
    for family in families():
        found += [f"{family.name}:{form}" for form in family.folds(word)]
    return tuple(found)


@lru_cache(maxsize=65_536)
def guesses_of(word: str) -> tuple[str, ...]:
    """Folds that one word may have if nobody lists it."""
    return tuple(f"{family.name}:{form}" for family in families() for form in family.guesses(word))


def telling(folds: Iterable[str]) -> tuple[str, ...]:
    """The general fold and each family's first, its surest reading, without the family's name."""
    first: dict[str, str] = {}
    for form in folds:
        family, _, bare = form.rpartition(":")
        first.setdefault(family, bare)
    return tuple(dict.fromkeys(first.values()))


def without_foreign(folds: tuple[str, ...], regions: frozenset[str]) -> tuple[str, ...]:
    """`folds` without those of families that misread names of all `regions` that list the word."""
    misread = _misreading(regions)
    return tuple(form for form in folds if not form.startswith(misread)) if misread else folds


@cache
def _misreading(regions: frozenset[str]) -> tuple[str, ...]:
    """What the folds of families begin with that misread names of all `regions`, if any."""
    if not regions:
        return ()
    return tuple(f"{item.name}:" for item in families() if regions <= item.not_of)


def are_syllabic(folds: Iterable[str]) -> bool:
    """Whether the word may be made of Chinese syllables."""
    return any(form.startswith(_SYLLABIC) for form in folds)


def fold_spelling(spelling: str) -> str:
    """General fold of a spelling as a lexicon writes it."""
    return fold(latin_word(word_of(spelling)))
