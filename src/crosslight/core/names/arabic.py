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
from crosslight.core.names.wikidata_items import items_of

_SERVANT = "abdul"
_BARE_SERVANT = "abd"
_GROWN_ARTICLES = frozenset({"al", "el", "il"})
# Ways to write the article as one with the name. The l becomes the consonant that follows
# (Essaid, Errahmani, Echcherif); the Maghreb leaves out its vowel (Lamrani), or hears one behind
# it (Lahbabi).
_ARTICLES = (
    re.compile(r"[ae](?:l|([dnrstz])(?=\1)|[cs]h(?=[cs]h))"),
    re.compile(r"l(?=[aeiouhwy])"),
    re.compile(r"l[ae](?=[bcfghkmqw][^aeiou])"),
)
# Elmagboul: long enough, and neither a name of Europe's nor a Slavic surname, so that the article
# is cut off a name that nobody lists.
_PLAIN_ARTICLE = re.compile(
    r"(?:el|al(?=.*[iy]$))(?!b[ae]|ex|f[ior]|v|m[ae]r|s[ae]|[bcdfgkpt]r)[bcdfghjkmnqrstwz][a-z]{4}"
    r"(?!.*(?:[oe]va?|in|ina|sk[iya]|ich|ic|son|sen|berg|mann|er|o|os)$)"
)
_REGION = "arabic"
_OTHERS = frozenset({"west_african", "nigerian"})
_NATIVE_SERVANT = "عبد"
_NATIVE_FAITH = "الدين"
_WHOLE = re.compile("bel|ait|(?:(?:bin|ibn)al|benel)[a-z]{3}")
_OF_THE_FAMILY = "bel"
_ARTICLE_AND_NAME = 2
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
        elif waiting and _is_sun_article(word, waiting[0], given=[*found[:1], *waiting[1:2]]):
            continue
        elif family := _family(word, waiting):
            found.append(family)
            waiting.clear()
        elif _is_kunya(word, waiting):
            found.append(_kunya(word, waiting))
        elif found and waiting and _is_grown_on(word, waiting[0]):
            found.append(word + waiting.pop(0))
        else:
            found.append(word)
    return found


def _is_grown_on(word: str, following: str) -> bool:
    """Whether others write the two as one: Bou Azza, and Ben Yettou where Yettou is no name."""
    known = particles()
    if word in known.grown_if_unknown:
        is_article = following in known.articles
        return not is_article and key_of(following) not in lexicon().entries
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
    has_article = waiting[0] in known.articles
    following = waiting[1:2] if has_article else waiting[:1]
    if not following:
        return False
    form = fold(latin_word(following[0]))
    if has_article or word.endswith("l"):
        return form in known.divine | known.divine_after_article
    return form in known.divine or (word == _BARE_SERVANT and _is_divine_with_article(form))


def _is_divine_with_article(form: str) -> bool:
    """Of a fold: Elrahman, as in "Abd Elrahman"."""
    known = particles()
    return form[:2] in _GROWN_ARTICLES and form[2:] in known.divine | known.divine_after_article


def _servant(word: str, waiting: list[str]) -> str:
    if word == _NATIVE_SERVANT:
        return word + waiting.pop(0)
    if word == _BARE_SERVANT and _is_divine_with_article(fold(latin_word(waiting[0]))):
        return word + waiting.pop(0)
    if waiting[0] in particles().articles:
        waiting.pop(0)
        word = _SERVANT
    return (_SERVANT if word == _BARE_SERVANT else word) + waiting.pop(0)


def _is_sun_article(word: str, following: str, *, given: list[str]) -> bool:
    """Whether the article took on the consonant that follows: "an" in an-Nahi.

    Vietnamese has An Nhien: one of the names beside must be Arabic, or that which follows.
    """
    if word not in particles().articles or word[-1:] == "l":
        return False
    return following.startswith(word[1:]) and any(map(may_be_arabic, [following, *given]))


