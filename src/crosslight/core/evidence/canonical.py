"""One spelling per value: RFC 8785 (JSON Canonicalization Scheme) without fractions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NoReturn, TypeAlias

JSON: TypeAlias = "bool | int | str | Sequence[JSON] | Mapping[str, JSON] | None"

# Whole numbers that every JSON reader keeps exactly (RFC 7493, section 2.2).
LARGEST_INTEGER = 2**53 - 1


class NotCanonical(ValueError):
    """The value has no canonical form, or the bytes are not it."""


def encode(value: JSON) -> bytes:
    """The canonical bytes. Fractions, huge integers and lone surrogates have none."""
    try:
        text = json.dumps(
            _ordered(value), ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )
        return text.encode("utf-8")
    except (UnicodeEncodeError, RecursionError) as error:
        raise NotCanonical("This value cannot be written as canonical JSON.") from error


def encode_ascii(value: Mapping[str, JSON]) -> bytes:
    """As `encode`, several times quicker, for what is known to be ASCII in JSON's own types.

    The caller has checked that: dictionaries, lists, strings, whole numbers within bounds.
    """
    return _ENCODER.encode(value).encode("ascii")


def decode(data: bytes) -> JSON:
    """The value behind canonical bytes; any other spelling of the same value is refused."""
    try:
        value: JSON = _DECODER.decode(data.decode("utf-8"))
        is_canonical = _encode_decoded(value, is_ascii=data.isascii()) == data
    except (ValueError, RecursionError) as error:
        raise NotCanonical("These bytes are not canonical JSON in UTF-8.") from error
    if not is_canonical:
        raise NotCanonical("This JSON is not in its canonical form.")
    return value


def _encode_decoded(value: JSON, *, is_ascii: bool) -> bytes:
    """As `encode`, quicker: JSON gives no other types, and ASCII names have one order."""
    if not is_ascii:
        return encode(value)
    return _ENCODER.encode(value).encode("utf-8")


def _ordered(value: JSON) -> JSON:
    if isinstance(value, str) or value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _exact(value)
    if isinstance(value, Mapping):
        return {name: _ordered(value[name]) for name in _sorted_names(value)}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_ordered(item) for item in value]
    raise NotCanonical(f"{type(value).__name__} has no place in canonical JSON.")


def _exact_literal(literal: str) -> int:
    return _exact(int(literal))


def _exact(number: int) -> int:
    if abs(number) > LARGEST_INTEGER:
        raise NotCanonical("This number is too large to be kept exactly.")
    return number


def _sorted_names(value: Mapping[str, JSON]) -> list[str]:
    """RFC 8785, section 3.2.3: by UTF-16 code units, which for ASCII is the plain order."""
    if not all(isinstance(name, str) for name in value):
        raise NotCanonical("Names in canonical JSON are strings.")
    if all(map(str.isascii, value)):
        return sorted(value)
    return sorted(value, key=lambda name: name.encode("utf-16-be"))


def _refuse_number(literal: str) -> NoReturn:
    raise NotCanonical(f"{literal} is not a whole number.")


# Made once: a ledger's audit reads a million entries.
_DECODER = json.JSONDecoder(
    parse_int=_exact_literal, parse_float=_refuse_number, parse_constant=_refuse_number
)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
