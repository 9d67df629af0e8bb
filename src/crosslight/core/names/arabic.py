"""Names in Arabic script, whose unwritten vowels no transliteration can restore."""

from __future__ import annotations

import re
from functools import cache

from crosslight.core.names.packaged import load

_ARABIC = re.compile(r"[\u0600-\u06ff]")
# Short vowels, the sign of doubling and the stretching stroke: written or not as one likes.
_MARKS = re.compile(r"[\u064b-\u0652\u0670\u0640]")


def spell_in_latin(text: str) -> str:
    """`text` with the names that the packaged list knows in a Latin spelling of the region."""
    if not _ARABIC.search(text):
        return text
    pattern, latin = _names()
    return pattern.sub(lambda found: latin[" ".join(found.group().split())], _plain(text))


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    latin = {
        _plain(arabic): spelling
        for arabic, spelling in load("arabic_script-0.1.0.yaml")["names"].items()
    }
    longest_first = sorted(latin, key=lambda name: (-len(name), name))
    alternatives = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)"), latin


def _plain(text: str) -> str:
    """Without marks, and with one form of alif for all, as careless writing has it."""
    return _MARKS.sub("", text).translate(str.maketrans("أإآٱ", "اااا"))
