"""Addresses and places, folded to words that survive spelling habits, with their position."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from types import MappingProxyType

from rapidfuzz.distance import OSA

from crosslight.core.attributes import coordinates
from crosslight.core.attributes.packaged import load
from crosslight.core.attributes.sentences import gettext_noop
from crosslight.core.names.folds import fold
from crosslight.core.names.scripts import to_latin

SENTENCES = MappingProxyType(
    {
        "same_door": gettext_noop("The addresses name the same door."),
        "within_50m": gettext_noop("The places lie at most 50 metres apart."),
        "within_500m": gettext_noop("The places lie at most 500 metres apart."),
        "same_street": gettext_noop("The addresses name the same street."),
        "within_5km": gettext_noop("The places lie at most five kilometres apart."),
        "same_place": gettext_noop("The addresses name the same quarter or town."),
        "different": gettext_noop("The addresses are different."),
    }
)

_WORD = re.compile(r"[a-z0-9]+")
_ABBREVIATIONS = {
    "st": "street",
    "str": "street",
    "rd": "road",
    "ave": "avenue",
    "av": "avenue",
    "bd": "boulevard",
    "blvd": "boulevard",
    "bvd": "boulevard",
    "apt": "apartment",
    "no": "",
    "nr": "",
}
_PARTS = re.compile(r"[,;\n/]|\s[-–]\s")
_ORDINAL = re.compile(r"\b(?:n|nr|no)\s?[°º]\s?")
# Sections of a quarter are part of its name: "Unité 10", "Phase II".
_SECTION = re.compile(r"\b(unite|unit|u|phase|secteur|sector|zone|ilot) ?(\d{1,3}|i{1,3}|iv|v)\b")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
_NUMBER = re.compile(r"\d{1,5}[a-z]{0,3}")
_LONGEST = 400
_MOST_DOOR_WORDS = 6
_FEWEST_WORDS = 2
_SLIP_LENGTH = 5
_RADII = ((50, "within_50m"), (500, "within_500m"), (5_000, "within_5km"))
_ORDER = {name: place for place, name in enumerate(SENTENCES)}
_FILLERS = frozenset({"the", "of", "de", "du", "des", "la", "le", "les", "da", "do", "el", "del"})


def words(raw: str) -> tuple[str, ...]:
    """Words of an address in order: Latin script, lower case, abbreviations written out."""
    return _words(raw)


@lru_cache(maxsize=65_536)
def _words(raw: str) -> tuple[str, ...]:
    found = (_ABBREVIATIONS.get(word, word) for word in _WORD.findall(to_latin(raw)))
    kept = [word for word in found if word and word not in _FILLERS]
    return tuple(kept)


def normalise(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """Sorted words, so that "12, rue Carnot" and "rue Carnot 12" are the same."""
    return " ".join(sorted(words(raw))) or None


def display(value: str) -> str:
    return value


@dataclass(frozen=True, slots=True)
class _Known:
    street_kinds: frozenset[str]
    number_words: frozenset[str]
    passed_over: frozenset[str]


@cache
def _known() -> _Known:
    content = load("address_words-0.1.0.yaml")
    return _Known(
        street_kinds=frozenset(content["street_kinds"]),
        number_words=frozenset(content["number_words"]),
        passed_over=frozenset(
            word for name in ("quarter_kinds", "small", "countries") for word in content[name]
        ),
    )


@dataclass(frozen=True, slots=True)
class _Address:
    position: str
    number: str
    street: frozenset[str]
    place: frozenset[str]
    written: tuple[str, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        return self.street | self.place

    def packed(self) -> str:
        words = (" ".join(sorted(self.street)), " ".join(sorted(self.place)))
        return "|".join((self.position, self.number, *words, " ".join(self.written)))


def form(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """`lat,lon|number|street words|place words|words`: words folded, in order of the alphabet.

    The last are all words as they were written, in their order. "12 bis, rue Carnot, Médina,
    Dakar" becomes "|12bis|karnot|dakar medina|carnot medina dakar".
    """
    return _form(raw[:_LONGEST])


@lru_cache(maxsize=65_536)
def _form(raw: str) -> str | None:
    position, text = coordinates.read(raw)
    parts = [part.split() for part in map(_spaced, _PARTS.split(to_latin(text)))]
    number, street, place = "", list[str](), list[str]()
    for part in parts:
        found, told = _taken_apart(part)
        is_street = not street and (bool(_known().street_kinds & set(part)) or bool(found))
        number = number or (found if is_street or not told else "")
        (street if is_street else place).extend(told)
    address = _Address(
        position=str(position) if position else "",
        number=number,
        street=frozenset(map(fold, street)),
        place=frozenset(map(fold, place)),
        written=(*street, *place),
    )
    return address.packed() if position or street or place else None


def _spaced(part: str) -> str:
    """Words and numbers of a part, "12 bis" as one."""
    plain = " ".join(_WORD.findall(_ORDINAL.sub("no ", part)))
    joined = re.sub(r"\b(\d{1,4}) (bis|ter|[a-d])\b", r"\1\2", plain)
    return _SECTION.sub(lambda found: found.group(1)[0] + _section_number(found.group(2)), joined)


def _section_number(text: str) -> str:
    return _ROMAN.get(text, text.lstrip("0"))


def _taken_apart(part: list[str]) -> tuple[str, list[str]]:
    """Number of the door, and the telling words; a street may be called by a number alone."""
    known = _known()
    numbers = [word for word in part if _NUMBER.fullmatch(word)]
    dropped = known.street_kinds | known.number_words | known.passed_over
    told = [word for word in part if word not in dropped and word not in numbers]
    called = _called_by_number(part, has_name=bool(told))
    number = next((word for word in numbers if word != called), "")
    return number.lstrip("0"), [*told, called] if called else told


def _called_by_number(part: list[str], *, has_name: bool) -> str:
    """The number right after the kind of street: "rue 10" is its name, "rue Carnot 10" is not."""
    if has_name:
        return ""
    pairs = pairwise(part)
    after = (word for kind, word in pairs if kind in _known().street_kinds)
    return next((word for word in after if _NUMBER.fullmatch(word)), "")


def key(value: str) -> str | None:
    """Number, street and place together; None unless all are known."""
    address = _parsed(value)
    if not (address.number and address.street and address.place):
        return None
    return " ".join((address.number, *sorted(address.street), *sorted(address.place)))


def variants(value: str) -> tuple[str, ...]:
    """Door with each other word, street with each word of its place, cells of the position."""
    address = _parsed(value)
    street = " ".join(sorted(address.street))
    words = sorted(address.street | address.place)[:_MOST_DOOR_WORDS]
    found = {f"door:{address.number} {word}" for word in words} if address.number else set()
    if street:
        found |= {f"street:{street} {word}" for word in address.place}
    position = coordinates.from_text(address.position)
    if position:
        found |= {f"cell:{cell}" for cell in coordinates.cells(position)}
    return tuple(sorted(found))


@lru_cache(maxsize=65_536)
def _parsed(value: str) -> _Address:
    position, number, street, place, written, *_ = (*value.split("|"), "", "", "", "", "")
    return _Address(
        position,
        number,
        frozenset(street.split()),
        frozenset(place.split()),
        tuple(written.split()),
    )


@lru_cache(maxsize=65_536)
def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES; the stronger of distance and words.

    Positions more than five kilometres apart leave at most the same town.
    """
    ours, theirs = _parsed(min(left, right)), _parsed(max(left, right))
    by_words = _words_level(ours, _spelt_like(ours, theirs))
    here, there = (coordinates.from_text(address.position) for address in (ours, theirs))
    if here is None or there is None:
        return by_words
    metres = coordinates.metres_between(here, there)
    by_distance = next((name for most, name in _RADII if metres <= most), None)
    if by_distance is None:
        return _weaker(by_words, "same_place")
    return min(by_words, by_distance, key=_ORDER.__getitem__)


