"""Characters that eyes and clerks take for one another, on paper and on plates."""

from __future__ import annotations

_NARROW = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1"})
_WIDE = str.maketrans(
    {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "B": "8", "S": "5", "Z": "2", "G": "6"}
)


def narrow(text: str) -> str:
    """Upper-case `text` with O and Q read as 0, and I and L as 1."""
    return text.translate(_NARROW)


def wide(text: str) -> str:
    """As `narrow`, and D as 0, B as 8, S as 5, Z as 2, G as 6: what a glance may confuse."""
    return text.translate(_WIDE)
