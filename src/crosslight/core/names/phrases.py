"""The words of a name as the comparison takes them: abbreviations spelt out, compounds joined."""

from __future__ import annotations

from collections.abc import Iterator

from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.particles import particles
from crosslight.core.names.scripts import has_script
from crosslight.core.names.spellings import key_of, words_of


def one_by_one(name: str) -> list[str]:
    """Words of `name`, each as `written` gives it."""
    abbreviations = particles().abbreviations
    words = _compounds_joined(_han_apart(words_of(name)))
    return [abbreviations.get(word, word) for word in words]


def _compounds_joined(words: list[str]) -> Iterator[str]:
    """Spellings of several words that stand for one name ("Abu Bakr", "Nur al-Din") as one."""
    compounds = lexicon().compounds
    keys = [key_of(word) for word in words]
    place = 0
    while place < len(words):
        length = 1
        for phrase in compounds.get(keys[place], ()):
            if tuple(keys[place : place + len(phrase)]) == phrase:
                length = len(phrase)
                break
        yield "".join(words[place : place + length])
        place += length


def _han_apart(words: list[str]) -> list[str]:
    """A name in Chinese characters without spaces as family name and given name."""
    if len(words) != 1 or words[0].isascii() or not has_script(words[0], "Han"):
        return words
    name, known = words[0], lexicon().entries
    if len(name) == 1 or name in known:
        return words
    length = 2 if name[:2] in known and len(name) > 2 else 1  # noqa: PLR2004
    return [name[:length], name[length:]]
