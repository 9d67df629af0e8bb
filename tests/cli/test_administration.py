"""What an operator types at the console: it works, or it is one clear line."""

from __future__ import annotations

import json
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import crosslight, is_one_clear_line

PASSWORD = "seven quiet harbours"


class Console:
    """A world that was set up with commands alone."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.make("country", "add", "xn", "Norland", "--time-zone", "Africa/Dakar")
        self.shelter = self.make(
            *("contributor", "accredit", "Harbour House"),
            *("--kind", "shelter", "--country", "XN", "--until", "2999-12-31"),
        )["id"]
        unit = self.make(
            *("unit", "add", "Unit A", "--country", "xn"),
            *("--duty", "Sgt Example", "--phone", "+44 7700 900100"),
        )
        self.unit, self.police = unit["id"], unit["organisation"]
        self.make("person", "add", "amina@example.org", "Amina", "--password", PASSWORD)
        self.make("person", "add", "robot@example.org", "Robot", "--machine")
        self.make(
            *("mandate", "grant", "AMINA@example.org", "reporter"),
            *("--organisation", self.shelter, "--basis", "Protocol 1", "--until", "2999-12-31"),
        )
        self.key = self.make(
            *("key", "create", "robot@example.org", "--label", "intake"),
            *("--scope", "contributions", "--scope", "ledger"),
        )

    def make(self, *arguments: object) -> dict[str, str]:
        done = crosslight(*arguments, "--json", data=self.data)
        assert done.returncode == 0, done.stderr
        made: dict[str, str] = json.loads(done.stdout)
        return made


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Console:
    folder = tmp_path_factory.mktemp("console") / "data"
    assert crosslight("init", data=folder).returncode == 0
    return Console(folder)


def test_a_deployment_is_set_up_with_commands_alone(console: Console) -> None:
    assert console.shelter.startswith("org_")
    assert console.unit.startswith("uni_")
    assert console.police.startswith("org_")
    assert console.key["id"].startswith("key_")
    assert "." in console.key["secret"]


def test_each_of_these_acts_is_on_record(console: Console) -> None:
    verdict = json.loads(crosslight("ledger", "verify", "--json", data=console.data).stdout)

    # opened, partnership, country, contributor, authority, unit, two people, mandate, key
    assert verdict["holds"] is True
    assert verdict["entries"] >= 10


def test_in_words_a_command_says_what_it_made(console: Console) -> None:
    done = crosslight("country", "add", "XW", "Westmark", data=console.data)

    assert done.stdout == "Added Westmark (XW).\n"
    assert done.stderr == ""


def test_a_mandate_and_a_key_are_revoked_at_the_console(console: Console) -> None:
    person = console.make("person", "add", "left@example.org", "Left")
    mandate = console.make(
        *("mandate", "grant", "left@example.org", "reporter", "--organisation", console.shelter),
        *("--basis", "Protocol 1", "--until", "2999-12-31"),
    )["id"]
    key = console.make(
        *("key", "create", "robot@example.org", "--label", "lost", "--scope", "ledger")
    )["id"]

    assert console.make("mandate", "revoke", mandate) == {"id": mandate}
    assert crosslight("key", "revoke", key, data=console.data).stdout == f"Revoked {key}.\n"

    with closing(sqlite3.connect(console.data / "crosslight.sqlite3")) as database:
        revoked = database.execute(
            "SELECT count(*) FROM partnerships_mandate WHERE user_id = ? AND revoked_at NOT NULL",
            [person["id"]],
        ).fetchone()
        dead = database.execute(
            "SELECT id FROM accounts_apicredential WHERE revoked_at NOT NULL"
        ).fetchall()
    assert revoked == (1,)
    assert dead == [(key,)]


def test_a_forgotten_password_is_replaced_at_the_console(console: Console) -> None:
    done = crosslight(
        *("person", "password", "Amina@example.org", "--password", "nine loud harbours"),
        data=console.data,
    )

    assert done.stdout == "Set a new password for amina@example.org.\n", done.stderr


# What is typed after `crosslight`; `{…}` are parts made by the console or often the same.
OFTEN = {
    "duty": "--duty 'Sgt Example' --phone '+44 7700 900100'",
    "basis": "--basis 'Protocol 1' --until 2999-12-31",
    "long": "x" * 101,
}
WRONG = {
    "country twice": ("country add XN Again", "XN already"),
    "country twice in small letters": ("country add xn Again", "XN already"),
    "country code": ("country add NOR Norland", "two letters"),
    "country code without letters": ("country add '1!' Norland", "two letters"),
    "country without name": ("country add XQ ' '", "characters are wanted"),
    "country with a long name": ("country add XQ {long}", "characters are wanted"),
    "region": ("country add XQ Quark --region Britain", "two letters"),
    "time zone": ("country add XQ Quark --time-zone Mars/Olympus", "Olympus"),
    "contributor of no country": (
        "contributor accredit X --kind shelter --country QQ --until 2999-12-31",
        "no country QQ",
    ),
    "contributor of no kind": (
        "contributor accredit X --kind spy --country XN --until 2999-12-31",
        "--kind",
    ),
    "accredited until a day that is past": (
        "contributor accredit X --kind shelter --country XN --until 2020-01-01",
        "2020-01-01 is past",
    ),
    "accredited until no day": (
        "contributor accredit X --kind shelter --country XN --until 2999-02-30",
        "2999-02-30",
    ),
    "unit of no country": ("unit add X --country QQ {duty}", "no country QQ"),
    "unit without name": ("unit add '' --country XN {duty}", "characters"),
    "person twice": ("person add amina@example.org A", "amina@example.org already"),
    "person twice in large letters": ("person add AMINA@example.org A", "already"),
    "person without address": ("person add amina A", "no mail address"),
    "person with a short password": ("person add new@example.org A --password short", "too short"),
    "short new password": ("person password amina@example.org --password short", "too short"),
    "password of nobody": (f"person password no@example.org --password '{PASSWORD}'", "no account"),
    "password of a machine": (
        f"person password robot@example.org --password '{PASSWORD}'",
        "M-110",
    ),
    "mandate of nobody": (
        "mandate grant nobody@example.org reporter --organisation org_x {basis}",
        "no account nobody@example.org",
    ),
    "mandate in no organisation": (
        "mandate grant amina@example.org reporter --organisation org_x {basis}",
        "no organisation org_x",
    ),
    "mandate in no unit": (
        "mandate grant amina@example.org reporter --organisation {shelter} --unit uni_x {basis}",
        "no unit uni_x",
    ),
    "mandate of no role": (
        "mandate grant amina@example.org king --organisation {shelter} {basis}",
        "king",
    ),
    "mandate until a day that is past": (
        "mandate grant amina@example.org reporter --organisation {shelter} --basis "
        "'Protocol 1' --until 2020-01-01",
        "2020-01-01 is past",
    ),
    "mandate of the other side": (
        "mandate grant amina@example.org analyst --organisation {shelter} {basis}",
        "M-102",
    ),
    "mandate without its unit": (
        "mandate grant robot@example.org unit_head --organisation {police} {basis}",
        "M-103",
    ),
    "mandate in a second organisation": (
        "mandate grant amina@example.org auditor --organisation {police} {basis}",
        "M-104",
    ),
    "mandate without legal basis": (
        "mandate grant robot@example.org reporter --organisation {shelter} --basis ' ' "
        "--until 2999-12-31",
        "M-101",
    ),
    "key of nobody": ("key create nobody@example.org --label x --scope ledger", "no account"),
    "key of a person": ("key create amina@example.org --label x --scope ledger", "M-108"),
    "no mandate to revoke": ("mandate revoke man_absent", "no mandate man_absent"),
    "no key to revoke": ("key revoke key_absent", "no key key_absent"),
    "key of no scope": ("key create robot@example.org --label x --scope everything", "everything"),
    "mandate until the end of all days": (
        "mandate grant robot@example.org reporter --organisation {shelter} --basis "
        "'Protocol 1' --until 9999-12-31",
        "too far",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_done_is_one_clear_line(case: str, console: Console) -> None:
    line, word = WRONG[case]
    before = entries(console)

    done = crosslight(*shlex.split(line.format(**vars(console), **OFTEN)), data=console.data)

    assert is_one_clear_line(done, word), (done.returncode, done.stdout, done.stderr)
    assert entries(console) == before


def entries(console: Console) -> int:
    with closing(sqlite3.connect(console.data / "crosslight.sqlite3")) as database:
        (number,) = database.execute("SELECT count(*) FROM ledger_ledgerentry").fetchone()
    return int(number)


@pytest.mark.parametrize(
    "arguments",
    [
        ("country", "add", "XN", "Norland"),
        ("person", "add", "amina@example.org", "Amina"),
        ("clocks", "run"),
    ],
)
def test_without_a_database_the_way_to_one_is_told(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    done = crosslight(*arguments, data=tmp_path / "absent")

    assert is_one_clear_line(done, "crosslight init"), done.stderr
    assert done.returncode == 2
