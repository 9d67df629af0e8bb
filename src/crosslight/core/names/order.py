"""The order of a name's words, which tells a father from his son."""

from __future__ import annotations

from functools import cache

from crosslight.core.names.alignment import Alignment
from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.particles import particles
from crosslight.core.names.tokens import ParsedName, Token
from crosslight.core.names.vietnamese import are_vietnamese

_CHAIN = 3
_TURNED = -10.0
# For each word of an Arabic chain that agrees, about what it brought in.
_CHAIN_TURNED = -4.0
_FATHER_ALONE = -3.5
_CHRISTIAN = "Christian"


def against_order(found: Alignment, left: ParsedName, right: ParsedName) -> float:
    """What speaks against one person in the order of words that agree; 0 where nothing does."""
    if _is_turned(found, left, right):
        is_chain = left.is_chain and right.is_chain
        return _CHAIN_TURNED * len(found.pairs) if is_chain else _TURNED
    if _is_father_alone(found, left, right):
        return _FATHER_ALONE * len(found.pairs)
    return 0.0


def _is_turned(found: Alignment, left: ParsedName, right: ParsedName) -> bool:
    """Whether three words that agree changed places otherwise than a clerk changes them.

    Clerks put the family name first or last; Mohamed Ali Hassan and Ali Mohamed Hassan are
    father and son. Of Arabic names so does a longer chain, and one with a word left out. Of
    Vietnamese names clerks turn all words round; Monday Osaro Idahosa and Osaro Monday Idahosa
    are one man.
    """
    size = len(found.pairs)
    if size < _CHAIN or not all(pair.agrees for pair in found.pairs):
        return False
    if not len(left.tokens) == len(right.tokens) == _CHAIN and not (
        left.is_chain and right.is_chain
    ):
        return False
    order = _order(found, left, right)
    if len({(other - place) % size for place, other in enumerate(order)}) <= 1:
        return False
    return not (_is_turned_round(order, left) or _has_one_set_beside(found))


def _is_turned_round(order: list[int], name: ParsedName) -> bool:
    is_backwards = order == sorted(order, reverse=True)
    return is_backwards and are_vietnamese([item.text for item in name.tokens])


def _has_one_set_beside(found: Alignment) -> bool:
    """Whether one word is a Christian name, which clerks set before or behind a native one."""
    return sum(_is_set_beside(pair.left) or _is_set_beside(pair.right) for pair in found.pairs) == 1


def _is_set_beside(item: Token) -> bool:
    known = lexicon()
    return any(known.label_of[origin] == _CHRISTIAN for origin in item.origins)


def _order(found: Alignment, left: ParsedName, right: ParsedName) -> list[int]:
    """For each pair, in the order of the left name, its place among the right name's words.

    Words that were written as one for the comparison, or come twice, have no place of their
    own: then there is no order.
    """
    lefts = {item: place for place, item in enumerate(left.tokens)}
    rights = {item: place for place, item in enumerate(right.tokens)}
    placed = {
        lefts[pair.left]: rights[pair.right]
        for pair in found.pairs
        if pair.left in lefts and pair.right in rights
    }
    ranks = {place: rank for rank, place in enumerate(sorted(placed.values()))}
    if len(ranks) < len(found.pairs):
        return []
    return [ranks[placed[place]] for place in sorted(placed)]


def _is_father_alone(found: Alignment, left: ParsedName, right: ParsedName) -> bool:
    """Whether of a chain the first word alone is missing, so that the father's name is left.

    Not if that word is one that stands before the name one is called by: Mohamed Amine.
    """
    long, over = (left, found.left_over) if found.left_over else (right, found.right_over)
    if len(over) != 1 or over[0] != long.tokens[0] or not long.is_chain:
        return False
    first = over[0]
    if first.is_title or first.is_short or not first.group_names.isdisjoint(_placed_before()):
        return False
    order = _order(found, left, right)
    return all(pair.agrees for pair in found.pairs) and order == sorted(order)


@cache
def _placed_before() -> frozenset[str]:
    return frozenset().union(*map(lexicon().groups_of, particles().placed_before))
