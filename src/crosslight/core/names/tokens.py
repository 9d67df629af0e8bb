"""Names taken apart: words, their fold, and what each word is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache

from crosslight.core.names.arabic import spell_in_latin
from crosslight.core.names.folds import fold
from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.packaged import load
from crosslight.core.names.scripts import to_latin

MOST_TOKENS = 8

_APOSTROPHES = re.compile(r"(?<=\b[nmd])['’‘`´ʼ](?=\w)")
_WORD = re.compile(r"[a-z0-9]+")
# Two consonants, such as Kh., are the start of a name and no name.
_CUT_OFF = 2
_GIVEN_AND_SURNAME = 2


class NameKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Token:
    """`group_names` are the lexicon's groups; `is_listed` if they hold the very spelling.

    `is_short` marks an initial or cut-off word, `is_father` a name after ould, mint or ben.
    """

    text: str
    fold: str
    group_names: frozenset[str]
    relations: frozenset[int]
    is_listed: bool = False
    is_title: bool = False
    is_short: bool = False
    is_father: bool = False

    def __hash__(self) -> int:
        """Of the text alone: tokens are looked up millions of times, and text tells them apart."""
        return hash(self.text)

    def __lt__(self, other: Token) -> bool:
        return (self.text, self.is_father) < (other.text, other.is_father)

    def __gt__(self, other: Token) -> bool:
        return other < self

    @property
    def canonical(self) -> str:
        """One word for all spellings of the name: its group's name, or its fold."""
        return min(self.group_names) if self.group_names else self.fold


@dataclass(frozen=True, slots=True)
class ParsedName:
    text: str
    kind: NameKind
    tokens: tuple[Token, ...] = field(default=())

    @property
    def has_filiation(self) -> bool:
        return any(token.is_father for token in self.tokens)


@dataclass(frozen=True, slots=True)
class _Particles:
    filiation: frozenset[str]
    dropped: frozenset[str]
    titles: frozenset[str]
    honorific_names: frozenset[str]
    legal_forms: frozenset[str]
    abbreviations: dict[str, str]


@cache
def _particles() -> _Particles:
    content = load("particles-0.1.0.yaml")
    return _Particles(
        filiation=frozenset(content["filiation"]),
        dropped=frozenset(content["dropped"]),
        titles=frozenset(content["titles"]),
        honorific_names=frozenset(content["honorific_names"]),
        legal_forms=frozenset(content["legal_forms"]),
        abbreviations=content["abbreviations"],
    )


@lru_cache(maxsize=32_768)
def parse(name: str, kind: NameKind = NameKind.PERSON) -> ParsedName:
    """Tokens of `name` in order, at most eight; particles gone, titles marked."""
    words = _words(name)
    tokens = _organisation(words) if kind is NameKind.ORGANISATION else _person(words)
    return ParsedName(text=name, kind=kind, tokens=tuple(tokens)[:MOST_TOKENS])


def _words(name: str) -> list[str]:
    latin = _APOSTROPHES.sub("", to_latin(spell_in_latin(name)))
    return list(_spelt_out(_joined(_WORD.findall(latin))))


def _spelt_out(words: Iterable[str]) -> Iterator[str]:
    abbreviations = _particles().abbreviations
    for word in words:
        yield abbreviations.get(word, word)


def _joined(words: Iterable[str]) -> Iterator[str]:
    """Two-word spellings of one name ("Abu Bakr", "Al Amin") as one word."""
    compounds = lexicon().compounds
    before: str | None = None
    for word in words:
        if before is not None and (before, word) in compounds:
            yield before + word
            before = None
            continue
        if before is not None:
            yield before
        before = word
    if before is not None:
        yield before


def _person(words: list[str]) -> list[Token]:
    found = list(_person_tokens(words))
    if sum(not item.is_title for item in found) >= _GIVEN_AND_SURNAME:
        return found
    return [token(item.text, is_father=item.is_father, is_only_given=True) for item in found]


def _person_tokens(words: list[str]) -> Iterator[Token]:
    particles = _particles()
    is_father = False
    for place, word in enumerate(words):
        is_inside = 0 < place < len(words) - 1
        if word in particles.filiation and is_inside:
            is_father = True
        elif not _is_dropped(word, is_inside=is_inside) or len(words) == 1:
            yield token(word, is_father=is_father)


def _is_dropped(word: str, *, is_inside: bool) -> bool:
    """A single letter that opens or closes a name is an initial, not the word for "and"."""
    return word in _particles().dropped and (is_inside or len(word) > 1)


def _organisation(words: list[str]) -> Iterator[Token]:
    particles = _particles()
    kept = [word for word in words if word not in particles.dropped]
    named = [word for word in kept if word not in particles.legal_forms]
    return (token(word) for word in named or kept or words)


@lru_cache(maxsize=65_536)
def token(word: str, *, is_father: bool = False, is_only_given: bool = False) -> Token:
    """Token of one word in lower-case Latin letters or digits.

    `is_only_given` says that the name has no other given name, as in "Cheikh Diop".
    """
    known, particles = lexicon(), _particles()
    is_honorific = word in particles.honorific_names and not is_only_given
    groups = known.groups_of(word)
    return Token(
        text=word,
        fold=fold(word),
        group_names=groups,
        relations=known.relations_of(word),
        is_listed=word in known.by_spelling,
        is_title=is_honorific or word in particles.titles,
        is_short=len(word) == 1 or (len(word) == _CUT_OFF and not groups and not _has_vowel(word)),
        is_father=is_father,
    )


def _has_vowel(word: str) -> bool:
    return any(char in "aeiouy" for char in word)
