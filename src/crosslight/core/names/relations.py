"""How two words of two names relate: the same, one name spelt in two ways, or another name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.scripts import has_script
from crosslight.core.names.tokens import Token


class Relation(StrEnum):
    """From the same word to two known different names.

    SPELLING: spellings that the lexicon surely holds to be one name; VARIANT: perhaps one name;
    RULE: one form under the letter rules; SLIP and LETTER: a typing error; CLOSE: alike, no more.
    """

    SAME = "same"
    SPELLING = "spelling"
    VARIANT = "variant"
    RULE = "rule"
    SHORT_FORM = "short_form"
    SLIP = "slip"
    LETTER = "letter"
    CONSONANTS = "consonants"
    INITIAL = "initial"
    CLOSE = "close"
    UNLIKE = "unlike"
    OTHER_NAME = "other_name"


# log2 likelihood ratios, set by hand: of pairs that are one person, and of pairs that are not,
# how often two aligned words stand in the relation. A released figure for names of which nothing
# is known; the matching model replaces agreement by the rarity of the word in the population.
WEIGHTS = {
    Relation.SAME: 4.0,
    Relation.SPELLING: 3.8,
    Relation.VARIANT: 1.6,
    Relation.RULE: 3.4,
    Relation.SHORT_FORM: 1.4,
    Relation.SLIP: 2.0,
    Relation.LETTER: -0.5,
    Relation.CONSONANTS: -1.5,
    Relation.INITIAL: 0.7,
    Relation.CLOSE: -2.5,
    Relation.UNLIKE: -5.0,
    Relation.OTHER_NAME: -7.0,
}
DIFFERING = frozenset({Relation.CLOSE, Relation.UNLIKE, Relation.OTHER_NAME})
_TITLE_SHARE = 0.25
# Lower than any other pair, so that a title is left out rather than set against a name.
_TITLE_AGAINST_NAME = -7.5
_SLIP_LENGTH = 5
_VOWELS = re.compile("[aeiouyW]")
_ENDINGS = "aeiouy"
_FEWEST_CONSONANTS = 2
_CLOSE_LIKENESS = 0.9


@dataclass(frozen=True, slots=True)
class TokenPair:
    left: Token
    right: Token
    relation: Relation
    weight: float
    agrees: bool


@lru_cache(maxsize=131_072)
def relate(left: Token, right: Token) -> TokenPair:
    relation = _relation(left, right)
    if left.is_title and right.is_title and relation in DIFFERING:
        relation = Relation.VARIANT
    weight = WEIGHTS[relation]
    if left.is_title and right.is_title:
        weight *= _TITLE_SHARE
    elif left.is_title != right.is_title and relation in DIFFERING:
        weight = _TITLE_AGAINST_NAME
    return TokenPair(left, right, relation, weight, relation not in DIFFERING)


def _relation(left: Token, right: Token) -> Relation:
    if left.text == right.text or _is_one_word(left, right):
        return Relation.INITIAL if left.is_short else Relation.SAME
    if left.is_short or right.is_short:
        return _initial(left, right)
    return _listed(left, right) or _unlisted(left, right)


def _is_one_word(left: Token, right: Token) -> bool:
    """Of accents that one side lost, and of scripts; many Chinese characters sound alike."""
    if left.latin != right.latin or not left.latin:
        return False
    return not (has_script(left.text, "Han") and has_script(right.text, "Han"))


def _listed(left: Token, right: Token) -> Relation | None:
    """What the lexicon says of the words, if it says anything."""
    if not left.group_names.isdisjoint(right.group_names):
        return Relation.VARIANT if _are_kept_apart(left, right) else Relation.SPELLING
    if _share_weakly(left, right):
        return Relation.VARIANT
    if not left.relations.isdisjoint(right.relations):
        return Relation.SHORT_FORM
    if _are_kept_apart(left, right):
        return Relation.OTHER_NAME
    return None


def _share_weakly(left: Token, right: Token) -> bool:
    return not (
        left.weak_groups.isdisjoint(right.weak_groups)
        and left.weak_groups.isdisjoint(right.group_names)
        and left.group_names.isdisjoint(right.weak_groups)
    )


def _are_kept_apart(left: Token, right: Token) -> bool:
    """Whether a region's files list both words as they are written, and never as one name."""
    if not (left.is_listed and right.is_listed):
        return False
    both = left.regions & right.regions
    if not both:
        return False
    region_of = lexicon().region_of
    return not both <= {region_of[number] for number in left.origins & right.origins}


def _unlisted(left: Token, right: Token) -> Relation:
    """Words that no region's list tells apart: one fold, an error of the pen, or another name."""
    if not set(left.folds).isdisjoint(right.folds):
        return Relation.RULE
    if not left.items.isdisjoint(right.items):
        return Relation.VARIANT
    slip = _slip(left.latin, right.latin) or _slip(left.fold, right.fold)
    if slip and not (_is_known(left) and _is_known(right)):
        return slip
    if left.group_names and right.group_names:
        return Relation.OTHER_NAME
    return _likeness(left.fold, right.fold)


def _is_known(word: Token) -> bool:
    """Whether somebody listed the word as it is written: then it is hardly another's slip."""
    return word.is_listed or bool(word.items)


def _likeness(left: str, right: str) -> Relation:
    """Of words that nobody listed: how far letters alone speak for one name."""
    consonants = _VOWELS.sub("", left)
    if len(consonants) >= _FEWEST_CONSONANTS and consonants == _VOWELS.sub("", right):
        return Relation.CONSONANTS
    is_close = JaroWinkler.similarity(left.lower(), right.lower()) >= _CLOSE_LIKENESS
    return Relation.CLOSE if is_close else Relation.UNLIKE


def _initial(left: Token, right: Token) -> Relation:
    short, long = sorted((left.latin, right.latin), key=lambda text: (len(text), text))
    is_start = bool(short) and long.startswith(short)
    return Relation.INITIAL if is_start else Relation.UNLIKE


def _slip(left: str, right: str) -> Relation | None:
    """One typing error in a word of five letters, two in one of ten, a swap in one of four.

    Another letter in place of one is a weaker sign than a letter too many, too few or swapped:
    in names of these regions it often makes another name (Barry, Barro).
    """
    length = min(len(left), len(right))
    if length < _SLIP_LENGTH:
        is_swap = length == len(left) == len(right) == _SLIP_LENGTH - 1
        return Relation.SLIP if is_swap and sorted(left) == sorted(right) else None
    allowed = 2 if length >= 2 * _SLIP_LENGTH else 1
    if OSA.distance(left, right, score_cutoff=allowed) > allowed:
        return None
    is_other_letter = len(left) == len(right) and sorted(left) != sorted(right)
    return Relation.LETTER if is_other_letter or _differ_at_end(left, right) else Relation.SLIP


def _differ_at_end(left: str, right: str) -> bool:
    """Whether one has a vowel more at its end: often the other sex, or a surname made of it."""
    short, long = sorted((left, right), key=len)
    return len(long) == len(short) + 1 and long.startswith(short) and long[-1] in _ENDINGS
