"""Entries for the tests of the ledger, each recorded in a transaction of its own."""

from __future__ import annotations

from crosslight.core.policy import Actor, system_actor
from crosslight.core.vocabulary.people import Role
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

REPORTER = Actor(
    id=f"usr_{1:026d}",
    roles=frozenset({Role.REPORTER}),
    organisation_id=f"org_{1:026d}",
    session="5e55" * 16,
)
CONSOLE = system_actor("console", Role.ADMINISTRATOR)


def contribution(number: int) -> str:
    return f"con_{number:026d}"


def record_one(number: int = 1, *, payload: dict[str, object] | None = None) -> int:
    with act():
        return record(
            actor=REPORTER,
            act=Act.CONTRIBUTION_SUBMITTED,
            objects=[contribution(number)],
            payload=payload,
        )


def record_many(count: int) -> None:
    with act():
        for number in range(count):
            record(actor=REPORTER, act=Act.CONTRIBUTION_SUBMITTED, objects=[contribution(number)])