def _weaker(one: str, other: str) -> str:
    return max(one, other, key=_ORDER.__getitem__)


def _spelt_like(ours: _Address, theirs: _Address) -> _Address:
    """`theirs` with each word that is one of `ours` but for a slip written as there.

    Clerks also part words elsewhere: "Brackenl Eigh" is Bracken Leigh.
    """
    missing, strange = _only_in(ours, theirs), _only_in(theirs, ours)
    if not missing or not strange:
        return theirs
    meant = {word: own for word in strange for own in missing if _is_slip(own, word)}
    missing = [own for own in missing if own not in meant.values()]
    strange = [word for word in strange if word not in meant]
    if _is_slip("".join(missing), "".join(strange)):
        meant |= dict.fromkeys(strange, " ".join(missing))
    gone = set(map(fold, meant))
    mended = {fold(word) for words in meant.values() for word in words.split()}
    return _Address(
        theirs.position,
        theirs.number,
        (theirs.street - gone) | (mended & ours.street),
        (theirs.place - gone) | (mended & ours.place),
    )


def _only_in(one: _Address, other: _Address) -> list[str]:
    """Words as they were written that are none of the other's under the letter rules."""
    return [word for word in one.written if fold(word) not in other.words]


def _is_slip(one: str, other: str) -> bool:
    """Whether a letter is too many, too few, another, or two changed places; numbers are exact."""
    if min(len(one), len(other)) < _SLIP_LENGTH or not (one.isalpha() and other.isalpha()):
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1


def _words_level(ours: _Address, theirs: _Address) -> str:
    if _is_same_street(ours, theirs) or _has_same_words(ours, theirs):
        is_same_door = ours.number and ours.number == theirs.number
        return "same_door" if is_same_door else "same_street"
    return "same_place" if _is_same_place(ours.place, theirs.place) else "different"


def _is_same_street(ours: _Address, theirs: _Address) -> bool:
    """Street words agree, as far as the other has not counted some to the place; no other town."""
    if not ours.street & theirs.street:
        return False
    is_other_town = ours.place and theirs.place and not ours.place & theirs.place
    if is_other_town and not (ours.place | theirs.place) & (ours.street | theirs.street):
        return False
    return _covers(ours.street, theirs) and _covers(theirs.street, ours)


def _has_same_words(ours: _Address, theirs: _Address) -> bool:
    """Two words or more agree, whichever side counts them to street or place, but for a town."""
    left, right = ours.street | ours.place, theirs.street | theirs.place
    shared, others = left & right, left ^ right
    is_street = bool((ours.street | theirs.street) & shared)
    is_part = left <= right or right <= left
    is_town = others <= (ours.place | theirs.place)
    return is_street and is_part and is_town and len(shared) >= _FEWEST_WORDS


def _covers(words: Iterable[str], address: _Address) -> bool:
    """Whether `address` holds all `words`; where it names no place, one more may be the town."""
    missing = set(words) - address.street - address.place
    return len(missing) <= (0 if address.place else 1)


def _is_same_place(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    shared = ours & theirs
    return bool(shared) and 2 * len(shared) >= min(len(ours), len(theirs))
