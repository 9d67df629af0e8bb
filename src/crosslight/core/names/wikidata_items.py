"""Wikidata's name items: words that somebody recorded as spellings of one name.

A second layer behind the lexicon, wide and not vetted: it says that two words may be one name.
"""

from __future__ import annotations

import gzip
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FILE = "data/wikidata/names-0.1.0.txt.gz"
_BLOCK = 1_024


@dataclass(frozen=True, slots=True)
class _Table:
    """The text as it is, 3 MB, and the first whole line after every 1,024 characters."""

    text: str
    starts: list[int]
    words: list[str]

    def line(self, word: str) -> str:
        """What follows `word` on its line; empty if there is none."""
        block = bisect_right(self.words, word) - 1
        found = self.text.find(f"\n{word} ", self.starts[block], self.starts[block + 1] + 1)
        if found < 0:
            return ""
        return self.text[found + len(word) + 2 : self.text.index("\n", found + 1)]


def items_of(word: str) -> frozenset[int]:
    """Numbers of the items that have `word`, in lower-case plain Latin letters, as a spelling."""
    if not word.isalpha():
        return frozenset()
    return frozenset(map(int, _table().line(word).split()))


@cache
def _table() -> _Table:
    packed = files("crosslight.core.names").joinpath(_FILE).read_bytes()
    return _indexed("\n" + gzip.decompress(packed).decode("ascii"))


def _indexed(text: str) -> _Table:
    """Starts are the places of line feeds, in the order of the words that follow them."""
    places = (text.find("\n", place) for place in range(0, len(text), _BLOCK))
    starts = sorted({place for place in places if 0 <= place < len(text) - 1})
    words = [text[start + 1 : text.index(" ", start)] for start in starts]
    return _Table(text=text, starts=[*starts, len(text)], words=words)
