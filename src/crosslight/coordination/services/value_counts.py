"""How many entities hold each word of a name and each value that only describes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import F

from crosslight.coordination.models import ValueCount
from crosslight.core.matching import KEY_KINDS

_COUNTED = frozenset(map(KEY_KINDS.index, ("word", "value")))
# As many as one statement may name on either database.
_MOST_NAMED = 5_000


def counted(kinds: Mapping[int, int]) -> tuple[int, ...]:
    """Those of the keys whose holders are counted."""
    return tuple(key for key, kind in kinds.items() if kind in _COUNTED)


def change(keys: Collection[int], *, by: int) -> None:
    """One entity more or less holds each of the keys."""
    change_all(dict.fromkeys(keys, by))


def change_all(steps: Mapping[int, int]) -> None:
    """Many at once; what nobody holds any more is forgotten."""
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
        batch_size=_MOST_NAMED,
    )


def holders(keys: Iterable[int]) -> dict[int, int]:
    """Of those that are counted."""
    found: dict[int, int] = {}
    for part in _parts(list(keys)):
        rows = ValueCount.objects.filter(key__in=part)
        found |= dict(rows.values_list("key", "holders"))
    return found


def _parts(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + _MOST_NAMED] for start in range(0, len(keys), _MOST_NAMED))
