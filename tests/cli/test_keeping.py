"""The commands that keep the ledger over the years, from the outside."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import LazySettings

from crosslight.cli.local_authority import POLICY, ROOT, make_authority
from crosslight.cli.main import group
from crosslight.config.environment import StampSettings
from crosslight.foundation import clock
from crosslight.ledger.selectors import shards
from tests.ledger.acts import record_many, record_one
from tests.ledger.test_stamps import authority as authority  # noqa: PLC0414  a fixture
from tests.ledger.test_stamps import stamping as stamping  # noqa: PLC0414  a fixture

pytestmark = pytest.mark.django_db(transaction=True)


def run(*words: object) -> Result:
    return CliRunner().invoke(group, ["ledger", *map(str, words)])


@pytest.fixture(autouse=True)
def _two_years(settings: LazySettings, tmp_path: Path) -> None:
    settings.LEDGER_KEY_FILE = tmp_path / "keys" / "ledger.ed25519"
    with clock.at(clock.now() - timedelta(days=366)):
        record_many(3)
    record_one()


def test_years_are_listed_exported_and_verified(tmp_path: Path) -> None:
    this, last = shards()[1].year, shards()[0].year
    listed = run("shards").output.splitlines()
    assert listed[0] == (
        f"crosslight.example/audit/{last}: closed, 5 entries, not yet stamped, cosigned by nobody."
    )
    assert listed[1].startswith(f"crosslight.example/audit/{this}: open, 2 entries, ")
    assert run("export", tmp_path / "all", "--all").exit_code == 0
    assert run("export", tmp_path / "old", "--year", last).exit_code == 0
    assert run("export", tmp_path / "both", "--year", last, "--all").exit_code == 2
    # The export itself is on record, so this year has an entry more each time.
    done = run("verify", tmp_path / "all")
    assert (done.exit_code, "8 entries in 2 shards" in done.output) == (0, True), done.output
    key = (tmp_path / "all" / str(last) / "keys/log.vkey").read_text("ascii").strip()
    for folder in ("all", "old"):
        assert run("verify", tmp_path / folder, "--vkey", key).exit_code == 0
    (tmp_path / "all" / str(last) / "checkpoint").unlink()
    assert run("verify", tmp_path / "all").exit_code == 1
    said = json.loads(run("verify", "--json").output)
    assert (said["holds"], said["shards"]) == (True, 2)
    assert run("checkpoint", "--year", last).output.startswith("crosslight.example/audit/")
    missing = run("checkpoint", "--year", 1999)
    assert "L-004" in str(missing.exception) or missing.exit_code == 1


@pytest.mark.skipif(not shutil.which("openssl"), reason="the authority is made with openssl")
def test_stamps_from_the_command_line(stamping: Path, tmp_path: Path) -> None:
    done = run("stamp")
    assert done.exit_code == 0, done.output
    assert done.output.count("stamped at") == 2
    assert run("stamp").output == "Nothing grew since the last time stamp.\n"
    run("export", tmp_path / "all", "--all")
    known = ["--tsa-root", stamping / ROOT, "--tsa-policy", POLICY]
    done = run("verify", tmp_path / "all", *known)
    assert (done.exit_code, "2 time stamps up to entry 1." in done.output) == (0, True), done.output
    assert run("verify", tmp_path / "all", "--tsa-root", stamping / ROOT).exit_code == 2
    assert run("verify", tmp_path / "all", *known[:3], "2.999.9").exit_code == 1
    nobody = tmp_path / "nobody"
    nobody.write_text("no certificate", "ascii")
    assert run("verify", tmp_path / "all", "--tsa-root", nobody, *known[2:]).exit_code == 2


def test_an_outage_is_told_with_status_1(settings: LazySettings, authority: Path) -> None:
    settings.LEDGER_STAMPS = StampSettings("http://127.0.0.1:9/", authority / ROOT, POLICY)
    done = run("stamp")
    assert done.exit_code == 1
    assert "not yet stamped. 127.0.0.1 does not answer" in done.output
    clocks = CliRunner().invoke(group, ["clocks", "run", "--json"])
    assert clocks.exit_code == 0
    assert '"stamps": 0' in clocks.output


@pytest.mark.usefixtures("stamping")
def test_the_periodic_command_stamps_too() -> None:
    for count in (2, 0):
        done = CliRunner().invoke(group, ["clocks", "run", "--json"])
        assert json.loads(done.output)["stamps"] == count
        record_one()


def test_holds_and_retirement_from_the_command_line(settings: LazySettings) -> None:
    settings.LEDGER_MONTHS = 12
    last = shards()[0].year
    assert run("hold", last, "--reference", "CASE-7").exit_code == 0
    assert "held for CASE-7" in run("shards").output
    with clock.later(timedelta(days=500)):
        held = run("retire", last, "--reason", "art-12", "--yes")
        assert held.exit_code == 1
        assert "held for CASE-7" in str(held.exception)
        assert run("release", last, "--reference", "CASE-7").exit_code == 0
        assert run("retire", last, "--reason", "art-12").exit_code == 1
        done = run("retire", last, "--reason", "art-12", "--yes")
    assert (done.exit_code, "5 entries" in done.output) == (0, True), done.exception
    assert "retired, 5 entries" in run("shards").output
    assert run("verify").exit_code == 0


def test_the_key_is_exchanged_from_the_command_line() -> None:
    said = json.loads(run("rotate-key", "--json").output)
    assert said["old"] != said["new"]
    assert run("verify").exit_code == 0
    assert said["new"] in run("checkpoint", "--json").output
    assert "from now on" in run("rotate-key").output


def test_a_witness_needs_an_address_and_a_key() -> None:
    assert run("ask-witness", "http://127.0.0.1:9").exit_code == 2
    assert "L-426" in getattr(run("ask-witness").exception, "code", "")


@pytest.mark.skipif(not shutil.which("openssl"), reason="the authority is made with openssl")
def test_a_practice_authority_is_made_once(tmp_path: Path) -> None:
    said = run("local-authority", tmp_path / "tsa", "--make-only").output
    assert f"CROSSLIGHT_TSA_ROOT={tmp_path}/tsa/{ROOT}" in said
    root = (tmp_path / "tsa" / ROOT).read_bytes()
    make_authority(tmp_path / "tsa")
    assert (tmp_path / "tsa" / ROOT).read_bytes() == root
