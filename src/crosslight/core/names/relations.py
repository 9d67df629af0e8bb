"""How two words of two names relate: the same, one name spelt in two ways, or another name."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from crosslight.core.names.characters import HAN, agree
from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.likeness import (
    are_vowels_near,
    is_close,
    is_near,
    is_slip,
    is_swap,
    share_consonants,
)
from crosslight.core.names.nigerian import without_shared_front
from crosslight.core.names.romanisation import PINYIN
from crosslight.core.names.scripts import has_script
from crosslight.core.names.tokens import Token
from crosslight.core.names.unvowelled import consonants_of, is_arabic, reads_as


class Relation(StrEnum):
    """From the same word to two known different names.

    SPELLING: spellings that the lexicon surely holds to be one name; VARIANT: perhaps one name;
    RULE: one form under the letter rules; SLIP and LETTER: a typing error; CONSONANTS: vowels that
    are near each other between the same consonants; CLOSE: alike, no more.
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
    Relation.VARIANT: 2.6,
    Relation.RULE: 3.4,
    Relation.SHORT_FORM: 2.0,
    Relation.SLIP: 2.0,
    Relation.LETTER: -1.0,
    Relation.CONSONANTS: 0.8,
    Relation.INITIAL: 1.0,
    Relation.CLOSE: -2.5,
    Relation.UNLIKE: -4.5,
    Relation.OTHER_NAME: -7.0,
}
DIFFERING = frozenset({Relation.CLOSE, Relation.UNLIKE, Relation.OTHER_NAME})
# Systems of romanisation in which each syllable is written in one way.
_CERTAIN = frozenset({HAN, PINYIN})
# Two syllables in which letters changed places; of one they make another name (Liu, Lui).
_SLIP_OF_TWO = 6
_NO_SYSTEMS: frozenset[str] = frozenset()
_STANDARD = frozenset({PINYIN, "wg", "ty", "gr"})
_NIGERIAN = "nigerian"
_SHORTEST_CALLED = 3
_TITLE_SHARE = 0.25
_TELLING_CONSONANTS = 3
# Lower than any other pair, so that a title is left out rather than set against a name.
_TITLE_AGAINST_NAME = -7.5


class TokenPair(NamedTuple):
    """Two words set against each other; a tuple, for millions are made."""

    left: Token
    right: Token
    relation: Relation
    weight: float
    agrees: bool


@lru_cache(maxsize=131_072)
def relate(left: Token, right: Token) -> TokenPair:
    relation = relation_of(left, right)
    weight = WEIGHTS[relation]
    if left.is_title and right.is_title:
        weight *= _TITLE_SHARE
    elif left.is_title != right.is_title and relation in DIFFERING:
        weight = _TITLE_AGAINST_NAME
    return TokenPair(left, right, relation, weight, relation not in DIFFERING)


def relation_of(left: Token, right: Token) -> Relation:
    """As `relate`, not cached and without weight: for many pairs that come but once."""
    if left.is_title and right.is_title:
        return Relation.SAME if left.latin == right.latin else Relation.VARIANT
    if (left.role and right.role) or (left.signed and right.signed):
        found = _by_script(left, right)
        if found is not None:
            return found
    if _are_two_listed(left, right):
        return Relation.OTHER_NAME
    if left.text == right.text or _is_one_word(left, right):
        return Relation.INITIAL if left.is_short else Relation.SAME
    if left.is_short or right.is_short:
        return _initial(left, right)
    return _listed(left, right) or _unlisted(left, right)


def _by_script(left: Token, right: Token) -> Relation | None:
    """Of words of two Chinese names, or of two that are written with all signs of Vietnamese."""
    if left.role and right.role:
        return _by_characters(left, right)
    if left.signed == right.signed:
        return Relation.SAME
    return Relation.OTHER_NAME if left.latin == right.latin else None


def _by_characters(left: Token, right: Token) -> Relation:
    """Of words of Chinese names: by the characters that both may be written with.

    Of two words in characters, or of one in pinyin, it is sure that they are two names; dialects
    have more spellings than any table.
    """
    if left.text == right.text or _is_one_word(left, right):
        return Relation.SAME
    systems = _NO_SYSTEMS
    for ours, theirs in ((left.as_family, right.as_family), (left.as_given, right.as_given)):
        if ours and theirs:
            systems |= ours.sure | theirs.sure
            if agree(ours, theirs):
                if HAN in systems:
                    return Relation.SPELLING
                return Relation.RULE if systems <= _STANDARD else Relation.VARIANT
    if len(left.latin) >= _SLIP_OF_TWO and is_swap(left.latin, right.latin):
        return Relation.SLIP
    return Relation.OTHER_NAME if systems <= _CERTAIN else Relation.UNLIKE


def _are_two_listed(left: Token, right: Token) -> bool:
    """Whether one region's files list both, and nothing joins them: true of most pairs."""
    return (
        left.is_listed
        and right.is_listed
        and not left.regions.isdisjoint(right.regions)
        and left.clusters.isdisjoint(right.clusters)
        and not (left.weak_groups or right.weak_groups)
        and left.relations.isdisjoint(right.relations)
        and not ((left.called or right.called) and _is_called(left, right))
    )


