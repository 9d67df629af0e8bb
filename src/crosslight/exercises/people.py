"""Who of the practice world does what."""

from __future__ import annotations

from crosslight.exercises.worlds import World


def officer_of(world: World, unit: str) -> str:
    """Key of the first officer of the unit of that key."""
    return _first(world, unit=unit, role="unit_officer")


def head_of(world: World, unit: str) -> str:
    return _first(world, unit=unit, role="unit_head")


def _first(world: World, *, unit: str, role: str) -> str:
    return next(
        person.key for person in world.people if person.unit == unit and role in person.roles
    )
