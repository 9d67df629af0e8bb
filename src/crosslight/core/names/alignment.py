"""One-to-one alignment of the words of two names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import permutations, product
from math import inf

from rapidfuzz.distance import OSA, JaroWinkler

from crosslight.core.names.tokens import ParsedName, Token, token


class Relation(StrEnum):
    """How two words of two names relate, from the same to two known different names."""

    SAME = "same"
    SPELLING = "spelling"
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
# One word that differs outweighs the surname and middle name that brothers share.
_CONFLICT = -3.0
_LEFT_OUT = -0.6
_TITLE_LEFT_OUT = -0.1
_TITLE_SHARE = 0.25
# Lower than any other pair, so that a title is left out rather than set against a name.
_TITLE_AGAINST_NAME = -7.5
_SLIP_LENGTH = 5
# Up to four words every choice is tried, 24 at most.
_MOST_TRIED = 4
_EPSILON = 1e-9
_VOWELS = re.compile("[aeiouyW]")
_FEWEST_CONSONANTS = 2
_CLOSE_LIKENESS = 0.9
_DIFFERING = frozenset({Relation.CLOSE, Relation.UNLIKE, Relation.OTHER_NAME})


@dataclass(frozen=True, slots=True)
class TokenPair:
    left: Token
    right: Token
    relation: Relation
    weight: float
    agrees: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    pairs: tuple[TokenPair, ...]
    left_over: tuple[Token, ...]
    right_over: tuple[Token, ...]
    weight: float


@lru_cache(maxsize=131_072)
def relate(left: Token, right: Token) -> TokenPair:
    relation = _relation(left, right)
    weight = WEIGHTS[relation]
    if left.is_title and right.is_title:
        weight *= _TITLE_SHARE
    elif left.is_title != right.is_title and relation in _DIFFERING:
        weight = _TITLE_AGAINST_NAME
    return TokenPair(left, right, relation, weight, relation not in _DIFFERING)


def _relation(left: Token, right: Token) -> Relation:
    if left.text == right.text:
        return Relation.INITIAL if left.is_short else Relation.SAME
    if left.is_short or right.is_short:
        return _initial(left, right)
    if left.group_names & right.group_names:
        return Relation.SPELLING
    if left.relations & right.relations:
        return Relation.SHORT_FORM
    if left.group_names and right.group_names and (left.is_listed and right.is_listed):
        return Relation.OTHER_NAME
    if left.fold == right.fold:
        return Relation.RULE
    return _unlisted(left, right)


def _unlisted(left: Token, right: Token) -> Relation:
    """Words that the lexicon does not hold as written: an error of the pen, or another name."""
    slip = _slip(left.text, right.text) or _slip(left.fold, right.fold)
    if slip:
        return slip
    if left.group_names and right.group_names:
        return Relation.OTHER_NAME
    return _likeness(left.fold, right.fold)


def _likeness(left: str, right: str) -> Relation:
    """Of words that nobody listed: how far letters alone speak for one name."""
    consonants = _VOWELS.sub("", left)
    if len(consonants) >= _FEWEST_CONSONANTS and consonants == _VOWELS.sub("", right):
        return Relation.CONSONANTS
    is_close = JaroWinkler.similarity(left.lower(), right.lower()) >= _CLOSE_LIKENESS
    return Relation.CLOSE if is_close else Relation.UNLIKE


def _initial(left: Token, right: Token) -> Relation:
    short, long = sorted((left.text, right.text), key=lambda text: (len(text), text))
    is_start = long[0] == short[0] and long.startswith(short)
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
    return Relation.LETTER if is_other_letter else Relation.SLIP


def align(left: ParsedName, right: ParsedName) -> Alignment:
    """The assignment of greatest weight; a father's name is never set against one's own."""
    lefts, rights = _split_alike(left.tokens, right.tokens)
    if left.has_filiation and right.has_filiation:
        return _merge(
            _assign(_own(lefts), _own(rights)), _assign(_fathers(lefts), _fathers(rights))
        )
    return _assign(lefts, rights)


def _own(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    return tuple(item for item in tokens if not item.is_father)


def _fathers(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    return tuple(item for item in tokens if item.is_father)


def _merge(one: Alignment, other: Alignment) -> Alignment:
    return Alignment(
        pairs=one.pairs + other.pairs,
        left_over=one.left_over + other.left_over,
        right_over=one.right_over + other.right_over,
        weight=one.weight + other.weight,
    )


def _split_alike(
    lefts: tuple[Token, ...], rights: tuple[Token, ...]
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Write two words as one where the other name does ("Abdel Aziz", "Abdelaziz")."""
    if len(lefts) == len(rights):
        return lefts, rights
    if len(lefts) > len(rights):
        return _join_like(lefts, rights), rights
    return lefts, _join_like(rights, lefts)


