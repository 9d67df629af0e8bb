"""What the exercise director knows: which pairs were planted, and which only look alike."""

from __future__ import annotations

from dataclasses import dataclass

from crosslight.core.entities.schemata import caption_of
from crosslight.core.vocabulary.coordination import Route
from crosslight.exercises.worlds import EntityRow, Pair, World, load_world


@dataclass(frozen=True, slots=True)
class Holding:
    """What one unit holds of a pair."""

    caption: str
    unit: str


@dataclass(frozen=True, slots=True)
class KnownPair:
    left: Holding
    right: Holding
    why: str
    is_protected: bool


@dataclass(frozen=True, slots=True)
class Truth:
    planted: tuple[KnownPair, ...]
    look_alikes: tuple[KnownPair, ...]


def truth_of_world() -> Truth:
    world = load_world()
    return Truth(
        planted=tuple(_known(world, pair) for pair in world.planted),
        look_alikes=tuple(_known(world, pair) for pair in world.look_alikes),
    )


def _known(world: World, pair: Pair) -> KnownPair:
    left, right = (_holding(world, row) for row in world.entities if row.key in pair.keys)
    return KnownPair(
        left=left, right=right, why=pair.why, is_protected=pair.route == Route.PROTECTION
    )


def _holding(world: World, row: EntityRow) -> Holding:
    values = {name: [value] for name, value in row.values.items()}
    key = world.unit_of_entity(row.key)
    unit = next(item.name for item in world.units if item.key == key)
    return Holding(caption=caption_of(row.schema, values), unit=unit)
