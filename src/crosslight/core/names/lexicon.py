"""Spelling groups: one name under several orthographies that no letter rule can join."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeVar

from crosslight.core.names.folds import fold, folds_of, guesses_of, without_foreign
from crosslight.core.names.groups import Group, all_groups, merged
from crosslight.core.names.packaged import release
from crosslight.core.names.related import Relative, read_relatives
from crosslight.core.names.scripts import latin_word
from crosslight.core.names.spellings import key_of

_K = TypeVar("_K")
_V = TypeVar("_V")
_NONE: frozenset[str] = frozenset()
_NO_NUMBERS: frozenset[int] = frozenset()
_ARTICLE = "ال"
_SHORTEST_AFTER_ARTICLE = 3
# A single letter is the fold of too many words to say which name it is.
_SHORTEST_FOLD = 2
_TELLING_FOLD = 4
_FAMILY = frozenset({"surname", "any"})


@dataclass(frozen=True, slots=True)
class SpellingGroup:
    """`share` is the group's part of all bearers in its kind, a rough relative frequency."""

    name: str
    kind: str
    region: str
    share: float
    is_firm: bool
    spellings: frozenset[str]


class Entry(NamedTuple):
    """What the lexicon knows of one word.

    `clusters` are the names of groups that hang together by words that several of them hold: one
    for a listed word, and the same for all spellings of a group.
    `origins` are the firm groups as the regions' files list them, before those of several
    regions were merged; `regions` are the files that list the word in a firm group,
    `weak_regions` those that list it in a weak one.
    """

    groups: frozenset[str] = _NONE
    weak_groups: frozenset[str] = _NONE
    clusters: frozenset[str] = _NONE
    origins: frozenset[int] = _NO_NUMBERS
    regions: frozenset[str] = _NONE
    weak_regions: frozenset[str] = _NONE
    is_listed: bool = False


