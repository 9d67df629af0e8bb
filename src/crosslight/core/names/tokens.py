"""Names taken apart: words, their folds, and what each word is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from crosslight.core.names.arabic import is_arabic_name
from crosslight.core.names.characters import MIXED, Readings
from crosslight.core.names.chinese import Role, chinese_words
from crosslight.core.names.folds import are_syllabic, folds_of, guesses_of, telling, without_foreign
from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.nigerian import short_forms
from crosslight.core.names.particles import particles
from crosslight.core.names.phrases import organisation_words, person_words
from crosslight.core.names.scripts import latin_word
from crosslight.core.names.spellings import key_of, words_of
from crosslight.core.names.vietnamese import are_vietnamese, signed_form, vietnamese_words
from crosslight.core.names.wikidata_items import items_of

MOST_TOKENS = 8
# Of the folds that an unlisted word may have, for keys multiply with each other.
_MOST_KEYS = 3

# Two consonants, such as Kh., are the start of a name and no name.
_CUT_OFF = 2
_GIVEN_AND_SURNAME = 2
_WITH_PATRONYMIC = 3
_CHAIN = 3
_ARABIC = "arabic"


class NameKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """One word: `text` in its own script with its accents, `latin` in a to z.

    `fold` is its form under the general letter rules, `folds` that, those of other families and of
    a word that nobody lists its guesses, `telling_folds` one of each family.
    `group_names` are the lexicon's firm groups, `weak_groups` its weak ones; `clusters`, `origins`
    and `regions` are those of `lexicon.Entry`; `is_listed` if it holds the very spelling.
    `called` are parts of a long Nigerian name by which its bearer may be called.
    `items` are Wikidata's name items; `is_known` if these or the lexicon list the word.
    `is_short` marks an initial or cut-off word, `is_father` a father's name: with ould, mint, ben
    or oglu, or a patronymic; `is_syllabic` a word that may be made
    of Chinese syllables, `is_descent` Junior, Neto and the like. `role` is what the word is for in
    a Chinese name, `as_family` and `as_given` the characters that it may then stand for. `signed`
    is a form of the word of a name that is written with all signs of Vietnamese.
    """

    text: str
    latin: str
    fold: str
    folds: frozenset[str]
    telling_folds: tuple[str, ...]
    group_names: frozenset[str]
    weak_groups: frozenset[str]
    clusters: frozenset[str]
    relations: frozenset[int]
    origins: frozenset[int]
    regions: frozenset[str]
    called: frozenset[str]
    items: frozenset[int]
    is_listed: bool = False
    is_known: bool = False
    is_title: bool = False
    is_short: bool = False
    is_syllabic: bool = False
    is_descent: bool = False
    is_father: bool = False
    role: Role | None = None
    as_family: Readings | None = None
    as_given: Readings | None = None
    signed: str = ""

    def __hash__(self) -> int:
        """Of the text alone: tokens are looked up millions of times, and text tells them apart."""
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        """By what the rest follows from: the text, and what the word is for."""
        return self is other or (
            isinstance(other, Token)
            and self.text == other.text
            and self.is_father == other.is_father
            and self.is_title == other.is_title
            and self.role == other.role
            and self.signed == other.signed
        )

    def __lt__(self, other: Token) -> bool:
        return (self.text, self.is_father) < (other.text, other.is_father)

    def __gt__(self, other: Token) -> bool:
        return other < self

    @property
    def key_words(self) -> tuple[str, ...]:
        """Words under which the token is indexed: one for a listed word, its folds for another.

        Two tokens that are one name but for a slip or a short form may share none.
        """
        known = self.clusters or self.weak_groups
        found = tuple(sorted(known)) or self.telling_folds or (self.text,)
        return found[:_MOST_KEYS]

    @property
    def canonical(self) -> str:
        """One word for all spellings of the name, the first of its key words."""
        return self.key_words[0]


@dataclass(frozen=True, slots=True)
class ParsedName:
    """`others` are the tokens of other readings of the name.

    There are such where it is in doubt which word is the family name, or whether the name is
    Chinese or Vietnamese.
    """

    text: str
    kind: NameKind
    tokens: tuple[Token, ...] = field(default=())
    others: tuple[tuple[Token, ...], ...] = field(default=())

    @property
    def has_filiation(self) -> bool:
        return any(token.is_father for token in self.tokens)

    @property
    def is_chain(self) -> bool:
        """Whether it is of three Arabic words or more: one's own, the father's, and so on.

        The first two surely are Arabic names, the others may be.
        """
        words = [item for item in self.tokens if not item.is_title]
        return (
            self.kind is NameKind.PERSON
            and len(words) >= _CHAIN
            and all(_ARABIC in item.regions for item in words[:2])
            and all(_ARABIC in item.regions or not item.regions for item in words)
        )


@lru_cache(maxsize=32_768)
def parse(name: str, kind: NameKind = NameKind.PERSON) -> ParsedName:
    """Tokens of `name` in order, at most eight; particles gone, titles marked."""
    if kind is NameKind.ORGANISATION:
        return _parsed(name, kind, _organisation(organisation_words(name)))
    first, *others = _readings(name)
    return _parsed(name, kind, first, others=others)


def _parsed(
    name: str, kind: NameKind, tokens: Iterable[Token], *, others: Iterable[list[Token]] = ()
) -> ParsedName:
    kept = tuple(tuple(other)[:MOST_TOKENS] for other in others)
    return ParsedName(name, kind, tuple(tokens)[:MOST_TOKENS], kept)


def _readings(name: str) -> list[list[Token]]:
    """Tokens of a person's name, the likeliest reading first."""
    signed = vietnamese_words(name)
    if signed:
        return [[token(word, is_signed=True) for word in signed]]
    chinese = _chinese(name)
    if chinese and not are_vietnamese(words_of(name)):
        return chinese
    of_one_system = [held for held in chinese if not any(map(_is_mixed, held))]
    return [_person(person_words(name)), *of_one_system]


