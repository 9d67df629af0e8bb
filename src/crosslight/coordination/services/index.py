"""The blind index: which keys an entity is found by, how rare they are, whom they bring up.

Everything here goes through the index on `MatchKey.key` or by primary keys, and reads a bounded
number of rows; no query grows with the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np
from django.db.models import F

from crosslight.coordination.models import KeyPopulation, MatchKey, MatchProfile
from crosslight.coordination.services import value_counts
from crosslight.coordination.services.statements import rows_of, rows_of_each
from crosslight.core.entities.states import EntityState
from crosslight.core.lifecycle.investigation import InvestigationState
from crosslight.core.matching import (
    COMMON_VALUE_HOLDERS,
    KEY_KINDS,
    MODEL,
    Prepared,
    Record,
    columns,
    exact_keys,
    keys,
    most_holders,
    pack,
    prepare,
    record_from_properties,
)
from crosslight.core.names.lexicon import lexicon
from crosslight.core.vocabulary.coordination import Audience
from crosslight.investigations.models import Entity
from crosslight.investigations.selectors import current_statements, properties_of

MOST_KEYS = 500
# A value that the regional office lifted makes matches up to this many times as many holders.
LIFTED_FACTOR = 10
EXACT = KEY_KINDS.index("exact")
_LIMITS = tuple(map(most_holders, KEY_KINDS))
# One branch for each key, so that a key which very many hold is read no further than its limit.
_HOLDING = (
    'SELECT * FROM (SELECT "key", "profile_id" FROM "coordination_matchkey"'
    ' WHERE "key" = %s LIMIT %s) AS held'
)
_LIFTED = 'SELECT "key" FROM "coordination_commonvalue" WHERE "lifted_at" IS NOT NULL AND "key" IN'
_PROFILES = (
    'SELECT "id", "entity_id", "unit_id", "packed" FROM "coordination_matchprofile" WHERE "id" IN'
)
_SIZE = 'SELECT "size" FROM "coordination_keypopulation" WHERE "id" IN'
_ONE_ROW = 1
# Raised with any change of `pack` or of keys that neither model nor lexicon tells of.
_PACKING = 2
_MOST_ROWS = 5_000

KeyKinds = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds the keys of one entity: profiles by key, never more than a key's limit and one.

    `common` are identifiers that more hold than may; `usable` maps every other key that fetches
    candidates to its holders. Of a `lifted` identifier more may.
    """

    usable: Mapping[int, tuple[int, ...]]
    common: frozenset[int]
    holders: Mapping[int, int]


def prepared_of(entity: Entity) -> Prepared:
    """The entity's current statements, made ready for comparison."""
    return prepare(record_of(entity))


def record_of(entity: Entity) -> Record:
    return _record(entity, properties_of(current_statements(entity)))


def prepared_from(entity: Entity, properties: Mapping[str, Sequence[str]]) -> Prepared:
    return prepare(_record(entity, properties))


def _record(entity: Entity, properties: Mapping[str, Sequence[str]]) -> Record:
    return record_from_properties(
        id=entity.pk,
        schema=entity.schema,
        properties=properties,
        country=entity.investigation.country.dialling_region,
    )


def release() -> str:
    """What the index depends on: the model, the spellings it reads, and how profiles are packed."""
    return f"{MODEL}/{lexicon().version}/{_PACKING}"


def is_matched(entity: Entity) -> bool:
    """Only active MATCH_ONLY entities of registered investigations are (procedures A.2)."""
    return (
        entity.state == EntityState.ACTIVE
        and entity.audience == Audience.MATCH_ONLY
        and entity.investigation.state == InvestigationState.REGISTERED
    )


def keys_of(prepared: Prepared) -> dict[int, int]:
    """The entity's keys with their kinds; exact ones first, and never more than MOST_KEYS."""
    found = keys(columns((prepared,)))
    return _bounded(found.keys.tolist(), found.kinds.tolist())


def write_keys(entity: Entity, prepared: Prepared) -> dict[int, int]:
    """Index the entity anew; what stays the same is not touched."""
    return write_many([(entity, prepared)])[0]


def write_many(entities: Sequence[tuple[Entity, Prepared]]) -> list[dict[int, int]]:
    """Index many entities anew in a few statements; no entity twice."""
    profiles = _profiles(entities)
    rows = MatchKey.objects.filter(profile__in=list(profiles.values()))
    held: dict[int, dict[int, int]] = {}
    for profile, key, kind in rows.values_list("profile_id", "key", "kind"):
        held.setdefault(profile, {})[key] = kind
    wanted = {
        profiles[entity.pk]: kinds
        for (entity, _), kinds in zip(entities, _kinds_of(entities), strict=True)
    }
    steps: Counter[int] = Counter()
    added = []
    for profile, kinds in wanted.items():
        before = held.get(profile, {})
        gone = {key: kind for key, kind in before.items() if key not in kinds}
        steps.subtract(_take_out(profile, gone))
        new = {key: kind for key, kind in kinds.items() if key not in before}
        steps.update(value_counts.counted(new))
        added += [MatchKey(key=key, profile_id=profile, kind=kind) for key, kind in new.items()]
    MatchKey.objects.bulk_create(added, batch_size=_MOST_ROWS)
    value_counts.change(steps)
    return list(wanted.values())


