"""Keys as 64-bit numbers: the same from any carrier, in any process, on any day."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

_FIRST = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xBF58476D1CE4E5B9)
_THIRD = np.uint64(0x94D049BB133111EB)
_SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31))


@lru_cache(maxsize=262_144)
def number_of(text: str) -> int:
    """First 64 bits of the text's BLAKE2b, never 0, which stands for "none"."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") or 1


def key_of(text: str) -> int:
    """`number_of` as the signed number that databases hold."""
    number = number_of(text)
    return number - (1 << 64) if number >= 1 << 63 else number


def combined(*parts: Words, salt: str) -> Words:
    """One number for the parts in their order, under a kind's own `salt`."""
    mixed = np.full(parts[0].shape, number_of(salt), dtype=np.uint64)
    for part in parts:
        mixed = _scrambled(mixed * _FIRST + part)
    return mixed


def unordered(one: Words, other: Words, *, salt: str) -> Words:
    """One number for two parts in whatever order."""
    return combined(np.minimum(one, other), np.maximum(one, other), salt=salt)


def _scrambled(numbers: Words) -> Words:
    """The finishing steps of SplitMix64 (Steele, Lea and Flood 2014)."""
    mixed = (numbers ^ (numbers >> _SHIFTS[0])) * _SECOND
    mixed = (mixed ^ (mixed >> _SHIFTS[1])) * _THIRD
    return mixed ^ (mixed >> _SHIFTS[2])
