"""How sure a comparison is: the words that tables and pages use without the engine behind them."""

from __future__ import annotations

from enum import StrEnum


class Band(StrEnum):
    STRONG = "strong"
    PROBABLE = "probable"
    WEAK = "weak"
    NONE = "none"
