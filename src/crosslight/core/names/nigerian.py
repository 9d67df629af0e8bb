"""Nigerian names that praise God, crown or wealth, of which families call but a part."""

from __future__ import annotations

from collections.abc import Iterator

# What names of Yoruba, Igbo, Edo, Urhobo, Itsekiri, Ijaw and Efik begin with and may lose.
_PRAISING = (
    *("oluwa", "olorun", "olu", "ade", "ola", "akin", "ayo", "oye", "omo", "ogun", "baba", "abi"),
    *("ire", "ife", "temi", "chukwu", "chi", "oghenevw", "oghenev", "oghene", "oritse"),
    *("tamuno", "abasi", "osa", "ose"),
)
# And what stands in front of many that never lose it.
_FRONTS = (
    *_PRAISING,
    *("obi", "nwa", "eze", "onye", "oke", "uzo", "ada", "ikp", "igbin", "ugo", "udo"),
)
_ENDS = ("chukwu", "chi", "oluwa", "abasi", "obong", "oghene")
_GOD = "chukwu"
# In "Ejiroghene" the o belongs to both words.
_SHARING, _SHARED = "oghene", "o"
# Of many names in Osa- the first letters alone are called.
_CALLED = {"osa": "osas", "nosa": "nosa"}
_SHORTEST, _SHORTEST_STEM = 4, 3


def short_forms(word: str) -> frozenset[str]:
    """Words by which the bearer of `word`, in letters a to z, may be called; most have none.

    Of Oluwadamilola they are Damilola and its beginnings, of Ekenedilichukwu those of Ekenedili.
    """
    stems = {spelt for stem in _stems(word) for spelt in _with_s_or_sh(stem)}
    found = {stem[:length] for stem in stems for length in range(_SHORTEST, len(stem))}
    return frozenset(found | stems) - {word}


def without_shared_front(left: str, right: str) -> tuple[str, str]:
    """What sets apart two words, each of a to z, that begin alike: of Akintola and Akinola."""
    for front in _FRONTS:
        if left.startswith(front) and right.startswith(front):
            return left.removeprefix(front), right.removeprefix(front)
    return left, right


def _with_s_or_sh(stem: str) -> Iterator[str]:
    """The dot under the s, which is said sh, is written by some clerks only."""
    yield stem
    if stem.startswith("s"):
        yield "s" + stem[2:] if stem.startswith("sh") else "sh" + stem[1:]


def _stems(word: str) -> Iterator[str]:
    """What is left of `word` without its front or end."""
    for front in _PRAISING:
        if word.startswith(front) and len(word) >= len(front) + _SHORTEST:
            yield word.removeprefix(front)
    for end in _ENDS:
        if word.endswith(end) and len(word) >= len(end) + _SHORTEST_STEM:
            yield word.removesuffix(end)
    if word.endswith(_SHARING) and len(word) > len(_SHARING):
        yield word.removesuffix(_SHARING) + _SHARED
    yield from _first_part(word)


def _first_part(word: str) -> Iterator[str]:
    """What stands before God's name inside `word`, or the letters that are called alone."""
    before, god, behind = word.partition(_GOD)
    if god and behind and len(before) >= _SHORTEST_STEM:
        yield before
    for start, called in _CALLED.items():
        if word.startswith(start) and len(word) > len(called):
            yield called