def _family(word: str, waiting: list[str]) -> str:
    """Of "Bin al-Qadi" at the end of a name "belqadi" if a surname is so listed; else nothing."""
    known = particles()
    if word not in known.grown_if_unknown or not 1 <= len(waiting) <= _ARTICLE_AND_NAME:
        return ""
    if len(waiting) == _ARTICLE_AND_NAME and waiting[0] not in known.articles:
        return ""
    name = waiting[-1]
    if len(waiting) == 1:
        if name[:2] not in _GROWN_ARTICLES or len(name) <= _SHORTEST_AFTER_ARTICLE:
            return ""
        name = name[2:]
    family = _OF_THE_FAMILY + name
    return family if _REGION in lexicon().entry(family).regions else ""


def _is_kunya(word: str, waiting: list[str]) -> bool:
    """Whether "father of" goes with what follows: Abou El Ela, Abu Zayd, but not Abou Diallo."""
    known = particles()
    if word not in known.kunyas or not waiting:
        return False
    if waiting[0] in known.articles:
        return len(waiting) > 1
    key = key_of(waiting[0])
    entry = lexicon().entries.get(key)
    if entry is None:
        return _without_article(key) != key or not items_of(key)
    return _REGION in entry.regions and entry.regions.isdisjoint(_OTHERS)


def _grown_article_off(key: str) -> str:
    return key if key in lexicon().entries else _without_article(key)


def _kunya(word: str, waiting: list[str]) -> str:
    """Father of and the name as one word, an article between them as its l."""
    has_article = waiting[0] in particles().articles
    following = waiting.pop(0) if not has_article else waiting.pop(1)
    if has_article:
        waiting.pop(0)
    elif (bare := _grown_article_off(key_of(following))) != following:
        following, has_article = bare, True
    return word + ("l" if has_article and not word.endswith("l") else "") + following


@lru_cache(maxsize=65_536)
def particle_apart(word: str) -> tuple[str, ...]:
    """Cut "benali" into ben and ali, "elamrani" into amrani, where what is left is known."""
    key = key_of(word)
    entry = lexicon().entries.get(key)
    for particle in particles().grown:
        rest = key.removeprefix(particle)
        if rest == key or len(rest) < _SHORTEST_AFTER_PARTICLE:
            continue
        if _is_apart(entry, key, rest):
            return (particle, rest)
    bare = _without_article(key) if entry is None and word.isascii() else key
    return (word,) if bare == key else (bare,)


def _is_apart(entry: Entry | None, key: str, rest: str) -> bool:
    """Whether `rest` is a name of its own; a listed given name such as Benjamin is never cut.

    Nor is a listed Belaid, for son and father of have become one in it, nor Aitani.
    """
    known = lexicon()
    if entry is not None and _WHOLE.match(key):
        return False
    if not is_arabic_name(rest):
        is_guess = entry is None and items_of(key)
        if is_guess or not _reads_as_arabic(rest):
            return False
    groups = () if entry is None else (known.groups[name] for name in entry.groups)
    return all(group.kind == "surname" for group in groups)


def _without_article(key: str) -> str:
    """`key` without al, el, es (Essaid) and so on where only the rest is listed."""
    for article in _ARTICLES:
        found = article.match(key)
        if found is None:
            continue
        rest = key[found.end() :]
        if len(rest) >= _SHORTEST_AFTER_ARTICLE and may_be_arabic(rest):
            return rest
    return key[2:] if _PLAIN_ARTICLE.match(key) and not items_of(key) else key


def _reads_as_arabic(key: str) -> bool:
    """Whether the letter rules lead from `key`, which nobody lists, to an Arabic name."""
    if len(key) < _SHORTEST_AFTER_ARTICLE or key in lexicon().entries:
        return False
    return _REGION in lexicon().entry(key).regions


def is_arabic_name(key: str) -> bool:
    """Whether a file of the lexicon lists `key` whose names "ben" or "al" may precede."""
    entry = lexicon().entries.get(key)
    return entry is not None and not entry.regions.isdisjoint(particles().grown_regions)


def may_be_arabic(key: str) -> bool:
    """As `is_arabic_name`, or the letter rules lead from `key` to such a name."""
    return is_arabic_name(key) or _reads_as_arabic(key)
