"""Words in Arabic script, which leaves out short vowels, beside words in Latin letters."""

from __future__ import annotations

import re
from functools import lru_cache

from crosslight.core.names.scripts import has_script

_ARTICLE = re.compile("^ال(?=..)")
_FEMININE = re.compile("ه$")
# What each letter may be in a fold under the general letter rules: consonants and long vowels; the
# rules do not hear the letters that are not here.
_CONSONANTS = {
    "ب": "[bp]",
    "پ": "[bp]",
    "ت": "[tX]",
    "ط": "t",
    "ث": "[ts]",
    "ج": "[Jg]",
    "چ": "X",
    "خ": "k",
    "د": "[dJ]",
    "ض": "[ds]",
    "ذ": "[ds]",
    "ر": "r",
    "ز": "s",
    "ظ": "[sd]",
    "س": "s",
    "ص": "s",
    "ش": "X",
    "غ": "[kgr]",
    "ف": "[fv]",
    "ق": "[kg]",
    "ك": "k",
    "گ": "g",
    "ل": "l",
    "م": "m",
    "ن": "[nN]",
}
_VOWELS = {"ا": "[aeo]+", "و": "[Wouwv]+", "ي": "[eiy]+"}
# The last letter of Moussa and of Hamdi are written alike; the first of a word is any vowel.
_LAST = {"ي": "[aeiy]+"}
_FIRST = {"ا": ""}
_FOLDED_AI = "E"
_SHORT = "[aeiouy]{0,2}"
_ENDINGS = "aeiouh"
_SURE_W = re.compile("^و|و(?=ا)")
_FEWEST_CONSONANTS = 2


def is_arabic(word: str) -> bool:
    return not word.isascii() and has_script(word, "Arabic")


def consonants_of(word: str) -> int:
    """How many letters of `word` are consonants that every clerk writes, a sure w included."""
    return sum(letter in _CONSONANTS for letter in word) + len(_SURE_W.findall(word))


def reads_as(word: str, *, latin: str, fold: str) -> bool:
    """Whether `word` in Arabic script may be written `latin`, whose general fold is `fold`.

    Long vowels must stand where the word has them, and the sign of a final a, which tells the
    sexes apart, asks for a vowel at the end.
    """
    if consonants_of(word) < _FEWEST_CONSONANTS or not latin:
        return False
    is_ended = not _FEMININE.search(word) or latin[-1] in _ENDINGS
    return is_ended and bool(_pattern(word).fullmatch(fold.replace(_FOLDED_AI, "ai")))


@lru_cache(maxsize=8_192)
def _pattern(word: str) -> re.Pattern[str]:
    stem, ends = _FEMININE.subn("", _ARTICLE.sub("", word))
    read = [_CONSONANTS.get(letter) or _VOWELS.get(letter, "") for letter in stem]
    if stem:
        read[0] = _FIRST.get(stem[0], read[0])
        read[-1] = _LAST.get(stem[-1], read[-1])
    return re.compile(_SHORT + _SHORT.join(read) + ("(?:[ae]h?)?" if ends else "e?"))
