"""Words of names, cut out of text and brought to the key under which the lexicon lists them."""

from __future__ import annotations

import re
from functools import lru_cache

from crosslight.core.names.scripts import is_native, latin_word, written

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = "'’‘`´ʼʻʿʾ′ʹʺ\u02bd"
# An apostrophe is no end of a word (N'Diaye, Sa'id), but after these (Sid'Ahmed).
_ENDS_WORD = re.compile(rf"(?<=\bsid)[{_APOSTROPHES}](?=\w)")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_MARIA = re.compile(r"\bm\.?[ªᵃ]")


def words_of(text: str) -> list[str]:
    """Words of `text` as `written` gives them, in order; hyphens and stops end a word."""
    lowered = text.lower()
    if "'" in lowered or not lowered.isascii():
        spelt = _MARIA.sub("maria ", lowered)
        lowered = _APOSTROPHE.sub("", _ENDS_WORD.sub(" ", spelt))
    return _WORD.findall(written(lowered))


@lru_cache(maxsize=65_536)
def key_of(word: str) -> str:
    """Key of one word as `written` gives it: a to z, or itself in a script other than Latin."""
    return word if word.isascii() or is_native(word) else latin_word(word)


def word_of(spelling: str) -> str:
    """A spelling as data files write it, of one word or several, as one word."""
    return "".join(words_of(spelling))
