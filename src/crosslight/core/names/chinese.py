"""Chinese names: characters without spaces, and given names of two syllables apart or joined."""

from __future__ import annotations

import re

from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.scripts import has_script, latin_word
from crosslight.core.names.spellings import words_of

_REGION = "chinese"
_SURNAME_AND_TWO = 3
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
# A syllable in pinyin, Wade-Giles without its signs, or the spellings of Hong Kong and Singapore.
_SYLLABLE = re.compile(
    r"(?:ng|m|(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh|hs|ts|tz|ng|kw)?"
    r"(?:iu|iao|ian|iang|ien|ieng|ia|ie|in|ing|iong|iung|ih|i|uai|uan|uang|ueh|uei|ui|un|ung|uo|ua|ue"
    r"|uen|uk|ut|u|ai|ao|an|ang|ak|at|ap|au|am|aw|a|ei|en|eng|er|eh|ek|et|eung|ee|e|ou|ong|on|ok"
    r"|oi|oo|ow|ah|ooi|o|ik|im|it|ip|iew|yun|yi))"
)


def characters_apart(words: list[str]) -> list[str]:
    """A name in Chinese characters without spaces as family name and given name."""
    if len(words) != 1 or words[0].isascii() or not has_script(words[0], "Han"):
        return words
    name, known = words[0], lexicon().entries
    if len(name) == 1 or name in known:
        return words
    has_double = name[:-1] != name[:1] and name[:2] in known
    length = 2 if has_double else 1
    return [name[:length], name[length:]]


def syllables_joined(words: list[str]) -> list[str]:
    """Family name and two syllables as family name and given name: Wang Xiao Ming."""
    if len(words) != _SURNAME_AND_TWO or not all(map(_is_syllable, words)):
        return words
    if _is_surname(words[0]):
        return [words[0], words[1] + words[2]]
    if _is_surname(words[2]):
        return [words[0] + words[1], words[2]]
    return words


def hyphens_joined(name: str) -> str:
    """`name` without the hyphen between two Chinese syllables, if all its words are such."""
    if "-" not in name:
        return name
    words = words_of(name)
    is_chinese = all(map(_is_syllable, words)) and any(map(_is_surname, words))
    return _HYPHEN.sub("", name) if is_chinese else name


def _is_syllable(word: str) -> bool:
    return bool(_SYLLABLE.fullmatch(latin_word(word)))


def _is_surname(word: str) -> bool:
    entry = lexicon().entries.get(latin_word(word))
    return entry is not None and _REGION in entry.regions | entry.weak_regions
