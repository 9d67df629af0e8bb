"""Chinese names: what is the family name, and given names of two syllables apart or joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from crosslight.core.names.characters import (
    HAN,
    MIXED,
    RARER,
    Readings,
    given_readings,
    given_systems,
    is_double_surname,
    is_family_character,
    is_surname,
    is_syllables,
    looks_chinese,
    surname_readings,
    surname_systems,
    surname_weights,
)
from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.particles import particles
from crosslight.core.names.romanisation import PINYIN
from crosslight.core.names.scripts import has_script
from crosslight.core.names.spellings import key_of, words_of

_REGION = "chinese"
_FEWEST, _MOST = 2, 5
_GIVEN = 2
_WITH_DOUBLE = 3
_MARRIED = 4
# Letters with signs that pinyin has; those of Vietnamese names are others.
_OTHER_SIGNS = re.compile(r"[^\W\d_a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]")
# How many times as often the family name comes first; written in capitals or before a comma it
# is beyond doubt, and so is one of two characters.
_FIRST, _MARKED, _DOUBLE = 2.5, 1_000.0, 50.0
# As likely as that, if no one system writes family name and given name so.
_NO_SYSTEM = 0.2
# Less likely than any other reading: a wife's own surname behind her husband's.
_WIFE = 0.01
# A reading that is less likely by more than this is none.
_DOUBTFUL = 25.0
# The weight of the rarest surnames, which most often are not those that they look like.
_RARE = 1.0
# How many words before and behind a Chinese name may be foreign.
_FOREIGN = ((0, 0), (1, 0), (0, 1), (2, 0), (0, 2))


class Role(NamedTuple):
    """In which systems a word of a Chinese name may be romanised, if it is the family name or not.

    The second syllable of a given name begins `at` this place, 0 if that is not known.
    """

    family: frozenset[str]
    given: frozenset[str]
    at: int = 0

    def as_family(self, word: str) -> Readings | None:
        """The characters that `word` may stand for as a family name."""
        return surname_readings(word, self.family) if self.family else None

    def as_given(self, word: str) -> Readings | None:
        """The characters that `word` may stand for as a given name."""
        return given_readings(word, self.given, self.at) if self.given else None


Word = tuple[str, Role | None]
_WADE = "wg"
# Systems of surnames that bear given names in pinyin.
_KEPT = (_WADE, "min", "hak")
_HAN: frozenset[str] = frozenset({HAN})
_PINYIN = frozenset({PINYIN})
_NONE: frozenset[str] = frozenset()


class _Chunk(NamedTuple):
    """What stands between spaces: one word, or two with a hyphen."""

    words: tuple[str, ...]
    is_marked: bool = False

    @property
    def joined(self) -> str:
        return "".join(self.words)

    def part(self, place: int) -> _Chunk:
        """One of its words."""
        return _Chunk(self.words[place : place + 1], self.is_marked)


class _Reading(NamedTuple):
    """Which chunks are the family name, the own one of a wife, and the given name."""

    weight: float
    family: tuple[_Chunk, ...]
    own: tuple[_Chunk, ...]
    given: tuple[_Chunk, ...]


def chinese_words(name: str) -> list[tuple[Word, ...]]:
    """Words of a Chinese name, each with its role, the likeliest reading first.

    Nothing if it is no Chinese name, two readings where either end may be the family name.
    """
    lowered = name.lower()
    if not lowered.isascii():
        if has_script(lowered, "Han"):
            return _of_characters(words_of(name))
        if _OTHER_SIGNS.search(lowered):
            return []
    return _of_syllables(_chunks(name)) if _has_surname(words_of(name)) else []


def _of_characters(words: list[str]) -> list[tuple[Word, ...]]:
    """A foreign name beside the characters is kept; the name in Latin letters is left away."""
    native = [word for word in words if has_script(word, "Han")]
    others = [word for word in words if not has_script(word, "Han")]
    parts = _characters_apart(native[0]) if len(native) == 1 else native
    if not _FEWEST <= len(parts) <= _WITH_DOUBLE:
        return []
    rest = () if _of_syllables([_Chunk((word,)) for word in others]) else others
    found: list[Word] = [*((word, None) for word in rest)]
    is_chinese = is_family_character(parts[0]) and len(parts[-1]) <= _GIVEN
    found += [(word, Role(_HAN, _NONE) if is_chinese else None) for word in parts[:-1]]
    found.append((parts[-1], Role(_NONE, _HAN) if is_chinese else None))
    return [tuple(found)]


def _characters_apart(name: str) -> list[str]:
    """A name in characters without spaces as family name and given name."""
    if len(name) == 1 or name in lexicon().entries:
        return [name]
    if len(name) > _GIVEN and is_family_character(name[:2]):
        return [name[:2], name[2:]]
    if len(name) == _MARRIED and is_family_character(name[0]) and is_family_character(name[1]):
        return [name[0], name[1], name[2:]]
    return [name[:1], name[1:]]


def _chunks(name: str) -> list[_Chunk]:
    first = name.partition(",")[0] if "," in name else ""
    titles = particles().titles
    found = []
    for raw in name.replace(",", " ").split():
        words = tuple(words_of(raw))
        if not words or (words[0] in titles and not is_surname(words[0])):
            continue
        is_marked = raw in first.split() or (raw.isupper() and not name.isupper())
        found.append(_Chunk(words, is_marked and len(raw) > 1))
    return found


def _of_syllables(chunks: list[_Chunk]) -> list[tuple[Word, ...]]:
    """The name as one Chinese name, or as one before or after foreign names."""
    for start, end in _FOREIGN:
        run = chunks[start : len(chunks) - end]
        if any(map(_is_syllable, (*chunks[:start], *chunks[len(chunks) - end :]))):
            continue
        found = _likeliest(run) if _FEWEST <= len(run) <= _MOST else []
        if found and (len(run) == len(chunks) or _is_surely_chinese(found[0])):
            foreign = [*chunks[:start], *chunks[len(chunks) - end :]]
            outside: list[Word] = [(word, None) for chunk in foreign for word in chunk.words]
            read = [_words(reading) for reading in found]
            return [(*outside, *words) for words in read if _is_likely(words, beside=read[0])]
    return []


def _is_surely_chinese(found: _Reading) -> bool:
    """Whether family name and two syllables are of one system, so that they are not by chance."""
    given = [word for chunk in found.given for word in chunk.words]
    systems = given_systems("".join(given), at=_cut(given))
    family = "".join(chunk.joined for chunk in found.family)
    return _syllables(found.given) == _GIVEN and not systems.isdisjoint(surname_systems(family))


def _is_likely(words: tuple[Word, ...], *, beside: tuple[Word, ...]) -> bool:
    """Whether a reading is in pinyin, too, if the likeliest is."""
    role, other = words[-1][1], beside[-1][1]
    return role is None or other is None or other.given != _PINYIN or role.given == _PINYIN


def _is_syllable(chunk: _Chunk) -> bool:
    return all(is_syllables(word) == 1 for word in chunk.words)


def _has_surname(words: list[str]) -> bool:
    """Whether one word, or two side by side, are a surname: true of few foreign names."""
    return any(map(is_surname, words)) or any(
        is_double_surname(one + other) for one, other in pairwise(words)
    )


def _likeliest(run: list[_Chunk]) -> list[_Reading]:
    options = [option for option in _options(run) if _is_given(option.given)]
    options.sort(key=lambda option: -option.weight)
    if not options or _is_foreign(options[0]):
        return []
    return [item for item in options[:2] if item.weight * _DOUBTFUL >= options[0].weight]


def _options(run: list[_Chunk]) -> Iterator[_Reading]:
    for count in (1, 2):
        yield from _option(run[:count], (), run[count:], weight=_FIRST)
        yield from _option(run[-count:], (), run[:-count], weight=1.0)
    for family, own, given in _of_a_wife(run):
        if is_surname(own.joined) and _syllables(tuple(given)) == _GIVEN:
            yield from _option([family], (own,), given, weight=_WIFE)


def _of_a_wife(run: list[_Chunk]) -> Iterator[tuple[_Chunk, _Chunk, list[_Chunk]]]:
    """Her husband's family name, her own and her given name, in the orders that they come in."""
    first, *_, last = run
    if len(run) > _FEWEST:
        yield first, run[1], run[2:]
        yield first, last, run[1:-1]
    for pair, given in ((first, run[1:]), (last, run[:-1])):
        if len(pair.words) > 1:
            yield pair.part(0), pair.part(1), given


