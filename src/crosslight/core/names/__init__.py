"""Names of persons and organisations compared across orthographies."""

from __future__ import annotations

from crosslight.core.names.alignment import Relation, TokenPair
from crosslight.core.names.comparison import NameComparison, compare, explain, score
from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.tokens import NameKind, ParsedName, Token, parse

__all__ = [
    "NameComparison",
    "NameKind",
    "ParsedName",
    "Relation",
    "Token",
    "TokenPair",
    "compare",
    "explain",
    "lexicon",
    "parse",
    "score",
]
