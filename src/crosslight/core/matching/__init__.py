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
    Card,
    Prepared,
    Weighing,
    card,
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
    "Card",
    "Evidence",
    "MatchResult",
    "NoRarity",
    "Prepared",
    "Rarity",
    "Record",
    "Weighing",
    "card",
    "compare",
    "is_key_usable",
    "prepare",
    "record_from_properties",
    "weigh",
]
