"""Doors at the console: every command, with the acts that it leaves or why it leaves none.

Whoever can run commands beside the database administers it, so no command refuses anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crosslight.accounts.models import ApiCredential
from crosslight.ledger.acts import Act
from crosslight.partnerships.models import Mandate
from tests.contributions.factories import draft
from tests.coordination.factories import notified
from tests.doors.unit import common
from tests.factories import World, user_of

Prepare = Callable[[World, Path], list[str]]


@dataclass(frozen=True)
class Command:
    """`arguments` None: it is not run here, and `none` says why that is no gap."""

    arguments: Prepare | None
    leaves: tuple[Act, ...] = ()
    none: str = ""
    objects: Callable[[World], list[str]] = lambda _world: []


def plain(*words: str) -> Prepare:
    return lambda _world, _folder: list(words)


def in_folder(*words: str) -> Prepare:
    """The last word is a name in a folder of the test."""
    return lambda _world, folder: [*words[:-1], str(folder / words[-1])]


def explaining(world: World, _folder: Path) -> list[str]:
    pair = notified(world)
    return [pair.entity_a.pk, pair.entity_b.pk]


def common_values(world: World, _folder: Path) -> list[str]:
    common(world)
    return []


def overdue(world: World, _folder: Path) -> list[str]:
    from datetime import timedelta

    from crosslight.coordination.models import Match
    from crosslight.foundation import clock

    old = draft(world.amina)
    old.expires_at = clock.now() - timedelta(days=1)
    old.save()
    pair = notified(world)
    Match.objects.filter(pk=pair.match.pk).update(acknowledge_by=clock.now() - timedelta(minutes=1))
    return []


def revoking_mandate(world: World, _folder: Path) -> list[str]:
    return [Mandate.objects.filter(user_id=world.amina.id).earliest("pk").pk]


def machine(world: World) -> str:
    from crosslight.core.vocabulary.people import ActorKind
    from crosslight.partnerships import services
    from tests.factories import CONSOLE

    user = services.add_person(
        actor=CONSOLE, email="robot@example.org", name="Robot", kind=ActorKind.MACHINE
    )
    services.create_api_key(actor=CONSOLE, user=user, label="test", scopes=["ledger"])
    return str(user.email)


def revoking_key(world: World, _folder: Path) -> list[str]:
    machine(world)
    return [ApiCredential.objects.get(user__email="robot@example.org").pk]


def disclosing(world: World, folder: Path) -> list[str]:
    return [
        str(folder / "proofs.zip"),
        *("--object", notified(world).match.pk, "--to", "court", "--code", "court-northport"),
        *("--name", "Court of Northport", "--reason", "criminal_proceedings"),
        *("--why", "Order of 3 May"),
    ]


def password_of(world: World, _folder: Path) -> list[str]:
    return [user_of(world.amina).email, "--password", "a long password of practice"]


def granting(world: World, _folder: Path) -> list[str]:
    return [
        user_of(world.amina).email,
        "preparer",
        *("--organisation", world.shelter.pk),
        *("--basis", "Protocol of cooperation, article 4", "--until", "2099-12-31"),
    ]


# Held to it: nothing that such a command calls starts the database.
OFFLINE = "reads and writes files that were named, and opens no database"

COMMANDS: dict[str, Command] = {
    "audit disclose": Command(disclosing, leaves=(Act.LEDGER_DISCLOSED,)),
    "audit sample": Command(None, none=OFFLINE),
    "audit verify": Command(None, none=OFFLINE),
    "clocks run": Command(overdue, leaves=(Act.MATCH_ESCALATED, Act.CONTRIBUTION_ERASED)),
    "contributor accredit": Command(
        lambda world, _: [
            "Night Kitchen",
            "--kind",
            "shelter",
            "--country",
            "XN",
            "--until",
            "2099-12-31",
        ],
        leaves=(Act.ORGANISATION_ACCREDITED,),
    ),
    "country add": Command(plain("XQ", "Quayland", "--region", "GB"), leaves=(Act.COUNTRY_ADDED,)),
    "demo": Command(None, none="makes and serves invented people; tests/cli/test_demo.py runs it"),
    "doctor": Command(plain(), none="numbers and settings, no record"),
    "init": Command(None, none="makes an empty database, in which nobody is yet"),
    "key create": Command(
        lambda world, _: [machine(world), "--label", "bot", "--scope", "ledger"],
        leaves=(Act.CREDENTIAL_CREATED,),
    ),
    "key revoke": Command(revoking_key, leaves=(Act.CREDENTIAL_REVOKED,)),
    "ledger checkpoint": Command(plain(), none="size and root of the ledger, no entry"),
    "ledger export": Command(in_folder("export"), leaves=(Act.LEDGER_EXPORTED,)),
    "ledger receipt": Command(plain("3"), leaves=(Act.LEDGER_EXPORTED,)),
    "ledger verify": Command(plain(), none="recomputes hashes and shows one line"),
    "ledger verify-receipt": Command(None, none=OFFLINE),
    "mandate grant": Command(granting, leaves=(Act.MANDATE_GRANTED,)),
    "mandate revoke": Command(revoking_mandate, leaves=(Act.MANDATE_REVOKED,)),
    "match common-values": Command(common_values, leaves=(Act.VALUE_LISTED,)),
    "match explain": Command(explaining, leaves=(Act.MATCH_EXPLAINED,)),
    "match files": Command(None, none=OFFLINE),
    "match estimate": Command(None, none=OFFLINE),
    "match rebuild": Command(plain(), leaves=(Act.MATCH_INDEX_REBUILT, Act.VALUE_LISTED)),
    "names score": Command(None, none=OFFLINE),
    "openapi": Command(plain(), none="the description of the API, no record"),
    "package auditor-script": Command(None, none=OFFLINE),
    "package build": Command(None, none=OFFLINE),
    "package key": Command(None, none=OFFLINE),
    "package verify": Command(None, none=OFFLINE),
    "person add": Command(plain("new@example.org", "New Example"), leaves=(Act.PERSON_ADDED,)),
    "person password": Command(password_of, leaves=(Act.PASSWORD_SET,)),
    "serve": Command(None, none="opens the pages and operations, whose doors are walked"),
    "unit add": Command(
        lambda world, _: [
            "Unit D",
            "--country",
            "XN",
            "--duty",
            "Duty officer",
            "--phone",
            "+44 7700 900100",
        ],
        leaves=(Act.UNIT_ADDED, Act.AUTHORITY_ADDED),
    ),
    "witness cosign": Command(None, none=OFFLINE),
    "witness init": Command(None, none=OFFLINE),
    "witness show": Command(None, none=OFFLINE),
}
