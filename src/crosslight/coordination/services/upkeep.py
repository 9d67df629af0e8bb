"""What the operator does at the console: rebuild the index, list what is common, explain a pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from crosslight.coordination.models import KeyPopulation, Match, MatchKey
from crosslight.coordination.services import candidates, index
from crosslight.coordination.services.common_values import rows_of_common_values
from crosslight.coordination.services.matching import match_indexed
from crosslight.core.entities.states import EntityState
from crosslight.core.lifecycle.investigation import InvestigationState
from crosslight.core.matching import MODEL, MatchResult, Prepared, Record, prepare
from crosslight.core.policy import system_actor
from crosslight.core.vocabulary.coordination import Audience
from crosslight.core.vocabulary.people import Role
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.foundation.transactions import act, sole_act
from crosslight.investigations.models import Entity, Statement
from crosslight.investigations.selectors import properties_of
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

Progress = Callable[[int], None]

_CONSOLE = system_actor("console", Role.ADMINISTRATOR)
_INDEXING, _MATCHING = "index", "match"
# Matching takes longer, and units that save wait for a batch to end.
_MOST_MATCHED = 100
_MATCHED = Q(
    state=EntityState.ACTIVE.value,
    audience=Audience.MATCH_ONLY.value,
    investigation__state=InvestigationState.REGISTERED.value,
)


@dataclass(frozen=True, slots=True)
class IndexRebuilt:
    entities: int
    keys: int
    common: int
    model: str


@dataclass(frozen=True, slots=True)
class CommonValue:
    """`kind` is what it is (phone, email), `value` "" where nobody holds it any more."""

    kind: str
    value: str
    holders: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class ExplainedPair:
    left: Record
    right: Record
    result: MatchResult


def needs_rebuild() -> bool:
    """Whether the index was built under another release, or a rebuild broke off."""
    place = KeyPopulation.objects.filter(pk=1).first()
    return place is not None and (place.release != index.release() or place.step != "")


def entities_to_index() -> int:
    """How many steps a rebuild has: every entity is indexed, then matched."""
    return _to_index().count() + Entity.objects.filter(_MATCHED).count()


def rebuild_index(*, batch: int, resume: bool, progress: Progress) -> IndexRebuilt:
    """Index every matched entity under the present release, then match what was missed before.

    Each batch is a transaction of its own. With `resume` a run that broke off goes on after its
    last whole batch, unless the release changed meanwhile.
    """
    _begin(resume=resume)
    for step, work in ((_INDEXING, _index_batch), (_MATCHING, _match_batch)):
        while index.population().step == step:
            progress(work(batch))
    return IndexRebuilt(
        entities=index.population().size,
        keys=MatchKey.objects.count(),
        common=len(common_values()),
        model=MODEL,
    )


def common_values() -> tuple[CommonValue, ...]:
    """What too many hold, most holders first."""
    with act():
        rows = [row for row in rows_of_common_values() if row.is_common]
        record(
            actor=_CONSOLE,
            act=Act.VALUE_LISTED,
            objects=[row.id for row in rows],
            justification="console",
        )
    return tuple(CommonValue(row.kind, row.value, row.holders, row.since) for row in rows)


def explained_pair(*, left: str, right: str) -> ExplainedPair:
    """Two entities by their ids; or, with `right` empty, the two of a match.

    Holds values of both units: for the operator of the database alone. Raises NotFoundOrHidden.
    """
    with act():
        pair = _of_match(left) if not right else (_entity(left), _entity(right))
        ours, theirs = (index.record_of(entity) for entity in pair)
        result = candidates.compared(prepare(ours), prepare(theirs))
        record(
            actor=_CONSOLE,
            act=Act.MATCH_EXPLAINED,
            objects=[entity.pk for entity in pair],
            justification="console",
        )
    return ExplainedPair(ours, theirs, result)


def _begin(*, resume: bool) -> None:
    with sole_act():
        place = index.population()
        if resume and place.step and place.step_release == index.release():
            return
        _move(place, step=_INDEXING, to="")
        place.step_release = index.release()
        place.save(update_fields=["step_release"])


def _index_batch(batch: int) -> int:
    with sole_act():
        place = index.population()
        entities = list(_to_index().filter(pk__gt=place.rebuilt_to)[:batch])
        index.write_many(_prepared([each for each in entities if index.is_matched(each)]))
        for entity in entities:
            if not index.is_matched(entity):
                index.drop_keys(entity)
        if entities:
            _move(place, step=_INDEXING, to=entities[-1].pk)
        else:
            _move(place, step=_MATCHING, to="")
    return len(entities)


def _match_batch(batch: int) -> int:
    with sole_act():
        place = index.population()
        matched = _ordered(Entity.objects.filter(_MATCHED)).filter(pk__gt=place.rebuilt_to)
        entities = list(matched[: min(batch, _MOST_MATCHED)])
        for entity in entities:
            match_indexed(entity)
        if entities:
            _move(place, step=_MATCHING, to=entities[-1].pk)
        else:
            _finish(place)
    return len(entities)


def _finish(place: KeyPopulation) -> None:
    _move(place, step="", to="")
    place.release = place.step_release
    place.save(update_fields=["release"])
    record(actor=_CONSOLE, act=Act.MATCH_INDEX_REBUILT, reference=MODEL)


def _move(place: KeyPopulation, *, step: str, to: str) -> None:
    """Never `size`, which others count while a rebuild runs."""
    place.step, place.rebuilt_to = step, to
    place.save(update_fields=["step", "rebuilt_to"])


def _to_index() -> QuerySet[Entity]:
    return _ordered(Entity.objects.filter(_MATCHED | Q(match_profile__isnull=False)))


def _ordered(rows: QuerySet[Entity]) -> QuerySet[Entity]:
    return rows.select_related("investigation__country", "unit").order_by("pk")


def _prepared(entities: Sequence[Entity]) -> list[tuple[Entity, Prepared]]:
    """With the statements of all of them read at once."""
    rows = Statement.objects.filter(entity__in=[each.pk for each in entities], is_current=True)
    told: dict[str, list[Statement]] = {}
    for statement in rows.order_by("entered_at", "pk"):
        told.setdefault(statement.entity_id, []).append(statement)
    return [
        (entity, index.prepared_from(entity, properties_of(told.get(entity.pk, []))))
        for entity in entities
    ]


def _of_match(name: str) -> tuple[Entity, Entity]:
    match = Match.objects.filter(Q(reference=name) | Q(pk=name)).first()
    if match is None:
        raise NotFoundOrHidden
    return (_entity(match.low_entity_id), _entity(match.high_entity_id))


def _entity(name: str) -> Entity:
    found = Entity.objects.select_related("investigation__country").filter(pk=name).first()
    if found is None:
        raise NotFoundOrHidden
    return found
