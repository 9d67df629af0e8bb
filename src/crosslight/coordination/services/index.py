"""The blind index: which keys an entity is found by, how rare they are, whom they bring up.

Everything here goes through the index on `MatchKey.key` or by primary keys, and reads a bounded
number of rows; no query grows with the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import F

from crosslight.coordination.models import CommonValue, KeyPopulation, MatchKey, MatchProfile
from crosslight.coordination.services import value_counts
from crosslight.core.entities.states import EntityState
from crosslight.core.lifecycle.investigation import InvestigationState
from crosslight.core.matching import (
    COMMON_VALUE_HOLDERS,
    KEY_KINDS,
    MODEL,
    Prepared,
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
# SQLite takes at most 500 branches.
_MOST_BRANCHES = 400

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
    return prepared_from(entity, properties_of(current_statements(entity)))


def prepared_from(entity: Entity, properties: Mapping[str, Iterable[str]]) -> Prepared:
    record = record_from_properties(
        id=entity.pk,
        schema=entity.schema,
        properties={name: list(values) for name, values in properties.items()},
        country=entity.investigation.country.dialling_region,
    )
    return prepare(record)


def release() -> str:
    """What keys depend on: the model and the spellings it reads."""
    return f"{MODEL}/{lexicon().version}"


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
    by_kind = sorted(zip(found.kinds.tolist(), found.keys.tolist(), strict=True))
    return {key: kind for kind, key in by_kind[:MOST_KEYS]}


def write_keys(entity: Entity, prepared: Prepared) -> dict[int, int]:
    """Index the entity anew; what stays the same is not touched."""
    wanted = keys_of(prepared)
    profile, is_new = MatchProfile.objects.update_or_create(
        entity=entity, defaults={"unit_id": entity.unit_id, "packed": pack(prepared)}
    )
    held = {} if is_new else dict(profile.keys.values_list("key", "kind"))
    _take_out(profile, {key: kind for key, kind in held.items() if key not in wanted})
    added = {key: kind for key, kind in wanted.items() if key not in held}
    MatchKey.objects.bulk_create(
        MatchKey(key=key, profile=profile, kind=kind) for key, kind in added.items()
    )
    value_counts.change(value_counts.counted(added), by=+1)
    if is_new:
        resize(+1)
    return wanted


def drop_keys(entity: Entity) -> None:
    profile = MatchProfile.objects.filter(entity=entity).first()
    if profile is None:
        return
    _take_out(profile, dict(profile.keys.values_list("key", "kind")))
    profile.delete()
    resize(-1)


def _take_out(profile: MatchProfile, gone: KeyKinds) -> None:
    if gone:
        MatchKey.objects.filter(profile=profile, key__in=list(gone)).delete()
        value_counts.change(value_counts.counted(gone), by=-1)


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
    lifted = CommonValue.objects.filter(key__in=exact, lifted_at__isnull=False)
    return frozenset(lifted.values_list("key", flat=True)) if exact else frozenset()


def _limit(kind: int, *, is_lifted: bool) -> int:
    return _LIMITS[kind] * LIFTED_FACTOR if is_lifted else _LIMITS[kind]


def _held(limits: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    asked = [(key, limit + 1) for key, limit in limits.items() if limit]
    for start in range(0, len(asked), _MOST_BRANCHES):
        part = asked[start : start + _MOST_BRANCHES]
        with connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join([_HOLDING] * len(part)),
                [number for pair in part for number in pair],
            )
            yield from cursor.fetchall()


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
    return population().size


def population() -> KeyPopulation:
    found, _ = KeyPopulation.objects.get_or_create(pk=1, defaults={"release": release()})
    return found


def resize(by: int) -> None:
    population()
    KeyPopulation.objects.filter(pk=1).update(size=F("size") + by)