def _profiles(entities: Sequence[tuple[Entity, Prepared]]) -> dict[str, int]:
    """The number of each entity's profile, after writing what it compares by."""
    ids = [entity.pk for entity, _ in entities]
    there = {row.entity_id: row for row in MatchProfile.objects.filter(entity__in=ids)}
    new: list[MatchProfile] = []
    for entity, prepared in entities:
        row = there.get(entity.pk) or MatchProfile(entity=entity)
        row.unit_id = entity.unit_id
        row.packed = pack(prepared)
        if row.pk is None:
            new.append(row)
    MatchProfile.objects.bulk_update(there.values(), ["unit", "packed"], batch_size=_MOST_ROWS)
    MatchProfile.objects.bulk_create(new, batch_size=_MOST_ROWS)
    if new:
        resize(len(new))
    return {row.entity_id: row.pk for row in (*there.values(), *new)}


def _kinds_of(entities: Sequence[tuple[Entity, Prepared]]) -> Iterator[dict[int, int]]:
    found = keys(columns([prepared for _, prepared in entities]))
    ends = found.rows.searchsorted(np.arange(len(entities) + 1)).tolist()
    for start, end in pairwise(ends):
        yield _bounded(found.keys[start:end].tolist(), found.kinds[start:end].tolist())


def _bounded(numbers: list[int], kinds: list[int]) -> dict[int, int]:
    by_kind = sorted(zip(kinds, numbers, strict=True))
    return {key: kind for kind, key in by_kind[:MOST_KEYS]}


def drop_keys(entity: Entity) -> None:
    profile = MatchProfile.objects.filter(entity=entity).first()
    if profile is None:
        return
    gone = _take_out(profile.pk, dict(profile.keys.values_list("key", "kind")))
    value_counts.change(dict.fromkeys(gone, -1))
    profile.delete()
    resize(-1)


def _take_out(profile: int, gone: KeyKinds) -> tuple[int, ...]:
    """Delete keys of a profile, and tell which of them are counted."""
    if gone:
        MatchKey.objects.filter(profile_id=profile, key__in=list(gone)).delete()
    return value_counts.counted(gone)


def holding(kinds: KeyKinds) -> Holding:
    """Who holds each of the keys, read only as far as the key's limit."""
    lifted = lifted_among(kinds)
    limits = {key: _limit(kind, is_lifted=key in lifted) for key, kind in kinds.items()}
    found: dict[int, list[int]] = {}
    for key, profile in _held(limits):
        found.setdefault(key, []).append(profile)
    common = {
        key
        for key, held in found.items()
        if len(held) > limits[key] and KEY_KINDS[kinds[key]] == "exact"
    }
    return Holding(
        usable={key: tuple(held) for key, held in found.items() if len(held) <= limits[key]},
        common=frozenset(common),
        holders={
            key: min(len(held), COMMON_VALUE_HOLDERS) if key in lifted - common else len(held)
            for key, held in found.items()
        },
    )


def lifted_among(kinds: KeyKinds) -> frozenset[int]:
    exact = [key for key, kind in kinds.items() if kind == EXACT]
    return frozenset(key for (key,) in rows_of(_LIFTED, exact))


def profiles(numbers: Sequence[int]) -> list[tuple[int, str, str, str]]:
    """Of each profile its number, its entity's and its unit's id, and what it compares by."""
    return rows_of(_PROFILES, numbers)


def _limit(kind: int, *, is_lifted: bool) -> int:
    return _LIMITS[kind] * LIFTED_FACTOR if is_lifted else _LIMITS[kind]


def _held(limits: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    yield from rows_of_each(_HOLDING, [(key, limit + 1) for key, limit in limits.items() if limit])


def shared_exact_keys(
    one: Entity, other: Entity, *, entered_by: datetime | None = None
) -> frozenset[int]:
    """Identifiers that both hold now, indexed or not; or that both had told of at a moment."""
    return _exact_keys(one, entered_by) & _exact_keys(other, entered_by)


def usable_among(exact: Iterable[int]) -> frozenset[int]:
    """Those identifiers that few enough entities hold to mean anything."""
    kinds = dict.fromkeys(exact, EXACT)
    return frozenset(kinds) - holding(kinds).common


def _exact_keys(entity: Entity, entered_by: datetime | None) -> frozenset[int]:
    if entered_by is None:
        return frozenset(exact_keys(prepared_of(entity)))
    told = entity.statements.filter(entered_at__lte=entered_by)
    return frozenset(exact_keys(prepared_from(entity, properties_of(list(told)))))


def population_size() -> int:
    sizes = rows_of(_SIZE, [_ONE_ROW])
    return int(sizes[0][0]) if sizes else 0


def population() -> KeyPopulation:
    found, _ = KeyPopulation.objects.get_or_create(pk=_ONE_ROW, defaults={"release": release()})
    return found


def resize(by: int) -> None:
    population()
    KeyPopulation.objects.filter(pk=_ONE_ROW).update(size=F("size") + by)
