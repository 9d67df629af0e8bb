"""Names of persons and organisations compared across orthographies."""

from __future__ import annotations

from crosslight.core.names.alignment import Alignment, align
from crosslight.core.names.comparison import NameComparison, compare, explain, reasons, score
from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.relations import Relation, TokenPair, relate, relation_of
from crosslight.core.names.tokens import NameKind, ParsedName, Token, parse, token

__all__ = [
    "Alignment",
    "NameComparison",
    "NameKind",
    "ParsedName",
    "Relation",
    "Token",
    "TokenPair",
    "align",
    "compare",
    "explain",
    "lexicon",
    "parse",
    "reasons",
    "relate",
    "relation_of",
    "score",
    "token",
]
