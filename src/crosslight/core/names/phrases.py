"""The words of a name as the comparison takes them: abbreviations spelt out, compounds joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from crosslight.core.names.arabic import compounds_joined, may_be_arabic, particle_apart
from crosslight.core.names.iberian import maria_spelt_out, without_particle
from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.particles import particles
from crosslight.core.names.spellings import key_of, words_of

# Digits that stand for Arabic letters in chats: 7assan, Sa3id, 9asem.
_CHAT = re.compile(r"^(?=.*[a-z]{2})[a-z]*[23579][a-z23579]*$")
_CHAT_LETTERS = str.maketrans({"2": "", "3": "a", "5": "kh", "7": "h", "9": "q"})


def person_words(name: str) -> list[str]:
    """Words of a person's `name`, each as `written` gives it."""
    words = maria_spelt_out([_spelt_out(word) for word in words_of(name)])
    joined = compounds_joined(_listed_joined(words))
    return [without_particle(part) for word in joined for part in particle_apart(word)]


def organisation_words(name: str) -> list[str]:
    """Words of an organisation's `name`, each as `written` gives it."""
    return words_of(name)


@lru_cache(maxsize=65_536)
def _spelt_out(word: str) -> str:
    known = particles()
    if word in known.titles:
        return word
    if _CHAT.match(word):
        return word.translate(_CHAT_LETTERS)
    return known.abbreviations.get(word, word)


def _listed_joined(words: list[str]) -> Iterator[str]:
    """Listed spellings of several words ("Abu Bakr") as one; not a father's name ("Ben Ali")."""
    compounds = lexicon().compounds
    keys = [key_of(word) for word in words]
    place = 0
    while place < len(words):
        length = 1
        for phrase in compounds.get(keys[place], ()):
            if tuple(keys[place : place + len(phrase)]) == phrase and not _is_father(phrase):
                length = len(phrase)
                break
        yield "".join(words[place : place + length])
        place += length


def _is_father(phrase: tuple[str, ...]) -> bool:
    return phrase[0] in particles().filiation and may_be_arabic("".join(phrase[1:]))
