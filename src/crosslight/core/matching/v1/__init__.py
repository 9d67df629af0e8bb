"""Matching model v1, released and frozen: a change of figures or rules is a new sub-package."""

from __future__ import annotations

from crosslight.core.matching.v1.card import Card, card
from crosslight.core.matching.v1.compare import Weighing, compare, is_key_usable, weigh
from crosslight.core.matching.v1.constants import COMMON_VALUE_HOLDERS, MODEL
from crosslight.core.matching.v1.prepared import Prepared, prepare

__all__ = [
    "COMMON_VALUE_HOLDERS",
    "MODEL",
    "Card",
    "Prepared",
    "Weighing",
    "card",
    "compare",
    "is_key_usable",
    "prepare",
    "weigh",
]
