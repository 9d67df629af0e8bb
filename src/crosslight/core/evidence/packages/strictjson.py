"""Reading JSON from strangers: canonical (RFC 8785 without fractions), not large, not deep."""

from __future__ import annotations

import json
import re

from crosslight.core.evidence import canonical
from crosslight.core.evidence.canonical import JSON, NotCanonical
from crosslight.core.evidence.packages.faults import PackageFault, shown

# Matches at every quotation mark, even one that is never closed, so that it runs through once.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.?)*+"?', re.DOTALL)
_OPENING, _CLOSING = frozenset(b"[{"), frozenset(b"]}")


def read_object(data: bytes, *, what: str, depth: int) -> dict[str, JSON]:
    """The object in `data`; the size was looked at by whoever read the file."""
    if _depth(data) > depth:
        raise PackageFault(f"{what} is nested deeper than {depth} levels.")
    try:
        value = json.loads(data, object_pairs_hook=_unique, parse_float=_refuse_fraction)
    except _Refused as error:
        raise PackageFault(f"{what} {error}.") from error
    except (ValueError, RecursionError) as error:
        raise PackageFault(f"{what} is not JSON in UTF-8.") from error
    if not isinstance(value, dict):
        raise PackageFault(f"{what} is not a JSON object.")
    try:
        canonical.decode(data)
    except NotCanonical as error:
        raise PackageFault(
            f"{what} is not written in the canonical form of RFC 8785 (no blanks, names sorted, "
            "whole numbers)."
        ) from error
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


def _depth(data: bytes) -> int:
    depth = deepest = 0
    for byte in _STRING.sub(b"", data):
        if byte in _OPENING:
            depth += 1
            deepest = max(deepest, depth)
        elif byte in _CLOSING:
            depth -= 1
    return deepest
