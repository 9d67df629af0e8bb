"""Names of organisations: the words that tell, the legal form, and words that tell little."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from rapidfuzz.distance import OSA

from crosslight.core.attributes.packaged import load
from crosslight.core.attributes.sentences import gettext_noop
from crosslight.core.names.relations import Relation, relation_of
from crosslight.core.names.scripts import to_latin
from crosslight.core.names.tokens import token

SENTENCES = MappingProxyType(
    {
        "same": gettext_noop("The organisations have the same name."),
        "same_core": gettext_noop(
            "The names of the organisations differ only in legal form or in words that many share."
        ),
        "acronym": gettext_noop("One name is made of the first letters of the other."),
        "spelling": gettext_noop("The names of the organisations are spellings of each other."),
        "partial": gettext_noop(
            "The names of the organisations share some of the words that tell."
        ),
        "different": gettext_noop("The organisations have different names."),
    }
)

_DOTTED = re.compile(r"\b(?:[a-z]\.\s?){2,}[a-z]?\b\.?")
_WORD = re.compile(r"[a-z0-9]+")
_PLURAL = re.compile(r"(?:ies|es|s|x|ie|y|e)$")
_MOST_WORDS = 16
_SHORTEST_INSIDE = 3
_ACRONYM_LENGTHS = range(3, 9)
_GENERIC_WEIGHT = 0.2
_PARTIAL = 0.4
_SLIP_LENGTH = 6
_ONE_NAME = frozenset({Relation.SAME, Relation.SPELLING, Relation.RULE, Relation.SLIP})


@dataclass(frozen=True, slots=True)
class _Words:
    legal: dict[tuple[str, ...], str]
    longest_legal: int
    small: frozenset[str]
    generic: frozenset[str]


@cache
def _known() -> _Words:
    content = load("organisation_words-0.1.0.yaml")
    legal = {
        tuple(_WORD.findall(spelling)): family
        for family, lists in content["legal_forms"].items()
        for spellings in lists
        for spelling in spellings
    }
    return _Words(
        legal=legal,
        longest_legal=max(map(len, legal)),
        small=frozenset(content["small"]),
        generic=frozenset(word for words in content["generic"].values() for word in words),
    )


def form(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """Words in order, then `|` and the kind of legal form where one is written.

    "Teranga Transports S.A.R.L." becomes "teranga transports|limited".
    """
    return _form(raw[:400])


@lru_cache(maxsize=65_536)
def _form(raw: str) -> str | None:
    written = _DOTTED.sub(lambda found: f" {_undotted(found.group())} ", to_latin(raw))
    words, kinds = _without_legal_forms(_WORD.findall(written)[:_MOST_WORDS])
    told = [word for word in words if word not in _known().small] or words
    return f"{' '.join(told)}|{' '.join(sorted(kinds))}" if told else None


def _undotted(text: str) -> str:
    return re.sub(r"[.\s]", "", text)


def _without_legal_forms(words: list[str]) -> tuple[list[str], set[str]]:
    """Words left, and kinds of the legal forms taken out; a name of these alone stays whole."""
    legal, left, kinds, place = _known().legal, list[str](), set[str](), 0
    while place < len(words):
        length = _legal_length(words, place)
        if length:
            kinds.add(legal[tuple(words[place : place + length])])
        else:
            left.append(words[place])
        place += length or 1
    return (left, kinds) if left else (words, set())


def _legal_length(words: list[str], place: int) -> int:
    """How many words from `place` are a legal form; short ones count only at either end."""
    legal = _known().legal
    for length in range(min(_known().longest_legal, len(words) - place), 0, -1):
        candidate = tuple(words[place : place + length])
        is_at_end = place == 0 or place + length == len(words)
        if candidate in legal and (is_at_end or len("".join(candidate)) >= _SHORTEST_INSIDE):
            return length
    return 0


def key(value: str) -> str | None:  # noqa: ARG001
    """None: a name identifies no organisation."""
    return None


def variants(value: str) -> tuple[str, ...]:
    """Telling words under their spellings' common word, and the acronym of the name or in it."""
    parsed = _parsed(value)
    telling = " ".join(sorted(parsed.telling))
    letters = {f"acronym:{text}" for text in parsed.acronyms}
    return tuple(sorted({f"core:{telling}", *letters})) if telling else tuple(sorted(letters))