def _is_mixed(item: Token) -> bool:
    return item.role is not None and MIXED in item.role.given


def _chinese(name: str) -> list[list[Token]]:
    return [[token(word, role=role) for word, role in words] for words in chinese_words(name)]


def _person(words: list[str]) -> list[Token]:
    found = list(_person_tokens(_without_titles(words)))
    names = sum(not item.is_title for item in found)
    if names < _GIVEN_AND_SURNAME:
        return [token(item.text, is_father=item.is_father, is_only_given=True) for item in found]
    return _with_patronymic(found) if names >= _WITH_PATRONYMIC else found


def _without_titles(words: list[str]) -> list[str]:
    titles = particles().titles
    return [word for word in words if key_of(word) not in titles] or words


def _person_tokens(words: list[str]) -> Iterator[Token]:
    keys = [key_of(word) for word in words]
    is_father = False
    for place, word in enumerate(words):
        is_inside = 0 < place < len(words) - 1
        if _is_filiation(keys, place):
            is_father = place > 0
        elif not _is_dropped(keys[place], is_inside=is_inside) or len(words) == 1:
            yield token(word, is_father=is_father or _is_before_son(keys, place))


def _is_filiation(keys: list[str], place: int) -> bool:
    """Whether the word says that a father's name follows, or in "Hasan oglu" went before.

    Two words are a given name and a surname: Ben Sarr, Karim Bin.
    """
    known = particles()
    if len(keys) <= _GIVEN_AND_SURNAME:
        return False
    if place == 0:
        return keys[0] in known.filiation and is_arabic_name(keys[1])
    is_before = keys[place] in known.filiation and place < len(keys) - 1
    return is_before or keys[place] in known.filiation_after


def _is_before_son(keys: list[str], place: int) -> bool:
    return 0 < place < len(keys) - 1 and keys[place + 1] in particles().filiation_after


def _is_dropped(key: str, *, is_inside: bool) -> bool:
    """Whether the word is no name; one that opens or closes a name may be an initial or surname.

    Portuguese "do" is a Vietnamese surname, Spanish "y" an initial.
    """
    if key not in particles().dropped:
        return False
    return is_inside or (len(key) > 1 and key not in lexicon().entries)


def _with_patronymic(found: list[Token]) -> list[Token]:
    """Mark the first patronymic behind the first word; "Ivan Petrovich" alone has a surname."""
    if any(item.is_father for item in found):
        return found
    patronymic = particles().patronymic
    for place, item in enumerate(found[1:], start=1):
        if patronymic.search(item.latin):
            return [*found[:place], token(item.text, is_father=True), *found[place + 1 :]]
    return found


def _organisation(words: list[str]) -> Iterator[Token]:
    known = particles()
    kept = [word for word in words if key_of(word) not in known.dropped]
    named = [word for word in kept if key_of(word) not in known.legal_forms]
    return (token(word) for word in named or kept or words)


@lru_cache(maxsize=65_536)
def token(
    word: str,
    *,
    is_father: bool = False,
    is_only_given: bool = False,
    role: Role | None = None,
    is_signed: bool = False,
) -> Token:
    """Token of one word as `written` gives it.

    `is_only_given` says that the name has no other given name, as in "Cheikh Diop".
    """
    known, set_words = lexicon(), particles()
    key, latin = key_of(word), latin_word(word)
    entry, items = known.entry(word), items_of(latin)
    folds = without_foreign(folds_of(word), entry.regions if entry.is_listed else frozenset())
    guesses = () if entry.is_listed else guesses_of(word)
    is_honorific = key in set_words.honorific_names and not is_only_given
    is_title = role is None and not is_signed and (is_honorific or key in set_words.titles)
    return Token(
        text=word,
        latin=latin,
        fold=folds[0] if latin else word,
        folds=frozenset((*folds, *guesses)),
        telling_folds=telling(folds),
        group_names=entry.groups,
        weak_groups=entry.weak_groups,
        clusters=entry.clusters,
        relations=known.relations_of(word, entry),
        origins=entry.origins,
        regions=entry.regions,
        called=short_forms(latin),
        items=items,
        is_known=entry.is_listed or bool(items),
        is_listed=entry.is_listed,
        is_title=is_title,
        is_short=_is_short(latin, is_native=key != latin, is_listed=entry.is_listed),
        is_father=is_father,
        is_descent=key in set_words.descent,
        is_syllabic=are_syllabic(folds),
        role=role,
        as_family=role.as_family(word) if role else None,
        as_given=role.as_given(word) if role else None,
        signed=signed_form(word) if is_signed else "",
    )


def _is_short(latin: str, *, is_native: bool, is_listed: bool) -> bool:
    if is_native:
        return False
    if len(latin) == _CUT_OFF:
        return not is_listed and not _has_vowel(latin)
    return len(latin) == 1


def _has_vowel(word: str) -> bool:
    return any(char in "aeiouy" for char in word)
