"""Matching model v1, released and frozen: a change of figures or rules is a new sub-package."""

from __future__ import annotations

from crosslight.core.matching.v1.card import Card, card
from crosslight.core.matching.v1.columns import Columns, columns, joined
from crosslight.core.matching.v1.compare import compare, explained
from crosslight.core.matching.v1.figures import (
    MODEL,
    Figures,
    figures,
    model_of_file,
    read_figures,
)
from crosslight.core.matching.v1.hashing import key_of
from crosslight.core.matching.v1.keys import (
    COMMON_VALUE_HOLDERS,
    KEY_KINDS,
    Keys,
    counted_keys,
    keys,
    most_holders,
)
from crosslight.core.matching.v1.prepared import Prepared, exact_keys, pack, prepare, unpack
from crosslight.core.matching.v1.weighing import Weighed, Weigher
from crosslight.core.matching.v1.wording import LABELS

__all__ = [
    "COMMON_VALUE_HOLDERS",
    "KEY_KINDS",
    "LABELS",
    "MODEL",
    "Card",
    "Columns",
    "Figures",
    "Keys",
    "Prepared",
    "Weighed",
    "Weigher",
    "card",
    "columns",
    "compare",
    "counted_keys",
    "exact_keys",
    "explained",
    "figures",
    "joined",
    "key_of",
    "keys",
    "model_of_file",
    "most_holders",
    "pack",
    "prepare",
    "read_figures",
    "unpack",
]