def _option(
    family: list[_Chunk], own: tuple[_Chunk, ...], given: list[_Chunk], *, weight: float
) -> Iterator[_Reading]:
    joined = "".join(chunk.joined for chunk in family)
    is_double = is_double_surname(joined)
    is_family = is_double if len(family) > 1 else is_surname(joined)
    if is_family and given:
        weight *= _weight(joined, tuple(given)) * (_DOUBLE if is_double else 1.0)
        weight *= _MARKED if all(chunk.is_marked for chunk in family) else 1.0
        yield _Reading(weight, tuple(family), own, tuple(given))


def _weight(family: str, given: tuple[_Chunk, ...]) -> float:
    """How common the family name is in the systems that read the given name."""
    words = [word for chunk in given for word in chunk.words]
    systems = given_systems("".join(words), at=_cut(words))
    weights = surname_weights(family)
    common = [weight for name, weight in weights.items() if name in systems]
    return max(common) if common else _NO_SYSTEM * max(weights.values())


def _cut(words: list[str]) -> int:
    """Where the second syllable of a given name begins; 0 if nobody wrote it."""
    return len(words[0]) if len(words) > 1 else 0


def _is_given(chunks: tuple[_Chunk, ...]) -> bool:
    return 0 < _syllables(chunks) <= _GIVEN


