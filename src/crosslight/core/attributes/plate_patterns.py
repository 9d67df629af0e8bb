"""Plates of which a witness saw only a part."""

from __future__ import annotations

import re

from crosslight.core.attributes.text import to_ascii_digits, upper_alphanumerics

ONE = "?"
ANY = "*"

_NOTHING = -1
_RUNS = re.compile(r"\*|…|\.{2,}")
# "12xx": a small x beside digits, where the letters are capitals, stands for any.
_SMALL_X = re.compile(r"(?<=\d)x{1,4}|x{1,4}(?=\d)")
_SINGLE = re.compile(r"[?_¿]")
_RUN_OF_RUNS = re.compile(r"[?*]*\*[?*]*")
_ENDS = re.compile(
    r"^\W*(?:\S+\s+){0,6}?(?:ends?|ending|finish\w*|finit|finissant|se\s+termine|termine|terminant"
    r"|termina|acaba|finisce)\s+(?:in|with|by|par|en|em|con|com|por|per)\b[\s:]*",
    re.IGNORECASE,
)
_STARTS = re.compile(
    r"^\W*(?:\S+\s+){0,6}?(?:starts?|starting|begins?|beginning|commence|commençant|débute|empieza"
    r"|comienza|começa|inizia)\s+(?:in|with|by|par|en|em|con|com|por|per)\b[\s:]*",
    re.IGNORECASE,
)
_CONTAINS = re.compile(
    r"^\W*(?:\S+\s+){0,6}?(?:contains?|containing|contient|contiene|contém)\b[\s:]*", re.IGNORECASE
)
_LONGEST_TEXT = 80


def to_pattern(raw: str) -> str:
    """Upper-case characters of `raw`, `?` for one not seen and `*` for any number of them."""
    text = to_ascii_digits(_RUNS.sub(ANY, raw[:_LONGEST_TEXT]))
    if text != text.lower():
        text = _SMALL_X.sub(lambda found: ONE * len(found.group()), text)
    for phrase, template in ((_ENDS, "*{}"), (_STARTS, "{}*"), (_CONTAINS, "*{}*")):
        found = phrase.match(text)
        if found:
            text = template.format(text[found.end() :])
    marked = _SINGLE.sub(ONE, text)
    pieces = re.split(r"([?*])", marked)
    joined = "".join(
        piece if piece in {ONE, ANY} else upper_alphanumerics(piece) for piece in pieces
    )
    return _RUN_OF_RUNS.sub(ANY, joined)


def is_partial(pattern: str) -> bool:
    return ONE in pattern or ANY in pattern


def agreeing(left: str, right: str) -> int:
    """Most known characters that agree when one plate has both patterns; -1 where none can."""
    # Row of best counts for the suffixes of `right`, from the end of `left` backwards.
    below = _last_row(right)
    for place in range(len(left) - 1, -1, -1):
        below = _row(left[place], right, below)
    return below[0]


def _last_row(right: str) -> list[int]:
    """Against nothing left, only runs of any length can still stand."""
    return [0 if set(right[start:]) <= {ANY} else _NOTHING for start in range(len(right) + 1)]


def _row(ours: str, right: str, below: list[int]) -> list[int]:
    row = [_NOTHING] * (len(right) + 1)
    row[len(right)] = below[len(right)] if ours == ANY else _NOTHING
    for place in range(len(right) - 1, -1, -1):
        theirs = right[place]
        if ANY in {ours, theirs}:
            row[place] = max(below[place], row[place + 1])
            row[place] = max(row[place], below[place + 1])
        elif ONE in {ours, theirs}:
            row[place] = below[place + 1]
        elif ours == theirs and below[place + 1] != _NOTHING:
            row[place] = below[place + 1] + 1
    return row
