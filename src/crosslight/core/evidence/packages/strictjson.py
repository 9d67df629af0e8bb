"""Reading JSON from strangers: canonical (RFC 8785 without fractions), not large, not deep."""

from __future__ import annotations

import json
import re

from crosslight.core.evidence import canonical
from crosslight.core.evidence.canonical import JSON, NotCanonical
from crosslight.core.evidence.packages.faults import PackageFault, shown
from crosslight.core.evidence.packages.limits import Limits

# A string (even one that is never closed, so that it is run through once), or what holds values.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.?)*+"?|[\[\]{},]', re.DOTALL)
_OPENING, _CLOSING = frozenset(b"[{"), frozenset(b"]}")
# For each value: its name, itself if it is a string, what opens it or stands before it, its end.
_TOKENS_OF_A_VALUE = 4


def read_object(data: bytes, *, what: str, limits: Limits) -> dict[str, JSON]:
    """The object in `data`; the size was looked at by whoever read the file."""
    value = read_plain_object(data, what=what, limits=limits)
    if not _is_canonical(value, data):
        raise PackageFault(
            f"{what} is not written in the canonical form of RFC 8785 (no blanks, names sorted, "
            "whole numbers)."
        )
    return value


def read_plain_object(data: bytes, *, what: str, limits: Limits) -> dict[str, JSON]:
    """An object of other people's making: any spelling, but each name once and no fractions."""
    _check_shape(data, what=what, limits=limits)
    try:
        value = json.loads(data, object_pairs_hook=_unique, parse_float=_refuse_fraction)
    except _Refused as error:
        raise PackageFault(f"{what} {error}.") from error
    except (ValueError, RecursionError) as error:
        raise PackageFault(f"{what} is not JSON in UTF-8.") from error
    if not isinstance(value, dict):
        raise PackageFault(f"{what} is not a JSON object.")
    return value


class _Refused(Exception):
    """Not a ValueError, which the JSON reader raises for everything else."""


def _unique(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    value: dict[str, JSON] = {}
    for name, content in pairs:
        if name in value:
            raise _Refused(f"says {shown(name)} twice")
        value[name] = content
    return value


def _refuse_fraction(literal: str) -> JSON:
    raise _Refused(f"holds {shown(literal)}, which is not a whole number")


def _is_canonical(value: JSON, data: bytes) -> bool:
    try:
        return canonical.encode(value) == data
    except NotCanonical:
        return False


def _check_shape(data: bytes, *, what: str, limits: Limits) -> None:
    """Before anything is made of it: a short text can hold millions of values."""
    depth = 0
    for tokens, token in enumerate(_TOKEN.finditer(data), 1):
        first = data[token.start()]
        depth += (first in _OPENING) - (first in _CLOSING)
        if depth > limits.json_depth:
            raise PackageFault(f"{what} is nested deeper than {limits.json_depth} levels.")
        if tokens > _TOKENS_OF_A_VALUE * limits.json_values:
            raise PackageFault(f"{what} holds more than {limits.json_values} values.")
