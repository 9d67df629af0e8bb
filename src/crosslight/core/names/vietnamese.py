"""Vietnamese names: words of one syllable, of which tones and signs on vowels make other words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.scripts import latin_word
from crosslight.core.names.spellings import key_of, words_of

_REGION = "vietnamese"
_FEWEST = 2
_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?"
    "(?:a[iouy]?|e[ou]?|i(?:a|eu?|u)?|o(?:ai?|ay|e|i)?|u(?:a|ay|e|i|o[iu]?|u|y[aeu]?)?|y(?:eu?)?)"
    "(?:ch|nh|ng|[cmnpt])?"
)
_STOPPED = re.compile("[aeiouy](?:ch|[cpt])$")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
# After a consonant y and i are one letter (Mỹ, Mĩ).
_FINAL_Y = re.compile("(?<=[bcdđghklmnprstvxq])y$|(?<=qu)y$")
# "Văn" and "thị" say that the bearer is a man or a woman.
_SEXES = frozenset({"văn", "thị"})
_UNSIGNED_SEXES = frozenset({"van", "thi"})
# Words of nearly every name that have a sign if their writer knows how to write one.
_ALWAYS_SIGNED = frozenset({"nguyen", "tran", "le", "pham", "huynh", "do", "ngo", "van", "thi"})


def vietnamese_words(name: str) -> list[str]:
    """Words of a name that is written with all signs of Vietnamese; none of any other name."""
    if name.isascii():
        return []
    words = words_of(name)
    if not are_vietnamese(words) or not any(map(_is_signed, words)) or any(map(_lacks_sign, words)):
        return []
    inside = [word for word in words[1:-1] if word not in _SEXES]
    return [words[0], *inside, words[-1]]


def are_vietnamese(words: Sequence[str]) -> bool:
    """Whether all are words of Vietnamese names, the first or the last a surname."""
    if len(words) < _FEWEST or not all(map(_is_name, words)):
        return False
    surnames = lexicon().surnames[_REGION]
    return key_of(words[0]) in surnames or key_of(words[-1]) in surnames


@lru_cache(maxsize=16_384)
def _is_name(word: str) -> bool:
    """Whether the lexicon lists `word`, or it is a syllable with a sign."""
    if not word.isascii():
        return bool(_SYLLABLE.fullmatch(latin_word(word)))
    entry = lexicon().entries.get(word)
    return word in _UNSIGNED_SEXES or (entry is not None and _REGION in entry.regions)


@lru_cache(maxsize=16_384)
def signed_form(word: str) -> str:
    """One form of a word for all places of its tone (Thùy, Thuỳ), and for a final y and i."""
    decomposed = unicodedata.normalize("NFD", word)
    tone = "".join(_TONES.findall(decomposed))
    bare = unicodedata.normalize("NFC", _TONES.sub("", decomposed))
    return _FINAL_Y.sub("i", bare) + tone


def _is_signed(word: str) -> bool:
    return not word.isascii()


def _lacks_sign(word: str) -> bool:
    """Whether no Vietnamese writes `word` so: what ends in c, ch, p or t has a tone."""
    if word in _ALWAYS_SIGNED:
        return True
    return bool(_STOPPED.search(latin_word(word))) and not _TONES.search(
        unicodedata.normalize("NFD", word)
    )
