"""Matching of entities; the names here are those of the current release."""

from __future__ import annotations

from crosslight.core.matching.model import (
    Attribute,
    Band,
    Evidence,
    MatchResult,
    NoRarity,
    Rarity,
    Record,
)
from crosslight.core.matching.records import record_from_properties
from crosslight.core.matching.v1 import (
    COMMON_VALUE_HOLDERS,
    MODEL,
    Prepared,
    Weighing,
    compare,
    is_key_usable,
    prepare,
    weigh,
)

__all__ = [
    "COMMON_VALUE_HOLDERS",
    "MODEL",
    "Attribute",
    "Band",
    "Evidence",
    "MatchResult",
    "NoRarity",
    "Prepared",
    "Rarity",
    "Record",
    "Weighing",
    "compare",
    "is_key_usable",
    "prepare",
    "record_from_properties",
    "weigh",
]
