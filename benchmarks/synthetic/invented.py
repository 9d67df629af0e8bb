"""Words that no lexicon holds, made of sounds and spelt as each orthography spells those sounds."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

# A sound, and how clerks write it: the usual way, then another. Where one way is given, it is both.
_SOUNDS: Mapping[str, Mapping[str, str]] = {
    "dj": {"fr": "di dj", "en": "j", "pt": "dj", "es": "di y", "ar": "dj j"},
    "tch": {"fr": "thi tch", "en": "ch", "pt": "tch", "es": "ch", "ar": "tch ch"},
    "gn": {"fr": "gn ni", "en": "ny", "pt": "nh", "es": "ñ ni", "ar": "ni gn"},
    "w": {"fr": "w ou", "en": "w", "pt": "u", "es": "gu u", "ar": "w ou"},
    "y": {"fr": "y", "en": "y", "pt": "i", "es": "y i", "ar": "y i"},
    "k": {"fr": "k c", "en": "k", "pt": "c", "es": "k c", "ar": "k"},
    "s": {"fr": "s", "en": "s", "pt": "s", "es": "s", "ar": "s"},
    "ss": {"fr": "ss", "en": "s ss", "pt": "ss", "es": "s", "ar": "ss s"},
    "kh": {"fr": "kh", "en": "h kh", "pt": "h c", "es": "j h", "ar": "kh"},
    "nk": {"fr": "nk nc", "en": "nk", "pt": "nc", "es": "nk nc", "ar": "nk"},
    "u": {"fr": "ou", "en": "u oo", "pt": "u", "es": "u", "ar": "ou u"},
    "aa": {"fr": "a â", "en": "aa a", "pt": "á a", "es": "a", "ar": "a"},
    "ee": {"fr": "i", "en": "ee i", "pt": "i", "es": "i", "ar": "i"},
    "-é": {"fr": "é e", "en": "eh ay", "pt": "é ê", "es": "e", "ar": "e i"},
    "-a": {"fr": "a", "en": "a ah", "pt": "a á", "es": "a", "ar": "a ah"},
    "-i": {"fr": "y i", "en": "ie y", "pt": "i", "es": "i", "ar": "i y"},
    "-u": {"fr": "ou", "en": "u ou", "pt": "u", "es": "u", "ar": "ou u"},
    "-n": {"fr": "ne n", "en": "n", "pt": "ne m", "es": "n", "ar": "n ne"},
    "-k": {"fr": "ck k", "en": "k ck", "pt": "que", "es": "k c", "ar": "k ck"},
    "-r": {"fr": "rr r", "en": "rr r", "pt": "r", "es": "r", "ar": "r"},
    "-l": {"fr": "ll l", "en": "l ll", "pt": "l", "es": "l ll", "ar": "l"},
    "-s": {"fr": "sse s", "en": "s ss", "pt": "s", "es": "s", "ar": "s"},
    "-p": {"fr": "p pe", "en": "b be", "pt": "p", "es": "p", "ar": "b p"},
}


def _listed(sounds: str) -> list[str]:
    """A sound named twice is twice as common."""
    return sounds.split()


_FIRST = _listed("b d f g k l m n s t w y dj tch gn mb nd ng nk kh s dj k b m t")
_INNER = _listed("b d f g k l m n ss t r w dj tch gn mb nd ng kh lm nt mp ss l r t nd")
_VOWELS = _listed("a a a a e i o u aa ee")
_ENDS = _listed("-é -é -a -a -a -i -u -n -k -r -l -s -p m ng")
_AFTER_VOWEL_ONLY = frozenset({"-é", "-a", "-i", "-u"})


def invented_words(*, seed: str, taken: set[str]) -> Iterator[dict[str, tuple[str, ...]]]:
    """Endless spellings by orthography, the usual one first; none is in `taken`, which grows."""
    rng = random.Random(seed)
    while True:
        sounds = _sounds(rng)
        spellings = {orthography: _spell(sounds, orthography) for orthography in _SOUNDS["dj"]}
        words = {word for written in spellings.values() for word in written}
        if not taken & words:
            taken |= words
            yield spellings


def _sounds(rng: random.Random) -> list[str]:
    sounds = [rng.choice(_FIRST), rng.choice(_VOWELS)]
    for _ in range(rng.choice((0, 1, 1, 1, 2))):
        sounds += [rng.choice(_INNER), rng.choice(_VOWELS)]
    end = rng.choice(_ENDS)
    if end in _AFTER_VOWEL_ONLY:
        sounds.append(rng.choice(_INNER))
    return [*sounds, end]


def _spell(sounds: list[str], orthography: str) -> tuple[str, ...]:
    ways = []
    for way in (0, -1):
        parts = [_written(sound, orthography, way) for sound in sounds]
        ways.append("".join(parts).capitalize())
    return tuple(dict.fromkeys(ways))


def _written(sound: str, orthography: str, way: int) -> str:
    written = _SOUNDS.get(sound)
    return written[orthography].split()[way] if written else sound
