"""Chinese characters of names and how they are romanised: pinyin, Wade-Giles and dialects."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from crosslight.core.names.packaged import compiled_characters
from crosslight.core.names.romanisation import DIALECTS, MARK, PINYIN, read_characters, sound
from crosslight.core.names.scripts import has_script, latin_word

# The system of what is written in characters.
HAN = "han"
# Of a given name that no one system can read, as they are mixed in South-East Asia.
MIXED = "mixed"
_DIAERESIS = "u\u0308"
_MOST_SYLLABLES = 2
# What stands, in each set of characters of a dialect, for those whose reading is not in the tables.
_UNREAD = "?"
_DIALECT = {"yue": "yue", "mo": "yue", "min": "min", "hak": "hak"}
# In this order a system that reads two words decides whether they are one name.
_DECIDING = (PINYIN, "wg", "ty", "gr", "yue", "mo", "min", "hak", MIXED)
# Of systems in which a surname is rarer by more than this it hardly is.
RARER = 5.0
_NOTHING: frozenset[str] = frozenset()
_PINYIN = frozenset({PINYIN})
# What a syllable may be that no table has: a character of any dialect.
_UNKNOWN: Mapping[str, frozenset[str]] = dict.fromkeys(DIALECTS, _NOTHING)
_NO_WEIGHTS: Mapping[str, float] = {}

# A syllable in pinyin, Wade-Giles without its signs, or the spellings of Hong Kong and Singapore.
_SYLLABLE = re.compile(
    r"(?:ng|m|(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh|hs|ts|tz|ng|kw)?"
    r"(?:iu|iao|ian|iang|ien|ieng|ia|ie|in|ing|iong|iung|ih|i|uai|uan|uang|ueh|uei|ui|un|ung|uo|ua|ue"
    r"|uen|uk|ut|u|ai|ao|an|ang|ak|at|ap|au|am|aw|a|ei|en|eng|er|eh|ek|et|eung|ee|e|ou|ong|on|ok"
    r"|oi|oo|ow|ah|ooi|o|ik|im|it|ip|iew|yun|yi"
    r"|io|iok|eok|ock|eck|uat|oat|iat|eat|oe|ioe|oh|ew|eow|iow|iau|eo|eong|uay|oey|ean|ee|wee|uck|ye))"
)

Way = tuple[str, tuple[frozenset[str], ...]]


class Readings(NamedTuple):
    """Ways to read a word: for each a system and what characters each syllable may be.

    `sure` are the systems of which it may well be, so that one which reads two words decides.
    """

    sure: frozenset[str]
    ways: tuple[Way, ...]


class Spellings:
    """For each spelling of one syllable (or surname) and each system the characters it stands for.

    Beside them, marked, the syllable of pinyin, which stands for those that are not in the table.
    """

    def __init__(self, rows: Mapping[str, Mapping[str, str]]) -> None:
        self._rows = rows
        self._found: dict[str, Mapping[str, frozenset[str]]] = {}

    def __contains__(self, spelling: str) -> bool:
        return spelling in self._rows

    def of(self, spelling: str) -> Mapping[str, frozenset[str]]:
        """By system; nothing for a spelling that the table lacks."""
        found = self._found.get(spelling)
        if found is None:
            row = self._rows.get(spelling, {})
            found = {system: frozenset(names.split()) for system, names in row.items()}
            self._found[spelling] = found
        return found


@dataclass(frozen=True, slots=True)
class Characters:
    """`doubles` are spellings of surnames of two characters.

    `weights` are how common the commonest surname of a spelling is, system by system; `pinyin` is
    the sound of a character, `unread` are the dialects of which it has no reading.
    """

    surnames: Spellings
    given: Spellings
    doubles: frozenset[str]
    weights: Mapping[str, Mapping[str, float]]
    families: frozenset[str]
    pinyin: Mapping[str, str]
    unread: Mapping[str, list[str]]
    variants: Mapping[str, str] = field(repr=False)


@cache
def characters() -> Characters:
    """The current release, read once."""
    content = compiled_characters() or read_characters()
    return Characters(
        surnames=Spellings(content["surnames"]),
        given=Spellings(content["given"]),
        doubles=frozenset(content["doubles"]),
        weights=content["weights"],
        families=frozenset(content["families"]),
        pinyin=content["pinyin"],
        unread=content["unread"],
        variants=content["variants"],
    )


@lru_cache(maxsize=65_536)
def spelling_of(word: str) -> str:
    """A syllable or surname in a to z, ü as v where pinyin has it; other marks are lost."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    if _DIAERESIS in decomposed:
        found = latin_word(decomposed.replace(_DIAERESIS, "v"))
        if found in characters().given:
            return found
    return latin_word(word)


def is_surname(word: str) -> bool:
    return spelling_of(word) in characters().surnames


def is_family_character(word: str) -> bool:
    """Whether `word` in characters is a family name."""
    known = characters()
    return known.variants.get(word, word) in known.families


def is_double_surname(word: str) -> bool:
    """Whether `word` is a surname of two characters, which may be written apart."""
    return spelling_of(word) in characters().doubles


def surname_weights(word: str) -> Mapping[str, float]:
    """How common the surname is in each system that writes it so."""
    return characters().weights.get(spelling_of(word), _NO_WEIGHTS)


def surname_systems(word: str) -> frozenset[str]:
    """Systems that write some surname so."""
    return frozenset(surname_weights(word))


def given_systems(word: str, *, at: int = 0) -> frozenset[str]:
    """Systems that read the given name, cut `at` this place or wherever it can be.

    Pinyin only with characters that given names have: "wai" is pinyin, but of no name.
    """
    found = set()
    for system, syllables in _ways(spelling_of(word), at=at):
        if system != PINYIN or all(len(held) > 1 for held in syllables):
            found.add(system)
    return frozenset(found)


