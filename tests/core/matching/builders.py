"""Records for the tests of matching: invented people, reserved phone numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from crosslight.core.matching import NoRarity, compare, prepare, record_from_properties


@dataclass(frozen=True)
class Counted:
    """A population in which the given keys have the given numbers of holders."""

    counts: dict[str, int] = field(default_factory=dict)
    total: int = 100_000

    def holders(self, key: str) -> int:
        return self.counts.get(key, 0)


def prepared(*, schema="Person", entered_in=None, **properties):
    listed = {
        name: (value,) if isinstance(value, str) else tuple(value)
        for name, value in properties.items()
    }
    record = record_from_properties(
        id="ent_1", schema=schema, properties=listed, country=entered_in
    )
    return prepare(record)


def matched(left, right, *, rarity=None):
    return compare(left, right, rarity=rarity or NoRarity())


def level(result, attribute):
    return next((item.level for item in result.evidence if item.attribute == attribute), None)
