"""A unit at work in a process of its own: started by test_concurrency.py, once for each unit.

Reads one command a line and answers each with one line: `done` or the name of the error.
"""

from __future__ import annotations

import sys

import django

django.setup()

from crosslight.accounts.models import User  # noqa: E402
from crosslight.coordination.selectors.scopes import matches_for  # noqa: E402
from crosslight.coordination.services import decisions, entry, procedure  # noqa: E402
from crosslight.core.policy import Actor  # noqa: E402
from crosslight.core.vocabulary.coordination import DecisionKind, Verdict  # noqa: E402
from crosslight.foundation.errors import StaleVersion  # noqa: E402
from crosslight.investigations.models import Entity  # noqa: E402
from crosslight.partnerships.selectors import actor_of  # noqa: E402
from tests.investigations.factories import person, said  # noqa: E402


def enter(actor: Actor, investigation_id: str, count: str) -> None:
    """Persons 0 to count - 1, each with a phone of its own."""
    for number in range(int(count)):
        draft = person(said("name", "Mamadou Diallo"), said("phone", f"+44 7700 900{number:03d}"))
        entry.enter_entity(actor=actor, investigation_id=investigation_id, draft=draft)


def acknowledge(actor: Actor) -> None:
    for match in matches_for(actor):
        procedure.acknowledge_match(actor=actor, match_id=match.pk)


def answer(actor: Actor) -> None:
    for match in matches_for(actor):
        procedure.answer_match(
            actor=actor, match_id=match.pk, verdict=Verdict.SAME, reason="The same"
        )


def propose(actor: Actor) -> None:
    """The same column as the other head's, at the same time."""
    for match in matches_for(actor):
        decisions.propose_decision(
            actor=actor,
            match_id=match.pk,
            kind=DecisionKind.SEPARATE,
            terms={"boundary": "Quay and road", "until": "2099-12-31"},
            reason="Incidental",
        )


def add(actor: Actor, entity_id: str, count: str) -> None:
    """Statements added to one entity, again with the newest version when someone was quicker."""
    added = 0
    while added < int(count):
        version = Entity.objects.get(pk=entity_id).version
        statement = said("alias", f"{actor.id} {added}")
        try:
            entry.add_statements(
                actor=actor, entity_id=entity_id, version=version, statements=[statement]
            )
        except StaleVersion:
            continue
        added += 1


COMMANDS = {
    "add": add,
    "enter": enter,
    "acknowledge": acknowledge,
    "answer": answer,
    "propose": propose,
}


def main(user_id: str) -> None:
    actor = actor_of(User.objects.get(pk=user_id), has_mfa=True)
    say("ready")
    for line in sys.stdin:
        name, *arguments = line.split()
        COMMANDS[name](actor, *arguments)
        say("done")


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
