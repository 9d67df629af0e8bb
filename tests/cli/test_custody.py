"""The console works on files, shows them, releases and exports them; all of it is on record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crosslight.cli.main import group
from crosslight.custody import keys
from crosslight.custody.models import Package
from crosslight.ledger.selectors import latest_entries
from tests.custody.conftest import _own_folder as _own_folder  # noqa: PLC0414
from tests.custody.factories import FINGERPRINT, arrived, home_of, sealed, sent
from tests.factories import World

pytestmark = pytest.mark.django_db

HERE = ("--country", "XN")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["custody", *map(str, arguments)])


def read(*arguments: object) -> dict[str, object]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_work_brings_what_arrived_to_rest_and_says_how_much(world: World) -> None:
    arrived(world.amina, home_of(world.amina))
    assert read("work") == {"brought_to_rest": 1, "cleared": 0, "expired": 0, "failed": 0}
    assert run("work").output.startswith("Brought to rest: 0;")


def test_work_that_fails_ends_with_a_problem(world: World) -> None:
    from crosslight.custody import storage

    storage.sent_path(arrived(world.amina, home_of(world.amina))).unlink()
    assert run("work").exit_code == 1


def test_a_package_is_listed_shown_released_and_exported(world: World, tmp_path: Path) -> None:
    package = sealed(world.amina)
    assert [each["id"] for each in read("list", *HERE)["packages"]] == [package.pk]
    assert read("list", "--country", "XS")["packages"] == []
    shown = read("show", package.pk, *HERE)
    assert [each["step"] for each in shown["steps"]] == ["receive", "intake"]
    assert shown["checks"]["content"] == "passed"
    assert run("release", package.pk, *HERE).output == f"Released {package.pk}.\n"
    out = tmp_path / "out.osint.zip"
    options = (
        *("--recipient", world.police_a.pk, "--purpose", "court"),
        *("--reason", "Asked for by the court in writing.", "--out", out),
    )
    assert run("export", package.pk, *HERE, *options).exit_code == 0
    verified = CliRunner().invoke(
        group, ["package", "verify", str(out), "--trust", keys.platform_name()]
    )
    assert verified.exit_code == 0, verified.output
    again = run("export", package.pk, *HERE, *options)
    assert "is there already" in again.output
    entry = latest_entries(object_id=package.pk, limit=1)[0].entry
    assert (entry.actor, entry.act.value) == ("system:console", "package.disclosed")


def test_a_draft_is_not_at_any_desk(world: World) -> None:
    contribution = home_of(world.amina)
    package_id = arrived(world.amina, contribution)
    assert run("show", package_id, *HERE).exit_code == 1
    sent(world.amina, contribution)
    assert read("show", package_id, *HERE)["id"] == package_id


def test_the_keys_of_the_intake_are_told_and_a_senders_key_is_registered(world: World) -> None:
    told = read("recipient")
    assert told["recipient"].startswith("age1")
    assert told["signer"] == keys.platform_name()
    assert read("trust", world.shelter.pk, FINGERPRINT)["fingerprint"] == FINGERPRINT
    assert run("trust", world.shelter.pk, "sha256:x").exit_code == 1
    assert not Package.objects.exists()
