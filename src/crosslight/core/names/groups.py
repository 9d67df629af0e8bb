"""Spelling groups as the regions' files list them, and groups of several regions made one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from crosslight.core.names.packaged import compiled_groups, load, names_of, subject
from crosslight.core.names.scripts import has_script
from crosslight.core.names.spellings import key_of, words_of

_KINDS = frozenset({"given", "given_male", "given_female", "surname", "any"})
_GIVEN = frozenset({"given", "given_male", "given_female"})
_STRENGTHS = frozenset({"firm", "weak"})
# Shorter Latin spellings are alike by chance too often to show that two groups are one name.
_TELLING_LENGTH = 4
_ENOUGH = 2


class Group(NamedTuple):
    """One group of one file; `source` tells the regions apart, `region` is what users read.

    `keys` are its spellings, the first the commonest; `phrases` those of several words.
    """

    number: int
    source: str
    kind: str
    region: str
    weight: float
    is_firm: bool
    keys: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    example: tuple[str, str]


def all_groups() -> tuple[Group, ...]:
    """All groups of all files in order, as they were compiled."""
    rows = compiled_groups()
    return read_groups() if rows is None else tuple(map(_of_row, rows))


def _of_row(row: list[Any]) -> Group:
    *head, keys, phrases, example = row
    return Group._make([*head, tuple(keys), tuple(map(tuple, phrases)), tuple(example)])


def read_groups() -> tuple[Group, ...]:
    """As `all_groups`, of the files; ValueError names the file and group that is wrong."""
    regions: dict[str, _Region] = defaultdict(_Region)
    number = 0
    for name in names_of("lexicon"):
        content, source = load(name), subject(name)
        groups = [
            _group(row, number=number + place, source=source, meta=content["meta"])
            for place, row in enumerate(content["groups"])
        ]
        regions[source].add(groups)
        number += len(groups)
    return tuple(group for region in regions.values() for group in region.groups())


class _Region:
    """Groups of one region's files; a name that they list twice is one.

    One file lists a name twice as given name and surname, by the same first spelling; a later
    release may share two telling spellings with a group of an earlier one. Groups in Chinese
    characters that differ are never one: many names sound alike.
    """

    def __init__(self) -> None:
        self._groups: dict[int, Group] = {}
        self._by_first: dict[tuple[str, bool], int] = {}
        self._holders: dict[str, set[int]] = defaultdict(set)

    def groups(self) -> Iterable[Group]:
        return self._groups.values()

    def add(self, groups: Iterable[Group]) -> None:
        """The groups of one file more."""
        added = [self._add(group) for group in groups]
        for number in added:
            for key in self._groups[number].keys:
                if _is_telling(key):
                    self._holders[key].add(number)

    def _add(self, group: Group) -> int:
        first = (_latin(group.keys), group.is_firm)
        number = self._by_first.get(first)
        if number is None:
            number = self._earlier(group)
        if number is None or _are_apart(self._groups[number], group):
            number = group.number
            self._groups[number] = group
            self._by_first.setdefault(first, number)
        else:
            self._groups[number] = _one(self._groups[number], group)
        return number

    def _earlier(self, group: Group) -> int | None:
        """The group of an earlier file that shares most telling spellings, two at least."""
        shared = Counter(number for key in group.keys for number in self._holders.get(key, ()))
        for number, count in shared.most_common(1):
            if count >= _ENOUGH and self._groups[number].is_firm == group.is_firm:
                return number
        return None


def _is_telling(key: str) -> bool:
    return not key.isascii() or len(key) >= _TELLING_LENGTH


def _are_apart(one: Group, other: Group) -> bool:
    ours, theirs = ({key for key in group.keys if has_script(key, "Han")} for group in (one, other))
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _one(before: Group, group: Group) -> Group:
    return before._replace(
        kind=before.kind if before.kind == group.kind else "any",
        weight=max(before.weight, group.weight),
        keys=tuple(dict.fromkeys(before.keys + group.keys)),
        phrases=before.phrases + group.phrases,
    )


def _group(row: Mapping[str, Any], *, number: int, source: str, meta: Mapping[str, Any]) -> Group:
    try:
        spellings = [str(item) for held in row["spellings"].values() for item in held]
        phrases = [tuple(map(key_of, words_of(item))) for item in spellings]
        keys = tuple(dict.fromkeys("".join(words) for words in phrases if words))
        return Group(
            number=number,
            source=source,
            kind=_one_of(_KINDS, row["kind"]),
            region=row.get("region") or meta["region"],
            weight=float(row["weight"]),
            is_firm=_one_of(_STRENGTHS, row.get("strength", "firm")) == "firm",
            keys=_with_latin(keys),
            phrases=tuple(words for words in phrases if len(words) > 1),
            example=_pair(row.get("example") or (spellings[0], spellings[-1])),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"group {row} of {source}: {error!r}") from error


def _one_of(allowed: frozenset[str], value: str) -> str:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {', '.join(sorted(allowed))}")
    return value


def _with_latin(keys: tuple[str, ...]) -> tuple[str, ...]:
    if not _latin(keys):
        raise ValueError("no spelling in Latin letters")
    return keys


def _pair(words: Sequence[str]) -> tuple[str, str]:
    first, second = words
    return first, second


def _latin(keys: Iterable[str]) -> str:
    return next((key for key in keys if key.isascii()), "")


def merged(groups: Sequence[Group]) -> dict[int, str]:
    """Name of each group by its number; groups of several regions that are one name share one.

    They are one if they share a spelling in native script, two telling Latin ones, or the
    first; but never so that two groups that one region keeps apart would become one.
    """
    sets = _Merging(groups)
    for one, other in _links(groups):
        sets.join(one, other)
    return sets.names()


class _Merging:
    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = {group.number: group for group in groups}
        self._members = {group.number: [group.number] for group in groups}

    def join(self, one: int, other: int) -> None:
        left, right = self._members[one], self._members[other]
        regions = [self._groups[number].source for number in (*left, *right)]
        if left is right or len(set(regions)) < len(regions):
            return
        left.extend(right)
        for number in right:
            self._members[number] = left

    def names(self) -> dict[int, str]:
        """The first spelling of the first member, with its kind where another has the name."""
        found: dict[int, str] = {}
        taken: set[str] = set()
        for group in self._groups.values():
            first = self._groups[min(self._members[group.number])]
            if first.number not in found:
                found[first.number] = _free_name(first, taken=taken)
            found[group.number] = found[first.number]
        return found


def _free_name(group: Group, *, taken: set[str]) -> str:
    plain = _latin(group.keys)
    candidates = [plain, f"{plain}-{group.kind}", f"{plain}-{group.kind}-{group.number}"]
    name = next(item for item in candidates if item not in taken)
    taken.add(name)
    return name


def _links(groups: Sequence[Group]) -> list[tuple[int, int]]:
    """Pairs of groups that are one name, the surest first."""
    numbered = {group.number: group for group in groups}
    shared = Counter(_sharing(groups))
    found = []
    for (one, other), count in shared.items():
        strength = count + _bonus(numbered[one], numbered[other])
        if strength >= _ENOUGH:
            found.append((-strength, one, other))
    return [(one, other) for _, one, other in sorted(found)]


def _sharing(groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    holders: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for key in group.keys if group.is_firm else ():
            if _is_telling(key):
                holders[key].append(group)
    for held in holders.values():
        for one, other in combinations(held, 2):
            if one.source != other.source and _is_one_kind(one, other):
                yield one.number, other.number


def _is_one_kind(one: Group, other: Group) -> bool:
    kinds = {one.kind, other.kind}
    return len(kinds) == 1 or "any" in kinds or (kinds <= _GIVEN and "given" in kinds)


def _bonus(one: Group, other: Group) -> int:
    is_native = any(not key.isascii() for key in set(one.keys) & set(other.keys))
    is_first = _latin(one.keys) == _latin(other.keys)
    return 2 * is_native + is_first
