"""How alike the letters of two words are: errors of the pen, and vowels that clerks hear apart."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

_VOWELS = frozenset("aeiouyW")
_CONSONANT = re.compile("([^aeiouyW])")
_SLIP_LENGTH = 5
_SWAP_LENGTH = 4
_LONG = 12
_CLOSE = 0.9
_FEWEST_CONSONANTS = 2
_ENDING = re.compile(
    "(?:[oe]v(?:a|ich|ych|ic)?|ina?|sk(?:i|y|yi|ii|a|aia|aya)|enko|uk|ic|ich|escu|eanu|yan|idze)$"
)
_START = re.compile("^(?:a?b(?:ou|u)|abd[aeiou]*[lrsz]?|b[ei]n)(?=[a-z]{3})")
# How far two vowels are apart; of those not listed, as far as can be.
_FAR = 1.2
_APART = {
    frozenset(pair): distance
    for pair, distance in {
        "ae": 0.4,
        "ei": 0.15,
        "ey": 0.15,
        "iy": 0.0,
        "ou": 0.15,
        "oW": 0.15,
        "uW": 0.0,
        "ao": 0.9,
        "ai": 1.0,
        "ay": 1.0,
    }.items()
}
_LEFT_OUT = 0.5
# A vowel more at the end often is the other sex or another name.
_ENDING_LEFT_OUT = 1.0
# With so many consonants in common, vowels may be so far apart in all; measured on the spelling
# groups of the lexicon, where above these as many pairs are two names as one.
_MOST_APART = {2: 0.05, 3: 0.3, 4: 0.8}


def is_near(left: str, right: str) -> bool:
    """Whether one error makes one word the other: in a long word two, in one of four a swap.

    What surnames of one language end in does not count: Popov and Popkov are two names. Nor what
    Arabic names begin with: Abouzeid and Abousaad.
    """
    length = min(len(left), len(right))
    allowed = 2 if length >= _LONG else 1
    if abs(len(left) - len(right)) > allowed:
        return False
    if length < _SLIP_LENGTH:
        return length >= _SWAP_LENGTH and is_swap(left, right)
    if OSA.distance(left, right, score_cutoff=allowed) > allowed:
        return False
    for part in (_ENDING, _START):
        one, other = part.sub("", left), part.sub("", right)
        if len(one) < len(left) and len(other) < len(right) and not is_near(one, other):
            return False
    return True


def is_swap(left: str, right: str) -> bool:
    """Whether two letters side by side changed places."""
    if len(left) != len(right) or sorted(left) != sorted(right):
        return False
    return OSA.distance(left, right, score_cutoff=1) == 1


def is_slip(left: str, right: str) -> bool:
    """Of near words: whether a letter is too many, too few or swapped, as by a slip of the pen.

    Not if another letter stands in its place, or a vowel more at the end: in names of these
    regions that often makes another name (Barry, Barro).
    """
    return not (_is_other_letter(left, right) or _differ_at_end(left, right))


def _is_other_letter(left: str, right: str) -> bool:
    return len(left) == len(right) and sorted(left) != sorted(right)


def _differ_at_end(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    return len(long) == len(short) + 1 and long.startswith(short) and long[-1] in _VOWELS


def share_consonants(left: str, right: str) -> bool:
    """Whether two folds have the same consonants in order, two at least."""
    consonants = _skeleton(left)[0]
    return len(consonants) >= _FEWEST_CONSONANTS and consonants == _skeleton(right)[0]


def are_vowels_near(left: str, right: str) -> bool:
    """Of folds that share their consonants: whether their vowels are what one name may have."""
    consonants, ours = _skeleton(left)
    theirs = _skeleton(right)[1]
    allowed = _MOST_APART[min(len(consonants), max(_MOST_APART))]
    last = len(ours) - 1
    apart = 0.0
    for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        if one != other:
            apart += _apart(one, other, is_last=place == last)
            if apart > allowed:
                return False
    return True


def is_close(left: str, right: str) -> bool:
    """Whether two words look alike, which of names says little."""
    return JaroWinkler.similarity(left, right, score_cutoff=_CLOSE) > 0


@lru_cache(maxsize=65_536)
def _skeleton(fold: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Consonants of a fold, and the vowels before, between and after them."""
    parts = _CONSONANT.split(fold)
    return tuple(parts[1::2]), tuple(parts[::2])


@lru_cache(maxsize=4_096)
def _apart(left: str, right: str, *, is_last: bool) -> float:
    """Distance of two groups of vowels: of an alignment in order, the least."""
    if not left or not right:
        return (_ENDING_LEFT_OUT if is_last else _LEFT_OUT) * len(left or right)
    row = [_LEFT_OUT * place for place in range(len(right) + 1)]
    for one in left:
        before, row = row, [row[0] + _LEFT_OUT]
        for place, other in enumerate(right):
            changed = before[place] + _vowels_apart(one, other)
            row.append(min(before[place + 1] + _LEFT_OUT, row[-1] + _LEFT_OUT, changed))
    return row[-1]


def _vowels_apart(one: str, other: str) -> float:
    return 0.0 if one == other else _APART.get(frozenset((one, other)), _FAR)