def is_syllables(word: str) -> int:
    """Into how many syllables `word` can be cut, the fewest, two at most; 0 if it cannot."""
    spelling = spelling_of(word)
    if spelling in characters().given:
        return 1
    return _MOST_SYLLABLES if any(_cuts(spelling, at=0)) else 0


def looks_chinese(word: str) -> bool:
    """Whether `word` is written as a syllable may be, listed or not."""
    return is_syllables(word) == 1 or bool(_SYLLABLE.fullmatch(latin_word(word)))


def _cuts(spelling: str, *, at: int) -> Iterator[tuple[str, ...]]:
    known = characters().given
    if not at and spelling in known:
        yield (spelling,)
    for place in (at,) if at else range(1, len(spelling)):
        first, second = spelling[:place], spelling[place:]
        if (first in known and second in known) or (at and _is_one_known(first, second)):
            yield first, second


def _is_one_known(first: str, second: str) -> bool:
    """Of two syllables that somebody wrote apart, of which the tables have but one."""
    known = characters().given
    one, other = (first, second) if first in known else (second, first)
    return one in known and looks_chinese(other)


def _ways(spelling: str, *, at: int) -> Iterator[Way]:
    known = characters().given
    for cut in _cuts(spelling, at=at):
        held = [known.of(syllable) or _UNKNOWN for syllable in cut]
        for system in held[0]:
            if all(system in others for others in held):
                yield system, tuple(others[system] for others in held)


@lru_cache(maxsize=65_536)
def surname_readings(word: str, systems: frozenset[str]) -> Readings | None:
    """Of a family name, of those of `systems` that write it so."""
    if has_script(word, "Han"):
        return _readings([(HAN, (_character(word),))])
    held, weights = characters().surnames.of(spelling_of(word)), surname_weights(word)
    may_be = held if PINYIN not in systems else [name for name in held if name in systems]
    found = _readings((name, (held[name],)) for name in may_be)
    if found is None:
        return None
    allowed = {name: weights[name] for name in held if name in systems}
    least = max(allowed.values(), default=0.0) / RARER
    return found._replace(sure=frozenset(n for n, weight in allowed.items() if weight > least))


@lru_cache(maxsize=65_536)
def given_readings(word: str, systems: frozenset[str], at: int) -> Readings | None:
    """Of a given name of one or two syllables, the second of which begins `at` (0: wherever)."""
    if has_script(word, "Han"):
        return _readings([(HAN, tuple(map(_character, word)))])
    spelling = spelling_of(word)
    if systems == {MIXED}:
        return _readings(_mixed(spelling, at=at))
    ways = [_with_unread(way) for way in _ways(spelling, at=at) if way[0] in systems]
    found = _readings(ways)
    if found and at and not systems.isdisjoint(DIALECTS):
        return found._replace(ways=(*found.ways, *_mixed(spelling, at=at)))
    return found


def _mixed(spelling: str, *, at: int) -> Iterator[Way]:
    known = characters().given
    for cut in _cuts(spelling, at=at):
        yield MIXED, tuple(_of_any(known.of(syllable)) for syllable in cut)


def _of_any(held: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return _NOTHING.union(*(held.get(system, _NOTHING) for system in (PINYIN, *DIALECTS)))


def _with_unread(way: Way) -> Way:
    system, syllables = way
    if system not in _DIALECT:
        return way
    mark = _UNREAD + _DIALECT[system]
    return system, tuple(held | {mark} for held in syllables)


def _readings(ways: Iterable[Way]) -> Readings | None:
    found = tuple(ways)
    return Readings(frozenset(system for system, _ in found), found) if found else None


@lru_cache(maxsize=16_384)
def _character(name: str) -> frozenset[str]:
    """A character (or a surname of two), its sound, and the dialects that the tables lack."""
    known = characters()
    plain = known.variants.get(name, name)
    unread = known.unread.get(plain, DIALECTS)
    spoken = sound(known.pinyin.get(plain) or latin_word(plain))
    return frozenset({plain, spoken, *(_UNREAD + dialect for dialect in unread)})


def agree(left: Readings, right: Readings) -> bool:
    """Whether both may be written with the same characters.

    If one system reads both, no other does; two words in characters are the same or not.
    """
    shared = left.sure & right.sure
    if HAN in shared:
        return any(_named(one) == _named(other) for one, other in product(left.ways, right.ways))
    deciding = next((system for system in _DECIDING if system in shared), None)
    if deciding == PINYIN and left.sure != right.sure and _PINYIN in (left.sure, right.sure):
        deciding = None
    may_be_unread = HAN in left.sure | right.sure
    return any(
        _meet(ours, theirs, may_be_unread=may_be_unread)
        for (system, ours), (other, theirs) in product(left.ways, right.ways)
        if deciding is None or system == other == deciding
    )


def _named(way: Way) -> tuple[str, ...]:
    return tuple(name for held in way[1] for name in held if not _is_mark(name))


def _is_mark(name: str) -> bool:
    return MARK in name or name.startswith(_UNREAD)


def _meet(
    ours: tuple[frozenset[str], ...], theirs: tuple[frozenset[str], ...], *, may_be_unread: bool
) -> bool:
    """Whether each syllable may be one character, one at least (or all) of the tables."""
    if len(ours) != len(theirs):
        return False
    shared = [one & other for one, other in zip(ours, theirs, strict=True)]
    read = sum(any(not name.startswith(_UNREAD) for name in held) for held in shared)
    return read == len(shared) or (may_be_unread and read > 0 and all(shared))
