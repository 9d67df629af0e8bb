"""`crosslight doctor`: what is wrong here, and what to do about each fault."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path
from smtplib import SMTPException

import click

from crosslight.cli.support import PROBLEM, Command, json_option, print_json, start_django
from crosslight.config.environment import Environment, read_environment

LEAST_FREE_BYTES = 500 * 1024 * 1024
_NEARLY_FULL = 0.9
ASSETS = ("bootstrap.min.css", "bootstrap.rtl.min.css", "htmx.min.js", "patterns.css")


@dataclass(frozen=True, slots=True)
class Finding:
    """`remedy` is empty where nothing is to be done."""

    subject: str
    is_ok: bool
    found: str
    remedy: str = ""


@click.command(cls=Command, epilog="Example: crosslight doctor --data /srv/crosslight")
@json_option
def doctor(*, as_json: bool) -> None:
    """Check Python, database, clock, disk, keys, custody, mail and assets. Exit 1 on a fault."""
    environment = read_environment()
    findings = [finding for check in CHECKS for finding in check(environment)]
    is_ok = all(finding.is_ok for finding in findings)
    if as_json:
        print_json({"is_ok": is_ok, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            _show(finding)
    if not is_ok:
        sys.exit(PROBLEM)


def _show(finding: Finding) -> None:
    mark = "ok   " if finding.is_ok else "FAULT"
    click.echo(f"{mark}  {finding.subject}: {finding.found}")
    if finding.remedy:
        click.echo(f"       do: {finding.remedy}")


def check_python(_environment: Environment) -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    is_ok = sys.version_info >= (3, 11)
    yield Finding("Python", is_ok, version, "" if is_ok else "Install Python 3.11 or newer.")


def check_disk(environment: Environment) -> Iterator[Finding]:
    folder = next(path for path in (environment.data, *environment.data.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    is_ok = free >= LEAST_FREE_BYTES
    remedy = "" if is_ok else "Free space: below 500 MB contributions may be refused."
    yield Finding("Disk", is_ok, f"{free // 1024**2} MB free at {folder}", remedy)


def check_folder(environment: Environment) -> Iterator[Finding]:
    folder = environment.data
    if not folder.is_dir():
        yield Finding(
            "Data folder", is_ok=False, found=f"{folder} missing", remedy="Run: crosslight init."
        )
    elif folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding(
            "Data folder",
            is_ok=False,
            found="others can read it",
            remedy=f"Run: chmod 700 {folder}",
        )
    else:
        yield Finding("Data folder", is_ok=True, found="present, private")


def check_keys(environment: Environment) -> Iterator[Finding]:
    for name in ("secret_key", "ledger.ed25519", "intake.ed25519", "intake.age"):
        path = environment.keys / name
        if not path.exists():
            yield Finding(
                f"Key {name}", is_ok=False, found="missing", remedy="Run: crosslight init."
            )
        elif path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Finding(
                f"Key {name}",
                is_ok=False,
                found="others can read it",
                remedy=f"Run: chmod 600 {path}",
            )
        else:
            yield Finding(f"Key {name}", is_ok=True, found="present, private")


def check_database(_environment: Environment) -> Iterator[Finding]:
    start_django()
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    if not _is_there():
        yield Finding("Database", is_ok=False, found="missing", remedy="Run: crosslight init.")
        return
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, sqlite3.Error) as error:
        yield Finding(
            "Database",
            is_ok=False,
            found=f"cannot be opened ({type(error).__name__})",
            remedy="Run: crosslight init; check CROSSLIGHT_DATABASE_URL.",
        )
        return
    found = f"{connection.vendor}, {len(pending)} migrations to apply"
    remedy = "Run: crosslight init." if pending else ""
    yield Finding("Database", is_ok=not pending, found=found, remedy=remedy)


def _is_there() -> bool:
    """SQLite would make an empty file of the name that it is asked to open."""
    from django.db import connection

    is_file = connection.vendor == "sqlite"
    return not is_file or Path(str(connection.settings_dict["NAME"])).is_file()


def check_key_store(_environment: Environment) -> Iterator[Finding]:
    """Whether what is sealed can be opened, and whether what was erased is gone for good."""
    start_django()
    from django.db import DatabaseError

    from crosslight.foundation.errors import CrosslightError
    from crosslight.foundation.sealing import upkeep

    if not _is_there():
        return
    try:
        found = upkeep.status()
    except (DatabaseError, CrosslightError) as error:
        said = error.as_text() if isinstance(error, CrosslightError) else type(error).__name__
        yield Finding("Key store", is_ok=False, found=said, remedy="Run: crosslight init.")
        return
    try:
        due = upkeep.due()
    except DatabaseError:
        return  # the check of the database says it
    live = sum(each.live for each in found)
    missing = [each.purpose.value for each in found if each.live and not each.newest]
    if missing:
        names = ", ".join(missing)
        remedy = "Put the key-encryption key back from its backup."
        yield Finding("Key store", is_ok=False, found=f"no key for {names}", remedy=remedy)
        return
    remedy = "Run: crosslight clocks run." if due else ""
    yield Finding("Key store", not due, f"{live} keys, {due} to be destroyed", remedy)


def check_clock(_environment: Environment) -> Iterator[Finding]:
    """The ledger's times never run backwards, so a clock behind its last entry is a fault."""
    start_django()
    from django.db import DatabaseError

    from crosslight.foundation.clock import now
    from crosslight.ledger.selectors import last_entry_time

    try:
        last = last_entry_time() if _is_there() else None
    except DatabaseError:
        last = None
    moment = now()
    is_ok = last is None or moment >= last
    remedy = "" if is_ok else "Set the clock (NTP): the ledger already holds later times."
    yield Finding("Clock", is_ok, f"{moment:%Y-%m-%d %H:%M:%S} UTC", remedy)


