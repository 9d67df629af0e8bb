"""A process that records: started by test_concurrency.py, once for each writer."""

from __future__ import annotations

import sys

import django

django.setup()

from crosslight.core.policy import Actor  # noqa: E402
from crosslight.foundation.errors import NotAllowed  # noqa: E402
from crosslight.foundation.identifiers import new_id  # noqa: E402
from crosslight.foundation.transactions import act  # noqa: E402
from crosslight.ledger.acts import Act  # noqa: E402
from crosslight.ledger.services import record, record_refusal  # noqa: E402


def main(*, acts: int) -> None:
    """Each third act is rolled back and then recorded as refused. Prints one index per entry."""
    actor = Actor(id=new_id("usr"))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(acts):
        index = refuse(actor) if number % 3 == 2 else submit(actor)
        sys.stdout.write(f"{index}\n")
        sys.stdout.flush()


def submit(actor: Actor) -> int:
    with act():
        return record(
            actor=actor,
            act=Act.CONTRIBUTION_SUBMITTED,
            objects=[new_id("con")],
            payload={"hash": "0" * 64},
        )


def refuse(actor: Actor) -> int:
    try:
        submit_and_fail(actor)
    except NotAllowed as error:
        return record_refusal(actor=actor, action="contribution.save", code=error.code)
    raise AssertionError("the act was not refused")


def submit_and_fail(actor: Actor) -> None:
    with act():
        submit(actor)
        raise NotAllowed


if __name__ == "__main__":
    main(acts=int(sys.argv[1]))
