"""The blind index: which keys an entity is found by, how rare they are, whom they bring up.

Everything here goes through the index on `MatchKey.key`; no query grows with the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from django.db.models import Count, F

from crosslight.coordination.models import KeyPopulation, MatchKey
from crosslight.coordination.models.keys import LONGEST_KEY
from crosslight.core.entities.states import EntityState
from crosslight.core.lifecycle.investigation import InvestigationState
from crosslight.core.matching import Prepared, is_key_usable, prepare, record_from_properties
from crosslight.core.vocabulary.coordination import Audience
from crosslight.investigations.models import Entity
from crosslight.investigations.selectors import current_statements, properties_of

MOST_KEYS = 500
MOST_CANDIDATES = 200
# Words of names are indexed only to count how rare they are: one shared word brings nobody up.
_COUNTED_ONLY = ("token:", "orgtoken:")
_DIGEST_LENGTH = 64


@dataclass
class IndexRarity:
    """How many indexed entities hold a key, counted inside the transaction and remembered."""

    counted: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return _population().size

    def holders(self, key: str) -> int:
        if key not in self.counted:
            self.counted |= count_holders([key])
        return self.counted[key]


def prepared_of(entity: Entity) -> Prepared:
    """The entity's current statements, made ready for comparison."""
    record = record_from_properties(
        id=entity.pk,
        schema=entity.schema,
        properties=properties_of(current_statements(entity)),
        country=entity.investigation.country.dialling_region,
    )
    return prepare(record)


def is_matched(entity: Entity) -> bool:
    """Only active MATCH_ONLY entities of registered investigations are (procedures A.2)."""
    return (
        entity.state == EntityState.ACTIVE
        and entity.audience == Audience.MATCH_ONLY
        and entity.investigation.state == InvestigationState.REGISTERED
    )


def write_keys(entity: Entity, prepared: Prepared) -> tuple[str, ...]:
    """Index the entity anew; exact keys first, and never more than MOST_KEYS."""
    drop_keys(entity)
    loose = sorted(prepared.keys - prepared.exact_keys)
    keys = (*sorted(prepared.exact_keys), *loose)[:MOST_KEYS]
    MatchKey.objects.bulk_create(
        MatchKey(
            key=stored(key),
            entity=entity,
            unit_id=entity.unit_id,
            is_exact=key in prepared.exact_keys,
        )
        for key in keys
    )
    if keys:
        _resize(+1)
    return keys


def drop_keys(entity: Entity) -> None:
    deleted, _ = MatchKey.objects.filter(entity=entity).delete()
    if deleted:
        _resize(-1)


def count_holders(keys: Iterable[str]) -> dict[str, int]:
    wanted = {stored(key): key for key in keys}
    found = (
        MatchKey.objects.filter(key__in=wanted)
        .values("key")
        .annotate(holders=Count("pk"))
        .values_list("key", "holders")
    )
    return dict.fromkeys(wanted.values(), 0) | {wanted[key]: holders for key, holders in found}


def candidates(entity: Entity, *, holders: Mapping[str, int]) -> list[Entity]:
    """Other units' entities that share a key which is not common, the rarest key first."""
    usable = {
        stored(key): count
        for key, count in holders.items()
        if is_key_usable(key, count) and not key.startswith(_COUNTED_ONLY)
    }
    sharing = (
        MatchKey.objects.filter(key__in=usable)
        .exclude(unit_id=entity.unit_id)
        .values_list("entity_id", "key")
    )
    rarest: dict[str, int] = {}
    for entity_id, key in sharing:
        rarest[entity_id] = min(usable[key], rarest.get(entity_id, usable[key]))
    chosen = sorted(rarest, key=lambda name: (rarest[name], name))[:MOST_CANDIDATES]
    return [found for found in _entities(chosen) if is_matched(found)]


def shared_exact_keys(one: Entity, other: Entity) -> frozenset[str]:
    """Identifiers that both hold now, indexed or not."""
    return prepared_of(one).exact_keys & prepared_of(other).exact_keys


def usable_among(keys: Iterable[str]) -> frozenset[str]:
    """Those that few enough entities hold to mean anything."""
    return frozenset(key for key, count in count_holders(keys).items() if is_key_usable(key, count))


def stored(key: str) -> str:
    """The key as the index holds it: what is too long for a column, by its digest."""
    if len(key) <= LONGEST_KEY:
        return key
    return key[: LONGEST_KEY - _DIGEST_LENGTH] + sha256(key.encode()).hexdigest()


def _entities(ids: Iterable[str]) -> list[Entity]:
    found = Entity.objects.select_related("investigation__country", "unit").in_bulk(list(ids))
    return [found[entity_id] for entity_id in ids if entity_id in found]


def _population() -> KeyPopulation:
    return KeyPopulation.objects.get_or_create(pk=1)[0]


def _resize(by: int) -> None:
    _population()
    KeyPopulation.objects.filter(pk=1).update(size=F("size") + by)
