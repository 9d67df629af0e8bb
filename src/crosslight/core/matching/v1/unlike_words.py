"""A first look at many pairs of words: most are plainly two names, which need no comparison."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching.v1.columns import Flags
from crosslight.core.matching.v1.hashing import Words, number_of
from crosslight.core.names import Token

# Marks of what two words may share, one bit each; the more, the seldomer two fall together.
_BITS = 512
_BYTE = 64
# `likeness` allows one error of the pen, in words as long as this two; each changes two letters.
_LONG = 12
_LETTERS_PER_ERROR = 2
# What `likeness.is_close` asks of Jaro-Winkler, whose start counts up to four letters.
_CLOSE = 0.9
_START = 4
_START_SHARE = 0.1
# What is left out of a long name by those who call its bearer (`names.nigerian`) is no shorter.
_LEFT_OUT = 2
_VOWELS = re.compile("[aeiouyW]+")
_FEWEST_CONSONANTS = 2
# Scripts whose letters stand for consonants and vowels alike: Latin, Greek, Cyrillic.
_LETTERED = re.compile("[\\u0000-\\u052f\\u1e00-\\u1fff]+")


@dataclass(frozen=True, slots=True)
class Letters:
    """Of each word the letters that it has, how many, and its consonants as one number."""

    held: Words
    lengths: NDArray[np.int64]

    @staticmethod
    def of(words: list[str]) -> Letters:
        return Letters(
            held=np.array([_letters(word) for word in words], dtype=np.uint64),
            lengths=np.array([len(word) for word in words], dtype=np.int64),
        )


@dataclass(frozen=True, slots=True)
class WordMarks:
    """`is_plain` says that a word's relations follow from what is marked here and its letters."""

    is_plain: Flags
    is_syllabic: Flags
    is_named: Flags
    shared: Words
    latin: Letters
    folds: Letters
    consonants: Words
    starts: NDArray[np.uint8]

    @staticmethod
    def of(vocabulary: tuple[Token, ...]) -> WordMarks:
        latin = [token.latin for token in vocabulary]
        folds = [token.fold for token in vocabulary]
        starts = np.array([word[:_START].ljust(_START).encode() for word in latin], dtype="S4")
        return WordMarks(
            is_plain=np.array([_is_plain(token) for token in vocabulary], dtype=np.bool_),
            is_syllabic=np.array([token.is_syllabic for token in vocabulary], dtype=np.bool_),
            is_named=np.array(
                [token.is_listed and bool(token.group_names) for token in vocabulary]
            ),
            shared=_marks(vocabulary),
            latin=Letters.of(latin),
            folds=Letters.of(folds),
            consonants=np.array([_consonants(word) for word in folds], dtype=np.uint64),
            starts=starts.view(np.uint8).reshape(-1, _START),
        )

    def are_unlike(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> Flags:
        """Pairs of which nothing but UNLIKE or OTHER_NAME can be said; misses some of them."""
        found = self.is_plain[left] & self.is_plain[right]
        found &= ~(self.is_syllabic[left] & self.is_syllabic[right])
        for test in (self._may_be_errors, self._may_be_close, self._may_share):
            places = np.flatnonzero(found)
            found[places[test(left[places], right[places])]] = False
        return found

    def are_two_names(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> Flags:
        """Of unlike pairs: whether the lexicon lists both, so that they are known to be two."""
        return np.asarray(self.is_named[left] & self.is_named[right])

    def _may_share(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> Flags:
        return np.asarray((self.shared[left] & self.shared[right]).any(axis=1))

    def _may_be_errors(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> Flags:
        """An error of the pen, the same consonants, or a part left out."""
        found = self.consonants[left] == self.consonants[right]
        found &= self.consonants[left] > 0
        found |= _are_near(self.latin, left, right) | _are_near(self.folds, left, right)
        return np.asarray(found | _may_be_part(self.latin, left, right))

    def _may_be_close(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> Flags:
        """Whether Jaro-Winkler can reach the bound, if all letters that both hold are in order."""
        lengths, widths = self.latin.lengths[left], self.latin.lengths[right]
        ours, theirs = self.latin.held[left], self.latin.held[right]
        most = np.minimum(
            lengths - np.bitwise_count(ours & ~theirs), widths - np.bitwise_count(theirs & ~ours)
        )
        jaro = (most / np.maximum(lengths, 1) + most / np.maximum(widths, 1) + 1.0) / 3.0
        alike = self.starts[left] == self.starts[right]
        start = _START_SHARE * np.cumprod(alike, axis=1).sum(axis=1)
        return np.asarray(jaro + start * (1.0 - jaro) >= _CLOSE - 1e-9)


def _are_near(words: Letters, left: NDArray[np.int64], right: NDArray[np.int64]) -> Flags:
    lengths, widths = words.lengths[left], words.lengths[right]
    allowed = np.where(np.minimum(lengths, widths) >= _LONG, 2, 1)
    changed = np.bitwise_count(words.held[left] ^ words.held[right])
    near = (np.abs(lengths - widths) <= allowed) & (changed <= _LETTERS_PER_ERROR * allowed)
    return np.asarray(near)


def _may_be_part(words: Letters, left: NDArray[np.int64], right: NDArray[np.int64]) -> Flags:
    longer = words.lengths[left] - words.lengths[right]
    ours, theirs = words.held[left], words.held[right]
    is_in_left = (longer >= _LEFT_OUT) & (theirs & ~ours == 0)
    is_in_right = (longer <= -_LEFT_OUT) & (ours & ~theirs == 0)
    return np.asarray(is_in_left | is_in_right)


def _is_plain(token: Token) -> bool:
    is_odd = token.is_title or token.is_short or bool(token.role) or bool(token.signed)
    return not is_odd and bool(token.latin) and _LETTERED.fullmatch(token.text) is not None


def _letters(word: str) -> int:
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) % _BYTE)
    return found


def _consonants(fold: str) -> int:
    """A number for the consonants in order; 0 where they are too few to say anything."""
    left = _VOWELS.sub("", fold)
    return number_of(f"consonants={left}") if len(left) >= _FEWEST_CONSONANTS else 0


def _marks(vocabulary: tuple[Token, ...]) -> Words:
    found = np.zeros((len(vocabulary), _BITS // _BYTE), dtype=np.uint64)
    for place, token in enumerate(vocabulary):
        for mark in _held(token):
            bit = number_of(mark) % _BITS
            found[place, bit // _BYTE] |= np.uint64(1 << (bit % _BYTE))
    return found


def _held(token: Token) -> Iterator[str]:
    """All by which `names.relations` may join two words."""
    yield from (token.text, token.latin)
    yield from token.folds
    yield from token.called
    yield from (f"={name}" for name in token.group_names | token.weak_groups)
    yield from (f"~{number}" for number in token.relations)
    yield from (f"#{number}" for number in token.items)