def check_index(_environment: Environment) -> Iterator[Finding]:
    """An index of another release misses matches, and nobody would notice."""
    start_django()
    from django.db import DatabaseError

    from crosslight.coordination.services.upkeep import needs_rebuild

    try:
        is_stale = _is_there() and needs_rebuild()
    except DatabaseError:
        return
    found = "not of the present release: some matches are missed" if is_stale else "up to date"
    remedy = "Run: crosslight match rebuild." if is_stale else ""
    yield Finding("Match index", not is_stale, found, remedy)


def check_custody(_environment: Environment) -> Iterator[Finding]:
    """How much room the files of contributors have left, and whether the worker keeps up."""
    start_django()
    from django.db import DatabaseError

    from crosslight.custody.selectors import ids_in_work, room_of

    try:
        if not _is_there():
            return
        room, waiting = room_of(), len(ids_in_work())
    except DatabaseError:
        return
    is_roomy = room.taken < _NEARLY_FULL * room.most
    yield Finding(
        "Custody",
        is_roomy,
        f"{room.taken // 1024**2} of {room.most // 1024**2} MB taken, {waiting} files in work",
        "" if is_roomy else "Raise CROSSLIGHT_QUOTA_DEPLOYMENT_MB, or destroy what may go.",
    )


def check_mail(environment: Environment) -> Iterator[Finding]:
    if environment.mail_url is None:
        yield Finding(
            "Mail",
            is_ok=True,
            found="not set: notices stay in the inbox",
            remedy="To send content-free mails set CROSSLIGHT_MAIL_URL=smtp://host:port.",
        )
        return
    start_django()
    from django.core.mail import get_connection

    host = environment.mail_url.rpartition("@")[2]
    try:
        get_connection().open()
    except (OSError, SMTPException) as error:
        remedy = "Check CROSSLIGHT_MAIL_URL and that the mail server answers."
        yield Finding("Mail", is_ok=False, found=f"{host}: {type(error).__name__}", remedy=remedy)
        return
    yield Finding("Mail", is_ok=True, found=host)


def check_assets(_environment: Environment) -> Iterator[Finding]:
    folder = resources.files("crosslight.web") / "static" / "crosslight"
    present = {path.name for path in Path(str(folder)).rglob("*")}
    missing = [name for name in ASSETS if name not in present]
    found = f"missing {', '.join(missing)}" if missing else "all present"
    remedy = "Install the package again." if missing else ""
    yield Finding("Browser assets", is_ok=not missing, found=found, remedy=remedy)


CHECKS: tuple[Callable[[Environment], Iterator[Finding]], ...] = (
    check_python,
    check_disk,
    check_folder,
    check_keys,
    check_database,
    check_key_store,
    check_clock,
    check_index,
    check_custody,
    check_mail,
    check_assets,
)
