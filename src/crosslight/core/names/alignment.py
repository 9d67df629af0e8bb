"""One-to-one alignment of the words of two names."""

from __future__ import annotations

from functools import cache
from itertools import permutations, product
from math import inf
from typing import NamedTuple

from crosslight.core.names.folds import fold
from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.relations import TokenPair, relate
from crosslight.core.names.tokens import ParsedName, Token, token

# One word that differs outweighs the surname and middle name that brothers share.
_CONFLICT = -3.0
# And no further word that they share makes up for it.
_MOST_BESIDE_CONFLICT = 8.0
_LEFT_OUT = -0.6
_TITLE_LEFT_OUT = -0.1
# Whoever is no Junior or Neto may be his father or grandfather.
_DESCENT_LEFT_OUT = -5.0
# Up to four words every choice is tried, 24 at most.
_MOST_TRIED = 4
_EPSILON = 1e-9


class Alignment(NamedTuple):
    """Words of two names set against each other, and the words without a counterpart."""

    pairs: tuple[TokenPair, ...]
    left_over: tuple[Token, ...]
    right_over: tuple[Token, ...]
    weight: float


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
    """Write two words as one where the other name does ("Abdel Aziz", "Abdelaziz").

    Or where it has a short form of both: Chema is Jose Maria.
    """
    if len(lefts) == len(rights):
        return lefts, rights
    if len(lefts) > len(rights):
        return _join_like(lefts, rights), rights
    return lefts, _join_like(rights, lefts)


def _join_like(many: tuple[Token, ...], few: tuple[Token, ...]) -> tuple[Token, ...]:
    wanted = {item.latin for item in few}.union(*(item.folds for item in few))
    called = frozenset[int]().union(*(item.relations for item in few))
    for place in range(len(many) - 1):
        joined = many[place].latin + many[place + 1].latin
        if joined in wanted or fold(joined) in wanted or _are_called(joined, called):
            one = token(joined, is_father=many[place].is_father)
            return (*many[:place], one, *many[place + 2 :])
    return many


def _are_called(joined: str, called: frozenset[int]) -> bool:
    """Whether two words have one short form together that is among `called`: Chema, Juanjo."""
    return bool(called) and not called.isdisjoint(lexicon().relations.get(f"={joined}", ()))


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
    weight = sum(pair.weight for pair in pairs)
    differing = [pair.weight for pair in pairs if not pair.agrees]
    if differing:
        against = sum(differing)
        weight = min(weight - against, _MOST_BESIDE_CONFLICT) + against + _CONFLICT
    over: tuple[Token, ...] = ()
    if len(rights) > len(pairs):
        over = tuple(item for place, item in enumerate(rights) if place not in chosen)
        weight += sum(map(_cost_left_out, over))
    return Alignment(pairs=tuple(pairs), left_over=(), right_over=over, weight=weight)


def _cost_left_out(item: Token) -> float:
    if item.is_descent:
        return _DESCENT_LEFT_OUT
    return _TITLE_LEFT_OUT if item.is_title or item.is_short else _LEFT_OUT
