"""Yoruba and Igbo names that praise God or the crown, of which families call the rest."""

from __future__ import annotations

_FRONTS = ("oluwa", "olorun", "olu", "ade", "ola", "akin", "ayo", "chukwu", "chi")
_ENDS = ("chukwu", "oluwa")
_SHORTEST = 4


def is_contraction(left: str, right: str) -> bool:
    """Whether one word is the other without such a front or end: Adebimpe, Bimpe."""
    if abs(len(left) - len(right)) < min(map(len, _FRONTS)):
        return False
    short, long = (left, right) if len(left) < len(right) else (right, left)
    if len(short) < _SHORTEST or short not in long:
        return False
    rest = long.replace(short, "", 1)
    return (rest in _FRONTS and long.endswith(short)) or (rest in _ENDS and long.startswith(short))