def _syllables(chunks: tuple[_Chunk, ...]) -> int:
    """Syllables of a given name in all, 0 if the chunks are none."""
    words = [word for chunk in chunks for word in chunk.words]
    if len(words) == 1:
        return is_syllables(words[0])
    known = [is_syllables(word) == 1 for word in words]
    return len(words) if any(known) and all(map(looks_chinese, words)) else 0


def _is_foreign(found: _Reading) -> bool:
    """Whether other regions' files list the names, which but look like syllables: Mali, Ba."""
    family = "".join(chunk.joined for chunk in found.family)
    words = [word for chunk in found.given for word in chunk.words]
    ours, theirs = _foreign_regions(family), _foreign_regions(words[0])
    if ours and max(surname_weights(family).values()) <= _RARE:
        return True
    if len(words) > 1:
        return False
    if not given_systems(words[0]):
        return True
    if not theirs:
        return False
    return is_syllables(words[0]) > 1 or not theirs.isdisjoint(_regions(family))


def _regions(word: str) -> frozenset[str]:
    entry = lexicon().entries.get(key_of(word))
    return _NONE if entry is None else entry.regions


def _foreign_regions(word: str) -> frozenset[str]:
    """Regions whose files list a word that is not in the Chinese one."""
    entry = lexicon().entries.get(key_of(word))
    if entry is None or _REGION in entry.regions | entry.weak_regions:
        return _NONE
    return entry.regions


def _words(found: _Reading) -> tuple[Word, ...]:
    family = "".join(chunk.joined for chunk in found.family)
    words = [word for chunk in found.given for word in chunk.words]
    given, at = "".join(words), _cut(words)
    is_hyphened = any(len(chunk.words) > 1 for chunk in found.given)
    own, other = _systems(family, given, at=at, is_hyphened=is_hyphened)
    as_given, as_family = _NONE, _NONE
    if _is_either(found, given):
        as_family, as_given = _systems(given, family, at=0)
        if other == _PINYIN:
            as_family, as_given = as_family & other, as_given & other
    return (
        (family, Role(own, as_given)),
        *((chunk.joined, Role(own, _NONE)) for chunk in found.own),
        (given, Role(as_family, other, at)),
    )


def _is_either(found: _Reading, given: str) -> bool:
    """Whether of two syllables each may be the family name, and nothing tells which."""
    if len(found.family) > 1 or found.family[0].is_marked or found.own:
        return False
    return is_surname(given) and is_syllables(given) == 1 == is_syllables(found.family[0].joined)


def _systems(
    family: str, given: str, *, at: int, is_hyphened: bool = False
) -> tuple[frozenset[str], frozenset[str]]:
    """In what systems the two may be written: one for both, if there is such.

    In South-East Asia a family keeps its surname while its children's names are pinyin, and a
    given name written as one word is pinyin if it can be, one with a hyphen Wade-Giles.
    """
    families, givens = surname_systems(family), given_systems(given, at=at)
    common = families & givens
    if not common:
        return families, givens or frozenset({MIXED})
    if PINYIN in common and not at:
        common = _PINYIN
    elif _WADE in common and is_hyphened:
        common -= _PINYIN
    return common | _commoner(family, common), common


def _commoner(family: str, common: frozenset[str]) -> frozenset[str]:
    """Other systems in which the spelling is by far a commoner surname, as Tan is in Hokkien."""
    weights = surname_weights(family)
    least = RARER * max(weights[name] for name in common)
    return frozenset(name for name in _KEPT if weights.get(name, 0.0) >= least)