def _is_called(left: Token, right: Token) -> bool:
    """Whether one word is a part of the other by which its bearer may be called: Ejiroghene."""
    return (
        left.latin in right.called
        or right.latin in left.called
        or left.fold in right.called
        or right.fold in left.called
    )


def _is_one_word(left: Token, right: Token) -> bool:
    """Of accents that one side lost, and of scripts; many Chinese characters sound alike."""
    if left.latin != right.latin or not left.latin:
        return False
    return not (has_script(left.text, "Han") and has_script(right.text, "Han"))


def _listed(left: Token, right: Token) -> Relation | None:
    """What the lexicon says of the words, if it says anything."""
    if not left.group_names.isdisjoint(right.group_names):
        return Relation.VARIANT if _are_kept_apart(left, right) else Relation.SPELLING
    if (left.weak_groups or right.weak_groups) and _share_weakly(left, right):
        return Relation.VARIANT
    if left.relations and not left.relations.isdisjoint(right.relations):
        return Relation.SHORT_FORM
    if (left.called or right.called) and _is_called(left, right):
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
    if not (left.is_listed and right.is_listed) or left.regions.isdisjoint(right.regions):
        return False
    region_of = lexicon().region_of
    together = {region_of[number] for number in left.origins & right.origins}
    return not (left.regions & right.regions) <= together


def _unlisted(left: Token, right: Token) -> Relation:
    """Words that no region's list tells apart: one fold, an error of the pen, or another name."""
    if not left.folds.isdisjoint(right.folds):
        return Relation.RULE
    if left.items and not left.items.isdisjoint(right.items):
        return Relation.VARIANT
    if left.latin.startswith(right.latin) or right.latin.startswith(left.latin):
        short, long = sorted((left, right), key=lambda item: len(item.latin))
        if _is_beginning(short, long):
            return Relation.SHORT_FORM
    return _by_letters(left, right)


def _is_beginning(short: Token, long: Token) -> bool:
    """Of a word that begins `long`: whether a Nigerian may be called so, for it is no name else."""
    is_cut = _SHORTEST_CALLED <= len(short.latin) <= len(long.latin) - 2
    return is_cut and not short.is_known and _NIGERIAN in long.regions


def _by_letters(left: Token, right: Token) -> Relation:
    """How far letters alone speak for one name; two words of the lexicon are two names.

    Of Chinese syllables each vowel makes another name.
    """
    is_latin = left.text.isascii() and right.text.isascii()
    if not is_latin and is_arabic(left.text) != is_arabic(right.text):
        return _across_scripts(left, right)
    error = _error(left, right) if _may_be_error(left, right) else None
    if error is Relation.SLIP:
        return error
    if left.is_syllabic and right.is_syllabic:
        return Relation.CLOSE
    is_shared = share_consonants(left.fold, right.fold)
    if is_shared and are_vowels_near(left.fold, right.fold):
        return Relation.CONSONANTS
    if error:
        return error
    if left.is_listed and right.is_listed and left.group_names and right.group_names:
        return Relation.OTHER_NAME
    is_alike = is_shared or is_close(left.latin, right.latin)
    return Relation.CLOSE if is_alike else Relation.UNLIKE


def _across_scripts(left: Token, right: Token) -> Relation:
    """Of a word in Arabic script and one in Latin letters: few consonants say little."""
    native, latin = (left, right) if is_arabic(left.text) else (right, left)
    if reads_as(native.text, latin=latin.latin, fold=latin.fold):
        is_telling = consonants_of(native.text) >= _TELLING_CONSONANTS
        return Relation.RULE if is_telling else Relation.CONSONANTS
    is_listed = left.group_names and right.group_names
    return Relation.OTHER_NAME if is_listed else Relation.UNLIKE


def _may_be_error(left: Token, right: Token) -> bool:
    """A word that somebody listed as it is written is hardly another listed word's slip.

    But letters swapped are, if one of the words is but one of Wikidata's many.
    """
    if not (left.is_known and right.is_known):
        return True
    is_listed = left.is_listed and right.is_listed
    return not is_listed and is_swap(left.latin, right.latin)


def _error(left: Token, right: Token) -> Relation | None:
    """The error of the pen that may be between the words as written or under the letter rules."""
    found = None
    for one, other in ((left.latin, right.latin), (left.fold, right.fold)):
        if is_near(one, other):
            if is_slip(one, other):
                found = Relation.SLIP
                break
            found = Relation.LETTER
    return None if found and _are_two_compounds(left, right) else found


def _are_two_compounds(left: Token, right: Token) -> bool:
    """Whether two words are near only by what Nigerian names begin with: Akintola, Akinola."""
    regions = left.regions | right.regions
    if regions and _NIGERIAN not in regions:
        return False
    one, other = without_shared_front(left.latin, right.latin)
    return one != left.latin and not is_near(one, other)


def _initial(left: Token, right: Token) -> Relation:
    short, long = sorted((left.latin, right.latin), key=lambda text: (len(text), text))
    is_start = bool(short) and long.startswith(short)
    return Relation.INITIAL if is_start else Relation.UNLIKE