@dataclass(frozen=True, slots=True)
class _Parsed:
    """`canonical` holds one word for all spellings of each of `words`.

    `telling` are those that few names share, or all where none is such (`is_generic`).
    """

    words: tuple[str, ...]
    kinds: frozenset[str]
    canonical: tuple[str, ...]
    telling: frozenset[str]
    is_generic: bool

    @property
    def acronyms(self) -> frozenset[str]:
        """First letters of three words or more, or the one word that may be such letters."""
        letters = "".join(word[0] for word in self.words) if len(self.words) > 1 else ""
        single = self.words[0] if len(self.words) == 1 else ""
        # "Agence Nationale de Lutte (ANL)" holds its own.
        own = [word for word in self.words if letters in {word + word[0], word[0] + word}]
        found = (letters, single, *own)
        return frozenset(text for text in found if len(text) in _ACRONYM_LENGTHS)


@lru_cache(maxsize=65_536)
def _parsed(value: str) -> _Parsed:
    text, _, kinds = value.partition("|")
    words = tuple(_WORD.findall(text))
    generic = _known().generic
    telling = [word for word in words if word not in generic]
    return _Parsed(
        words=words,
        kinds=frozenset(kinds.split()),
        canonical=tuple(token(word).canonical for word in words),
        telling=frozenset(token(word).canonical for word in telling or words),
        is_generic=not telling,
    )


@lru_cache(maxsize=65_536)
def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES."""
    ours, theirs = _parsed(min(left, right)), _parsed(max(left, right))
    if not ours.words or not theirs.words:
        return "same" if left == right else "different"
    if sorted(ours.words) == sorted(theirs.words):
        is_other_kind = ours.kinds and theirs.kinds and ours.kinds != theirs.kinds
        return "same_core" if is_other_kind else "same"
    if _telling_words(ours) == _telling_words(theirs):
        return "same_core"
    if _is_acronym(ours, theirs) or _is_acronym(theirs, ours):
        return "acronym"
    if _are_spellings(ours, theirs):
        return "spelling"
    return "partial" if _shared(ours, theirs) >= _PARTIAL else "different"


def _telling_words(name: _Parsed) -> frozenset[str]:
    generic = _known().generic
    return frozenset(word for word in name.words if word not in generic) or frozenset(name.words)


def _is_acronym(short: _Parsed, whole: _Parsed) -> bool:
    """One word alone, three letters or more, that the first letters of the other spell."""
    return len(short.words) == 1 and len(whole.words) > 1 and bool(short.acronyms & whole.acronyms)


def _are_spellings(ours: _Parsed, theirs: _Parsed) -> bool:
    """Telling words meet one to one, under the lexicon and letter rules or but for one slip."""
    if ours.telling == theirs.telling:
        return True
    only_ours, only_theirs = ours.telling - theirs.telling, theirs.telling - ours.telling
    if len(only_ours) == len(only_theirs) == 1:
        (one,), (other,) = _written(ours, only_ours), _written(theirs, only_theirs)
        return _is_slip(one, other) or relation_of(token(one), token(other)) in _ONE_NAME
    return _joined(ours.canonical) == _joined(theirs.canonical)


def _written(name: _Parsed, canonical: Iterable[str]) -> list[str]:
    """The first word of the name that stands for each of these."""
    words = dict(zip(reversed(name.canonical), reversed(name.words), strict=True))
    return [words[common] for common in canonical]


def _joined(words: Iterable[str]) -> str:
    return "".join(words)


def _is_slip(left: str, right: str) -> bool:
    is_long = min(len(left), len(right)) >= _SLIP_LENGTH
    ours, theirs = _singular(left), _singular(right)
    return is_long and OSA.distance(ours, theirs, score_cutoff=1) <= 1


def _singular(word: str) -> str:
    """Without the endings of the plural in English, French, Spanish and Portuguese."""
    return _PLURAL.sub("", word)


def _shared(ours: _Parsed, theirs: _Parsed) -> float:
    """Weight of shared words over that of all, where a word that tells is shared; 0 otherwise."""
    if ours.is_generic or not ours.telling & theirs.telling:
        return 0.0
    telling = ours.telling | theirs.telling
    left, right = set(ours.canonical), set(theirs.canonical)
    both, either = _weight(left & right, telling), _weight(left | right, telling)
    return both / either if either else 0.0


def _weight(words: Iterable[str], telling: frozenset[str]) -> float:
    return sum(1.0 if word in telling else _GENERIC_WEIGHT for word in words)
