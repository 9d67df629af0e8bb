"""How many entities hold each word of a name and each value that only describes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import F

from crosslight.coordination.models import ValueCount
from crosslight.coordination.services.statements import MOST_NAMED, rows_of
from crosslight.core.matching import KEY_KINDS

_COUNTED = frozenset(map(KEY_KINDS.index, ("word", "value")))
_HOLDERS = 'SELECT "key", "holders" FROM "coordination_valuecount" WHERE "key" IN'


def counted(kinds: Mapping[int, int]) -> tuple[int, ...]:
    """Those of the keys whose holders are counted."""
    return tuple(key for key, kind in kinds.items() if kind in _COUNTED)


def change(steps: Mapping[int, int]) -> None:
    """So many entities more or less hold each key; what nobody holds is forgotten."""
    known = holders(steps)
    alike = defaultdict(list)
    for key, step in steps.items():
        if key in known and step:
            alike[step].append(key)
    for step, keys in alike.items():
        for part in _parts(keys):
            ValueCount.objects.filter(key__in=part).update(holders=F("holders") + step)
    gone = [key for key in known if known[key] + steps[key] <= 0]
    for part in _parts(gone):
        ValueCount.objects.filter(key__in=part).delete()
    ValueCount.objects.bulk_create(
        (
            ValueCount(key=key, holders=step)
            for key, step in steps.items()
            if key not in known and step > 0
        ),
        batch_size=MOST_NAMED,
    )


def holders(keys: Iterable[int]) -> dict[int, int]:
    """Of those that are counted."""
    return dict(rows_of(_HOLDERS, list(keys)))


def _parts(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + MOST_NAMED] for start in range(0, len(keys), MOST_NAMED))
