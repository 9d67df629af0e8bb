"""Spanish and Portuguese names: particles grown on to a surname, and Maria cut short."""

from __future__ import annotations

from functools import lru_cache

from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.particles import particles
from crosslight.core.names.spellings import key_of

_REGION = "iberian"
_GROWN = ("delos", "delas", "dela", "del", "dos", "das", "de", "da", "do")
_SHORTEST_AFTER_PARTICLE = 4


@lru_cache(maxsize=65_536)
def without_particle(word: str) -> str:
    """`word` without the particle that grew on to a surname (Delafuente), if it lists but that."""
    key = key_of(word)
    known = lexicon().entries
    if not key.startswith("d") or key in known:
        return word
    for particle in _GROWN:
        rest = key.removeprefix(particle)
        if rest != key and len(rest) >= _SHORTEST_AFTER_PARTICLE and _is_surname(rest):
            return rest
    return word


def _is_surname(key: str) -> bool:
    known = lexicon()
    entry = known.entries.get(key)
    if entry is None or _REGION not in entry.regions:
        return False
    return any(known.groups[name].kind in {"surname", "any"} for name in entry.groups)


def maria_spelt_out(words: list[str]) -> list[str]:
    """Spanish "Ma. Fernanda" is Maria Fernanda, "Rosa Ma. Gil" Rosa Maria Gil."""
    if "ma" not in words[:-1]:
        return words
    place = words.index("ma")
    known = particles().dropped
    beside = words[place - 1 : place] or [word for word in words[1:] if word not in known][:1]
    is_maria = any(map(_is_listed, beside))
    return [*words[:place], "maria", *words[place + 1 :]] if is_maria else words


def _is_listed(word: str) -> bool:
    entry = lexicon().entries.get(key_of(word))
    return entry is not None and _REGION in entry.regions