_UNKNOWN = Entry()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`compounds` holds, by first word, the spellings of several words, the longest first.

    `surnames` are the words that a region's files list as such.
    """

    version: str
    groups: Mapping[str, SpellingGroup]
    entries: Mapping[str, Entry]
    by_fold: Mapping[str, list[Entry]]
    region_of: Mapping[int, str]
    label_of: Mapping[int, str]
    relations: Mapping[str, frozenset[int]]
    relatives: tuple[Relative, ...]
    compounds: Mapping[str, tuple[tuple[str, ...], ...]]
    surnames: Mapping[str, frozenset[str]]

    def entry(self, word: str) -> Entry:
        """Of `word` as written or else romanised or else under the letter rules."""
        found = self.entries.get(key_of(word)) or self.entries.get(_other_article(word))
        return found or self._entry_by_fold(word)

    def groups_of(self, word: str) -> frozenset[str]:
        """Names of the firm groups that hold `word`."""
        return self.entry(word).groups

    def relations_of(self, word: str, entry: Entry) -> frozenset[int]:
        """Numbers of the relations (short forms and the like) that hold `word`, listed so.

        Letter rules lead to them only from a word that no group lists: Sami is no Sammy.
        """
        keys = [f"={key_of(word)}", *entry.groups]
        if not entry.is_listed:
            keys.append(f"~{fold(latin_word(word))}")
        found = [self.relations[key] for key in keys if key in self.relations]
        return _NO_NUMBERS.union(*found) if found else _NO_NUMBERS

    def _entry_by_fold(self, word: str) -> Entry:
        found = self._by_folds(folds_of(word)) or self._by_folds(guesses_of(word))
        return _joined(found) if found else _UNKNOWN

    def _by_folds(self, forms: Iterable[str]) -> list[Entry]:
        long_enough = (form for form in forms if len(form) >= _SHORTEST_FOLD)
        return [entry for form in long_enough for entry in self.by_fold.get(form, ())]


def _other_article(word: str) -> str:
    """A word in Arabic script without the article that it has, or with it."""
    if not word.startswith(_ARTICLE):
        return word if word.isascii() else _ARTICLE + word
    is_longer = len(word) >= len(_ARTICLE) + _SHORTEST_AFTER_ARTICLE
    return word[len(_ARTICLE) :] if is_longer else word


@cache
def lexicon() -> Lexicon:
    """The current release, read once.

    Nothing of what is made here is ever let go, so that looking for garbage meanwhile, which
    doubles the time, finds none.
    """
    is_enabled = gc.isenabled()
    gc.disable()
    try:
        return _lexicon()
    finally:
        if is_enabled:
            gc.enable()


def _lexicon() -> Lexicon:
    read = all_groups()
    names = merged(read)
    entries = _entries(read, names=names)
    relatives = read_relatives()
    return Lexicon(
        version=release(),
        groups=_spelling_groups(read, names=names),
        entries=entries,
        by_fold=_by_fold(entries),
        region_of={group.number: group.source for group in read},
        label_of={group.number: group.region for group in read},
        relations=_relations(relatives, entries=entries),
        relatives=relatives,
        compounds=_compounds(phrase for group in read for phrase in group.phrases),
        surnames=_surnames(read),
    )


def _surnames(read: Iterable[Group]) -> dict[str, frozenset[str]]:
    held: dict[str, list[str]] = defaultdict(list)
    for group in read:
        if group.is_firm and group.kind in _FAMILY:
            held[group.source] += group.keys
    return {source: frozenset(keys) for source, keys in held.items()}


def _entries(read: Iterable[Group], *, names: Mapping[int, str]) -> dict[str, Entry]:
    """Entry of each spelling; spellings of the same groups share one."""
    numbered = {group.number: group for group in read}
    holders = _gathered((key, group.number) for group in numbered.values() for key in group.keys)
    held = {tuple(numbers) for numbers in holders.values()}
    clusters = _clusters({names[n] for n in each if numbered[n].is_firm} for each in held)
    entries = {
        each: _entry([numbered[number] for number in each], names=names, clusters=clusters)
        for each in held
    }
    return {key: entries[tuple(numbers)] for key, numbers in holders.items()}


def _entry(groups: list[Group], *, names: Mapping[int, str], clusters: Mapping[str, str]) -> Entry:
    if len(groups) == 1 and groups[0].is_firm:
        return _entry_of_one(groups[0], name=names[groups[0].number], clusters=clusters)
    firm = [group for group in groups if group.is_firm]
    weak = [group for group in groups if not group.is_firm]
    firm_names = frozenset(names[group.number] for group in firm)
    return Entry(
        groups=firm_names,
        weak_groups=frozenset(names[group.number] for group in weak),
        clusters=frozenset(clusters[name] for name in firm_names),
        origins=frozenset(group.number for group in firm),
        regions=frozenset(group.source for group in firm),
        weak_regions=frozenset(group.source for group in weak),
        is_listed=True,
    )


def _entry_of_one(group: Group, *, name: str, clusters: Mapping[str, str]) -> Entry:
    """As `_entry`, of a single firm group, as of nearly all words."""
    return Entry(
        groups=frozenset((name,)),
        clusters=frozenset((clusters[name],)),
        origins=frozenset((group.number,)),
        regions=_region(group.source),
        is_listed=True,
    )


@cache
def _region(source: str) -> frozenset[str]:
    return frozenset((source,))


def _clusters(held: Iterable[set[str]]) -> dict[str, str]:
    """For each group the first, in the alphabet, of those that hang together with it."""
    cluster: dict[str, set[str]] = {}
    for names in held:
        joined = names.union(*(cluster[name] for name in names if name in cluster))
        cluster.update(dict.fromkeys(joined, joined))
    return {name: min(names) for name, names in cluster.items()}


def _by_fold(entries: Mapping[str, Entry]) -> dict[str, list[Entry]]:
    return _gathered(
        (form, entry)
        for word, entry in entries.items()
        for form in without_foreign(folds_of(word), entry.regions)
    )


def _joined(entries: Iterable[Entry]) -> Entry:
    """Of a word that was not listed itself."""
    kept = list(dict.fromkeys(entries))
    if len(kept) == 1:
        return kept[0]._replace(is_listed=False)
    return Entry(
        groups=_NONE.union(*(entry.groups for entry in kept)),
        weak_groups=_NONE.union(*(entry.weak_groups for entry in kept)),
        clusters=_NONE.union(*(entry.clusters for entry in kept)),
        origins=_NO_NUMBERS.union(*(entry.origins for entry in kept)),
        regions=_NONE.union(*(entry.regions for entry in kept)),
    )


def _spelling_groups(
    read: Iterable[Group], *, names: Mapping[int, str]
) -> dict[str, SpellingGroup]:
    """Groups under their names; one merged of several keeps the first's kind and region.

    Its share is that of the region where it is commonest.
    """
    kept = list(read)
    totals: dict[tuple[str, str], float] = defaultdict(float)
    for group in kept:
        totals[group.source, group.kind] += group.weight
    parts = _gathered((names[group.number], group) for group in kept)
    return {
        name: SpellingGroup(
            name=name,
            kind=groups[0].kind,
            region=groups[0].region,
            share=max(group.weight / totals[group.source, group.kind] for group in groups),
            is_firm=groups[0].is_firm,
            spellings=frozenset(key for group in groups for key in group.keys),
        )
        for name, groups in parts.items()
    }


def _relations(
    relatives: Iterable[Relative], *, entries: Mapping[str, Entry]
) -> dict[str, frozenset[int]]:
    """Relations by each name as written, by its fold, and by each group it is a spelling of."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, relative in enumerate(relatives):
        for word in relative.words:
            for key in _relation_keys(word, source=relative.source, entries=entries):
                found[key].add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


def _relation_keys(word: str, *, source: str, entries: Mapping[str, Entry]) -> Iterator[str]:
    """Of a group only where the relation's own region lists it: Val is Valentina, not Fall."""
    yield f"={key_of(word)}"
    entry = entries.get(key_of(word))
    if entry is None:
        form = fold(latin_word(word))
        if len(form) >= _TELLING_FOLD:
            yield f"~{form}"
    elif source in entry.regions:
        yield from entry.groups


def _compounds(
    phrases: Iterable[tuple[str, ...]],
) -> dict[str, tuple[tuple[str, ...], ...]]:
    held = _gathered((words[0], words) for words in phrases)
    return {
        first: tuple(sorted(set(found), key=lambda words: (-len(words), words)))
        for first, found in held.items()
    }


def _gathered(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, list[_V]]:
    gathered: dict[_K, list[_V]] = defaultdict(list)
    for key, value in pairs:
        gathered[key].append(value)
    return gathered
