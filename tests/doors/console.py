"""Doors at the console: every command, with the acts that it leaves or why it leaves none.

Whoever can run commands beside the database administers it, so no command refuses anybody.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pyrage
from django.conf import settings
from django.test import override_settings

from crosslight.accounts.models import ApiCredential
from crosslight.contributions.services import accept_import
from crosslight.custody import storage
from crosslight.custody.models import Package
from crosslight.foundation import clock
from crosslight.ledger.acts import Act
from crosslight.ledger.retention import hold_shard
from crosslight.ledger.selectors import shards
from crosslight.partnerships.models import Mandate
from tests.contributions.factories import draft
from tests.contributions.import_files import checked, good_row
from tests.coordination.factories import notified
from tests.custody.factories import (
    FINGERPRINT,
    PHOTO,
    announced,
    arrived,
    home_of,
    released,
    sealed,
)
from tests.doors.oversight import erasing as erasure_of
from tests.doors.oversight import lifting, sent_on
from tests.doors.unit import common
from tests.factories import CONSOLE, World, user_of
from tests.ledger.acts import record_one

Prepare = Callable[[World, Path], list[str]]


@dataclass(frozen=True)
class Command:
    """`arguments` None: it is not run in this process; where it leaves an act, it is run `apart`.

    `by`: in whose name it goes on record, where that is not the console's. `said` comes on standard
    input. `later`: so long after it was prepared. `goes_on_for`: whose work it goes on with, on
    record in their name beside the console's.
    """

    arguments: Prepare | None
    leaves: tuple[Act, ...] = ()
    none: str = ""
    by: str = ""
    said: str = ""
    later: timedelta = timedelta(0)
    goes_on_for: str = ""
    apart: Callable[[Path], list[str]] | None = None


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
    from crosslight.coordination.models import Match

    old = draft(world.amina)
    old.expires_at = clock.now() - timedelta(days=1)
    old.save()
    forgotten = checked(world.amina, [good_row(1, timing="?")])
    forgotten.expires_at = clock.now() - timedelta(days=1)
    forgotten.save()
    accept_import(actor=world.amina, import_id=checked(world.amina, [good_row(2)]).pk)
    pair = notified(world)
    Match.objects.filter(pk=pair.match.pk).update(acknowledge_by=clock.now() - timedelta(minutes=1))
    return []


def revoking_mandate(world: World, _folder: Path) -> list[str]:
    return [Mandate.objects.filter(user_id=world.amina.id).earliest("pk").pk]


def machine(world: World) -> str:
    from crosslight.core.vocabulary.people import ActorKind
    from crosslight.partnerships import services

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


def coming(world: World) -> str:
    return announced(world.amina, home_of(world.amina))


def files_at_work(world: World, _folder: Path) -> list[str]:
    """One that arrived, one whose arrival nobody said, one that was given up."""
    arrived(world.amina, home_of(world.amina))
    unsaid, old = coming(world), coming(world)
    storage.upload_path(unsaid).write_bytes(PHOTO)
    Package.objects.filter(pk=unsaid).update(received_bytes=len(PHOTO))
    Package.objects.filter(pk=old).update(expires_at=clock.now() - timedelta(days=1))
    return []


def desk_of(*words: str) -> list[str]:
    return [*words, "--country", "XN"]


def at_desk(world: World, _folder: Path) -> list[str]:
    return desk_of(sealed(world.amina).pk)


def list_at_desk(world: World, _folder: Path) -> list[str]:
    sealed(world.amina)
    return desk_of()


def giving_on(world: World, folder: Path) -> list[str]:
    return [
        *desk_of(released(world.amina, world.luis).pk, "--recipient", world.police_a.pk),
        *("--purpose", "court", "--reason", "Asked for by the court in writing."),
        *("--out", str(folder / "out.osint.zip")),
    ]


def officer(world: World) -> list[str]:
    return ["--by", user_of(world.nuria).email]


def erasing(*words: str, is_done: bool = False) -> Prepare:
    """On what was asked for; `is_done`: it was set aside already."""

    def prepare(world: World, _folder: Path) -> list[str]:
        call = (lifting if is_done else erasure_of)(sent_on)(world)
        return [str(call.ids[0]), *words, *officer(world)]

    return prepare


def asking_to_erase(world: World, _folder: Path) -> list[str]:
    return [sent_on(world), "--ground", "led_16_2_unlawful", *officer(world)]


def list_of_erasures(world: World, folder: Path) -> list[str]:
    erasing()(world, folder)
    return officer(world)


def seeking(world: World, _folder: Path) -> list[str]:
    notified(world)
    return officer(world)


def this_year(*words: str) -> Prepare:
    return lambda _world, _folder: [str(shards()[-1].year), *words]


def held_year(_world: World, _folder: Path) -> list[str]:
    year = shards()[-1].year
    hold_shard(actor=CONSOLE, year=year, reference="CASE-7")
    return [str(year), "--reference", "CASE-7"]


def closed_year(_world: World, _folder: Path) -> list[str]:
    """An entry of the next year but one closes this one."""
    year = shards()[-1].year
    with clock.later(timedelta(days=800)):
        record_one()
    return [str(year), "--reason", "art-12", "--yes"]


def sealed_keys(folder: Path) -> list[str]:
    return [str(folder / "keys.age"), "--recipient", str(IDENTITY.to_public())]


@contextmanager
def own_keys(folder: Path) -> Iterator[None]:
    """A copy of the key files for the commands that exchange them: no rollback brings one back."""
    copy = folder / "own-keys"
    shutil.copytree(Path(settings.LEDGER_KEY_FILE).parent, copy)
    with override_settings(
        LEDGER_KEY_FILE=copy / Path(settings.LEDGER_KEY_FILE).name,
        KEY_ENCRYPTION=replace(settings.KEY_ENCRYPTION, folder=copy),
        LEDGER_MONTHS=12,
    ):
        yield


IDENTITY = pyrage.x25519.Identity.generate()
ROOTS = "a signed root and proofs go out, no entry; what comes back is kept beside the ledger"

# Held to it: nothing that such a command calls starts the database.
OFFLINE = "reads and writes files that were named, and opens no database"

COMMANDS: dict[str, Command] = {
    "audit disclose": Command(disclosing, leaves=(Act.LEDGER_DISCLOSED,)),
    "audit sample": Command(None, none=OFFLINE),
    "audit verify": Command(None, none=OFFLINE),
    "backup create": Command(
        None,
        leaves=(Act.BACKUP_MADE,),
        apart=lambda folder: [str(folder / "data.zip")],
    ),
    "backup keys": Command(None, leaves=(Act.BACKUP_MADE,), apart=sealed_keys),
    "backup restore-test": Command(
        None,
        none="restores aside and shows counts and digests, no record; reads no live database",
    ),
    "backup unpack-keys": Command(
        None, none="for the day when there is no ledger; making that backup is on record"
    ),
    "clocks run": Command(
        overdue,
        leaves=(
            *(Act.MATCH_ESCALATED, Act.CONTRIBUTION_ERASED, Act.IMPORT_ENDED),
            *(Act.CONTRIBUTION_STARTED, Act.CONTRIBUTION_SAVED, Act.CONTRIBUTION_SUBMITTED),
            *(Act.CONTRIBUTION_RECEIVED, Act.IMPORT_COMPLETED),
        ),
        goes_on_for="amina",
    ),
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
    "custody export": Command(giving_on, leaves=(Act.PACKAGE_DISCLOSED,)),
    "custody list": Command(list_at_desk, leaves=(Act.PACKAGE_LISTED,)),
    "custody recipient": Command(plain(), none="two public keys"),
    "custody release": Command(at_desk, leaves=(Act.PACKAGE_RELEASED,)),
    "custody show": Command(at_desk, leaves=(Act.PACKAGE_CONSULTED,)),
    "custody trust": Command(
        lambda world, _: [world.shelter.pk, FINGERPRINT], leaves=(Act.SENDER_KEY_REGISTERED,)
    ),
    "custody work": Command(
        files_at_work,
        leaves=(
            Act.PACKAGE_QUARANTINED,
            Act.PACKAGE_COLLECTED,
            Act.PACKAGE_INSPECTED,
            Act.PACKAGE_SEALED,
            Act.PACKAGE_ABANDONED,
        ),
    ),
    "demo": Command(None, none="makes and serves invented people; tests/cli/test_demo.py runs it"),
    "doctor": Command(plain(), none="numbers and settings, no record"),
    "erase confirm": Command(
        erasing("--yes"), leaves=(Act.CONTRIBUTION_ERASED, Act.INPUT_ERASED), by="nuria"
    ),
    "erase drop": Command(erasing(), leaves=(Act.ERASURE_DROPPED,), by="nuria"),
    "erase find": Command(
        seeking, leaves=(Act.SUBJECT_SOUGHT,), by="nuria", said="+44 7700 900123\n"
    ),
    "erase lift": Command(
        erasing(is_done=True), leaves=(Act.CONTRIBUTION_UNRESTRICTED,), by="nuria"
    ),
    "erase list": Command(list_of_erasures, leaves=(Act.ERASURE_LISTED,), by="nuria"),
    "erase request": Command(
        asking_to_erase, leaves=(Act.ERASURE_REQUESTED, Act.ERASURE_CONSULTED), by="nuria"
    ),
    "init": Command(None, none="makes an empty database, in which nobody is yet"),
    "key create": Command(
        lambda world, _: [machine(world), "--label", "bot", "--scope", "ledger"],
        leaves=(Act.CREDENTIAL_CREATED,),
    ),
    "key revoke": Command(revoking_key, leaves=(Act.CREDENTIAL_REVOKED,)),
    "keys rotate": Command(plain("victim"), leaves=(Act.KEYS_ROTATED,)),
    "keys status": Command(plain(), none="how many keys there are under which one; no key"),
    "ledger ask-witness": Command(None, none=ROOTS),
    "ledger checkpoint": Command(plain(), none="size and root of the ledger, no entry"),
    "ledger export": Command(in_folder("--all", "export"), leaves=(Act.LEDGER_EXPORTED,)),
    "ledger hold": Command(this_year("--reference", "CASE-7"), leaves=(Act.RETENTION_HELD,)),
    "ledger local-authority": Command(None, none=OFFLINE),
    "ledger receipt": Command(plain("3"), leaves=(Act.LEDGER_EXPORTED,)),
    "ledger release": Command(held_year, leaves=(Act.RETENTION_RELEASED,)),
    "ledger retire": Command(
        closed_year, leaves=(Act.RETENTION_RETIRED,), later=timedelta(days=1300)
    ),
    "ledger rotate-key": Command(plain(), leaves=(Act.KEY_ROTATED,)),
    "ledger shards": Command(plain(), none="size and signatures of each year, no entry"),
    "ledger stamp": Command(None, none=ROOTS),
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
    "package identity": Command(None, none=OFFLINE),
    "package inspect": Command(None, none=OFFLINE),
    "package key": Command(None, none=OFFLINE),
    "package open": Command(None, none=OFFLINE),
    "package receipt": Command(None, none=OFFLINE),
    "package recipients": Command(None, none=OFFLINE),
    "package seal": Command(None, none=OFFLINE),
    "package stamp": Command(None, none=OFFLINE),
    "package state": Command(None, none=OFFLINE),
    "package verify": Command(None, none=OFFLINE),
    "package working-copy": Command(None, none=OFFLINE),
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
    "witness accept-key": Command(None, none=OFFLINE),
    "witness cosign": Command(None, none=OFFLINE),
    "witness init": Command(None, none=OFFLINE),
    "witness serve": Command(None, none=OFFLINE),
    "witness show": Command(None, none=OFFLINE),
}
