"""Arabic names of several words that clerks write apart, joined or with a particle grown on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from crosslight.core.names.folds import fold
from crosslight.core.names.lexicon import Entry, lexicon
from crosslight.core.names.particles import particles
from crosslight.core.names.scripts import latin_word
from crosslight.core.names.spellings import key_of

_SERVANT = "abdul"
# The l becomes the consonant that follows: Essaid, Errahmani.
_ARTICLE = re.compile(r"[ae](?:l|([dnrstz])(?=\1))")
_NATIVE_SERVANT = "عبد"
_NATIVE_FAITH = "الدين"
_SHORTEST_AFTER_PARTICLE = 3
_SHORTEST_AFTER_ARTICLE = 4


def compounds_joined(words: Iterable[str]) -> list[str]:
    """One word for "Abd al-Rahman", one for "Nur al-Din", one for "Ben Yettou"."""
    found: list[str] = []
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if found and _is_faith(word, waiting):
            found[-1] += _faith(word, waiting)
        elif _is_servant(word, waiting):
            found.append(_servant(word, waiting))
        elif found and waiting and _is_grown_on(word, waiting[0]):
            found.append(word + waiting.pop(0))
        else:
            found.append(word)
    return found


def _is_grown_on(word: str, following: str) -> bool:
    """Whether others write the two as one: Bou Azza, and Ben Yettou where Yettou is no name."""
    known = particles()
    if word in known.grown_if_unknown:
        return key_of(following) not in lexicon().entries
    return word in known.always_grown


def _is_faith(word: str, waiting: list[str]) -> bool:
    known = particles()
    if word in known.articles:
        return bool(waiting) and waiting[0] in known.faith
    return word == _NATIVE_FAITH or (word in known.faith and word not in lexicon().entries)


def _faith(word: str, waiting: list[str]) -> str:
    if word == _NATIVE_FAITH:
        return word
    return f"al{waiting.pop(0)}" if word in particles().articles else word


def _is_servant(word: str, waiting: list[str]) -> bool:
    if not waiting:
        return False
    known = particles()
    if word == _NATIVE_SERVANT:
        return True
    if word not in known.servants:
        return False
    following = waiting[1:2] if waiting[0] in known.articles else waiting[:1]
    return bool(following) and fold(latin_word(following[0])) in known.divine


def _servant(word: str, waiting: list[str]) -> str:
    if word == _NATIVE_SERVANT:
        return word + waiting.pop(0)
    if waiting[0] in particles().articles:
        waiting.pop(0)
        word = _SERVANT
    return (_SERVANT if word == "abd" else word) + waiting.pop(0)


@lru_cache(maxsize=65_536)
def particle_apart(word: str) -> tuple[str, ...]:
    """Cut "benali" into ben and ali, "elamrani" into amrani, where what is left is known."""
    key = key_of(word)
    entry = lexicon().entries.get(key)
    for particle in particles().grown:
        rest = key.removeprefix(particle)
        if rest != key and len(rest) >= _SHORTEST_AFTER_PARTICLE and _is_apart(entry, rest):
            return (particle, rest)
    bare = _without_article(key) if entry is None and key.isascii() else key
    return (word,) if bare == key else (bare,)


def _is_apart(entry: Entry | None, rest: str) -> bool:
    """Whether `rest` is a name of its own; a listed given name such as Benjamin is never cut."""
    known = lexicon()
    if not is_arabic_name(rest):
        return False
    groups = () if entry is None else (known.groups[name] for name in entry.groups)
    return all(group.kind == "surname" for group in groups)


def _without_article(key: str) -> str:
    """`key` without al, el, es (Essaid) and so on where only the rest is listed."""
    found = _ARTICLE.match(key)
    if found is None:
        return key
    rest = key[found.end() :]
    return rest if len(rest) >= _SHORTEST_AFTER_ARTICLE and is_arabic_name(rest) else key


def is_arabic_name(key: str) -> bool:
    """Whether a file of the lexicon lists `key` whose names "ben" or "al" may precede."""
    entry = lexicon().entries.get(key)
    return entry is not None and not entry.regions.isdisjoint(particles().grown_regions)
