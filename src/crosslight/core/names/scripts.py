"""Writing brought to few forms: `written` keeps script and accents, `to_latin` neither."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

import icu

from crosslight.core.names.packaged import load, names_of

_CHAIN = "Any-Latin; NFKD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower"
_LONGEST = 2_000
_NOT_LETTER = re.compile("[^a-z0-9]")
_SCRIPTS = {
    "Latin": re.compile("[a-z\u00aa-\u024f\u1e00-\u1eff]"),
    "Cyrillic": re.compile("[\u0400-\u052f]"),
    "Arabic": re.compile("[\u0600-\u06ff]"),
    "Greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "Han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"),
}
_LATIN = frozenset({"Latin"})
# Scripts whose words are kept as they are, besides signs; those of all others become Latin.
_OTHER_SCRIPT = re.compile(
    "[^\u0000-\u03ff\u0400-\u052f\u0600-\u06ff\u1e00-\u206f\u3400-\u4dbf\u4e00-\u9fff]+"
)
# Accents that no letter carries by itself, the Arabic short vowels, doubling and stretching signs.
_LOOSE_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640\u0610-\u061a\u06d6-\u06ed]")
# One form of alif, ya and final ha for all, as careless writing has it; Farsi letters.
_ARABIC_FORMS = str.maketrans("أإآٱىئؤةیک", "ااااييوهيك", "ء")


def has_script(word: str, script: str) -> bool:
    """Whether `word`, lower case, has a letter of `script`; ValueError for a script not read."""
    if script not in _SCRIPTS:
        raise ValueError(f"script {script!r} is none of {', '.join(_SCRIPTS)}")
    return script in scripts_of(word)


@lru_cache(maxsize=65_536)
def scripts_of(word: str) -> frozenset[str]:
    """Names of the scripts of which `word`, lower case, has letters."""
    return frozenset(name for name, pattern in _SCRIPTS.items() if pattern.search(word))


def is_native(word: str) -> bool:
    """Whether `word`, lower case, is written in a script other than Latin that is kept."""
    return not word.isascii() and not scripts_of(word) <= _LATIN


def written(text: str) -> str:
    """`text` in lower case and one form for each letter, in its own script and with its accents.

    At most 2,000 characters are read.
    """
    short = text[:_LONGEST]
    if short.isascii():
        return short.lower()
    composed = unicodedata.normalize("NFKC", short).lower()
    plain = _LOOSE_MARKS.sub("", unicodedata.normalize("NFC", composed))
    plain = _OTHER_SCRIPT.sub(lambda found: f" {to_latin(found.group())} ", plain)
    if _SCRIPTS["Han"].search(plain):
        plain = _simplifier().transliterate(plain)
    return plain.translate(_ARABIC_FORMS)


def to_latin(text: str) -> str:
    """Romanised `text`, lower case, without accents; at most 2,000 characters of it are read."""
    short = text[:_LONGEST]
    if short.isascii():
        return short.lower()
    # Lone surrogates have no UTF-16 form that ICU accepts.
    clean = short.encode("utf-16", "replace").decode("utf-16")
    romanised: str = _transliterator().transliterate(_by_table(clean))
    return romanised


@lru_cache(maxsize=65_536)
def latin_word(word: str) -> str:
    """One word, as `written` gives it, in letters a to z and digits alone."""
    return word if word.isascii() and word.isalnum() else _NOT_LETTER.sub("", to_latin(word))


def substitution(letters: Mapping[str, str]) -> Callable[[str], str]:
    """Function that replaces all keys of `letters` in one pass, the longest first."""
    if not letters:
        return lambda text: text
    if all(len(key) == 1 for key in letters):
        table = str.maketrans(dict(letters))
        return lambda text: text.translate(table)
    keys = sorted(letters, key=lambda key: (-len(key), key))
    pattern = re.compile("|".join(map(re.escape, keys)))
    return lambda text: pattern.sub(lambda found: letters[found.group()], text)


def _by_table(text: str) -> str:
    tables = _tables()
    lowered = unicodedata.normalize("NFC", text).lower()
    for script, substitute in tables.items():
        if _SCRIPTS[script].search(lowered):
            lowered = substitute(lowered)
    return lowered


@cache
def _tables() -> dict[str, Callable[[str], str]]:
    """Substitution for each script that a packaged table romanises."""
    letters: dict[str, dict[str, str]] = {}
    for name in names_of("transliteration"):
        content = load(name)
        letters.setdefault(content["meta"]["script"], {}).update(content["letters"])
    return {script: substitution(table) for script, table in letters.items()}


@cache
def _transliterator() -> icu.Transliterator:
    return icu.Transliterator.createInstance(_CHAIN)


@cache
def _simplifier() -> icu.Transliterator:
    return icu.Transliterator.createInstance("Traditional-Simplified")