def _join_like(many: tuple[Token, ...], few: tuple[Token, ...]) -> tuple[Token, ...]:
    wanted = {item.text for item in few} | {item.fold for item in few}
    for place in range(len(many) - 1):
        joined = many[place].text + many[place + 1].text
        if joined in wanted:
            one = token(joined, is_father=many[place].is_father)
            return (*many[:place], one, *many[place + 2 :])
    return many


def _assign(lefts: tuple[Token, ...], rights: tuple[Token, ...]) -> Alignment:
    """Assignment of the shorter side to the longer; sides of one length in order of spelling."""
    if (len(lefts), lefts) > (len(rights), rights):
        return _mirror(_assign(rights, lefts))
    table = [[relate(one, other) for other in rights] for one in lefts]
    chosen = _best(table, width=len(rights))
    return _build(rights, [row[column] for row, column in zip(table, chosen, strict=True)], chosen)


def _mirror(found: Alignment) -> Alignment:
    pairs = tuple(relate(pair.right, pair.left) for pair in found.pairs)
    return Alignment(pairs, found.right_over, found.left_over, found.weight)


def _best(table: list[list[TokenPair]], *, width: int) -> tuple[int, ...]:
    """Column for each row so that the sum is greatest; ties go to the lowest columns."""
    if width > _MOST_TRIED:
        return _best_of_many(table, width=width)
    best: tuple[int, ...] = ()
    best_total = -inf
    for columns in _choices(len(table), width):
        total = 0.0
        for row, column in zip(table, columns, strict=True):
            total += row[column].weight
        if total > best_total + _EPSILON:
            best, best_total = columns, total
    return best


@cache
def _choices(rows: int, width: int) -> tuple[tuple[int, ...], ...]:
    return tuple(permutations(range(width), rows))


def _best_of_many(table: list[list[TokenPair]], *, width: int) -> tuple[int, ...]:
    """As `_best`, by dynamic programming over sets of columns taken: long names are rare."""
    states: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for row in table:
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for (taken, (total, path)), column in product(states.items(), range(width)):
            after = taken | 1 << column
            reached = total + row[column].weight
            if after != taken and reached > following.get(after, (-inf,))[0] + _EPSILON:
                following[after] = (reached, (*path, column))
        states = following
    return max(states.values(), key=lambda state: state[0])[1]


def _build(rights: tuple[Token, ...], pairs: list[TokenPair], chosen: tuple[int, ...]) -> Alignment:
    weight = 0.0
    agrees = True
    for pair in pairs:
        weight += pair.weight
        agrees = agrees and pair.agrees
    if not agrees:
        weight += _CONFLICT
    over: tuple[Token, ...] = ()
    if len(rights) > len(pairs):
        over = tuple(item for place, item in enumerate(rights) if place not in chosen)
        weight += sum(map(_cost_left_out, over))
    return Alignment(pairs=tuple(pairs), left_over=(), right_over=over, weight=weight)


def _cost_left_out(item: Token) -> float:
    return _TITLE_LEFT_OUT if item.is_title or item.is_short else _LEFT_OUT
