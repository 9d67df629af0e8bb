"""How two different forms of one attribute relate: one function for each attribute that asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rapidfuzz.distance import OSA

from crosslight.core.matching.next.model import Attribute

Likeness = Callable[[str, str], str]

_SLIP_LENGTH = 5
_NUMBER_LENGTH = 7
_NEAR = 0.6
_PARTIAL = 0.3


def _number(left: str, right: str) -> str:
    """One character of a long number wrong, missing, too many or exchanged with its neighbour."""
    if min(len(left), len(right)) < _NUMBER_LENGTH:
        return "different"
    return "near" if OSA.distance(left, right, score_cutoff=1) <= 1 else "different"


def _place(left: str, right: str) -> str:
    ours, theirs = set(left.split()), set(right.split())
    if ours <= theirs or theirs <= ours:
        return "slip"
    is_long = min(len(left), len(right)) >= _SLIP_LENGTH
    return "slip" if is_long and OSA.distance(left, right, score_cutoff=1) <= 1 else "different"


def _address(left: str, right: str) -> str:
    ours, theirs = set(left.split()), set(right.split())
    alike = len(ours & theirs) / len(ours | theirs)
    if alike >= _NEAR:
        return "near"
    return "partial" if alike >= _PARTIAL else "different"


# Attributes that are not here know only the same and the different.
LIKENESSES: Mapping[Attribute, Likeness] = {
    Attribute.ACCOUNT: _number,
    Attribute.DOCUMENT: _number,
    Attribute.PLATE: _number,
    Attribute.REGISTRATION: _number,
    Attribute.VIN: _number,
    Attribute.BIRTH_PLACE: _place,
    Attribute.PLACE: _place,
    Attribute.OCCUPATION: _place,
    Attribute.ADDRESS: _address,
}
