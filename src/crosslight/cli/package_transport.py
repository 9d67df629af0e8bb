"""`crosslight package seal`, `open`, `identity`, `recipients`: packages on their way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

from crosslight.cli.package_files import appearing, unusable
from crosslight.cli.support import PROBLEM, USAGE, Command, fail, json_option, print_json
from crosslight.config.environment import read_environment
from crosslight.core.evidence.packages import layout, transport
from crosslight.core.evidence.packages.amending import sound
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.foundation.key_files import create_secret, is_private

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_PATH = click.Path(dir_okay=False, path_type=Path)
_MOST_TEXT = 64 * 2**10
# In the deployment's folder of keys: what opens packages here, and who else may.
_IDENTITY = "intake.age"
_OTHERS = "intake-recipients.txt"
_T = TypeVar("_T")

to_option = click.option(
    "--to",
    "recipients",
    multiple=True,
    metavar="RECIPIENT",
    help="Who may open it: age1…, or a file with such lines. Two at least.",
)


@click.command(
    cls=Command,
    epilog="Example: crosslight package seal advert.osint.zip --to intake-recipients.txt "
    "--out advert.osint.zip.age",
)
@click.argument("file", type=_FILE)
@to_option
@click.option("--out", required=True, type=_PATH, help="New file; ends in .osint.zip.age.")
@json_option
def seal(*, file: Path, recipients: Sequence[str], out: Path, as_json: bool) -> None:
    """Encrypt the package FILE, so that only the recipients can open it."""
    chosen = read_given_recipients(recipients)
    check_sealed_place(out)
    seal_into(file, out, chosen)
    if as_json:
        print_json({"out": str(out), "recipients": list(chosen)})
    else:
        click.echo(f"Sealed to {len(chosen)} recipients: {out}.")


@click.command(
    "open",
    cls=Command,
    epilog="Example: crosslight package open advert.osint.zip.age --identity ./intake.age "
    "--out advert.osint.zip",
)
@click.argument("file", type=_FILE)
@click.option("--identity", required=True, type=_FILE, help="File with your age identity.")
@click.option("--out", required=True, type=_PATH, help="New package; ends in .osint.zip.")
@json_option
def open_(*, file: Path, identity: Path, out: Path, as_json: bool) -> None:
    """Decrypt FILE. What comes out is a stranger's package: verify it before anything else."""
    _check_new(out, layout.SUFFIX)
    identities = _usable(partial(transport.read_identities, _text(identity)), file=identity)
    try:
        with file.open("rb") as sealed, appearing(out) as target:
            transport.unseal(sealed, target, identities=identities)
    except PackageFault as error:
        raise fail(f"{error} Nothing was written; {file} is as it was.", status=PROBLEM) from error
    if as_json:
        print_json({"out": str(out)})
    else:
        click.echo(f"Opened into {out}. Check it: crosslight package verify {out}")


@click.command(cls=Command, epilog="Example: crosslight package identity --out ./safe.age")
@click.option("--out", required=True, type=_PATH, help="New file for the private key.")
@json_option
def identity(*, out: Path, as_json: bool) -> None:
    """Make a private key that opens packages, and print the recipient to hand out."""
    if out.exists() or out.is_symlink():
        raise unusable(f"{out} is already there.")
    made = transport.new_identity()
    create_secret(out, f"{made}\n".encode("ascii"))
    recipient = transport.recipient_of(_text(out).strip())
    if as_json:
        print_json({"out": str(out), "recipient": recipient})
    else:
        click.echo(f"# The private key is in {out}. Keep it from everyone.\n{recipient}")


@click.command(cls=Command, epilog="Example: crosslight package recipients > intake-recipients.txt")
@click.option("--add", "more", multiple=True, metavar="RECIPIENT", help="age1… of a key elsewhere.")
@json_option
def recipients(*, more: Sequence[str], as_json: bool) -> None:
    """Print the recipients that packages for this deployment are sealed to.

    The first is of the key in its folder, made where there is none. Add at least one whose key is
    kept elsewhere: what is sealed to one key alone is lost with it.
    """
    keys = read_environment().keys
    others = _others(keys / _OTHERS, more)
    found = (_own(keys / _IDENTITY), *others)
    if len(found) < transport.FEWEST_RECIPIENTS:
        raise fail(
            f"So far only {found[0]}, the key of this machine, could open packages. Make a second "
            "key elsewhere with crosslight package identity, and name it here with --add.",
            status=PROBLEM,
        )
    if as_json:
        print_json({"recipients": list(found)})
    else:
        click.echo("".join(f"{each}\n" for each in found), nl=False)


COMMANDS = (seal, open_, identity, recipients)


def read_given_recipients(given: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for each in given:
        text = _text(Path(each)) if Path(each).is_file() else each
        found += _usable(partial(transport.read_recipients, text))
    _usable(partial(transport.check_recipients, found))
    return tuple(found)


def check_sealed_place(out: Path) -> None:
    _check_new(out, layout.SUFFIX + transport.SUFFIX)


def seal_into(file: Path, out: Path, recipients: Sequence[str]) -> None:
    """What does not hold is not sent: it would only be found out by those who get it."""
    try:
        with file.open("rb") as plain, appearing(out) as target:
            sound(plain)
            plain.seek(0)
            transport.seal(plain, target, recipients=recipients)
    except PackageFault as error:
        raise fail(f"{error} Nothing was written.", status=PROBLEM) from error


def _check_new(out: Path, suffix: str) -> None:
    if not out.name.endswith(suffix):
        raise unusable(f"{out} does not end in {suffix}.")
    if out.exists() or out.is_symlink():
        raise unusable(f"{out} is already there. Name another file.")
    if not out.parent.is_dir():
        raise unusable(f"There is no folder {out.parent}.")


def _own(path: Path) -> str:
    if not path.exists():
        create_secret(path, f"{transport.new_identity()}\n".encode("ascii"))
    if not is_private(path):
        raise unusable(f"Others may read the key in {path}. Close it with: chmod 600 {path}.")
    return _usable(partial(transport.recipient_of, _text(path).strip()), file=path)


def _others(path: Path, more: Sequence[str]) -> tuple[str, ...]:
    written = _text(path) if path.exists() else ""
    known = _usable(partial(transport.read_recipients, written), file=path)
    added = _usable(partial(transport.read_recipients, "\n".join(more)))
    whole = tuple(dict.fromkeys((*known, *added)))
    if whole != known:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text("".join(f"{each}\n" for each in whole), "ascii")
    return whole


def _text(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(_MOST_TEXT)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise fail(f"{path} is not text.", status=USAGE) from error


def _usable(read: Callable[[], _T], *, file: Path | None = None) -> _T:
    """What `read` gives; what it refuses ends in one line that names the file."""
    try:
        return read()
    except PackageFault as error:
        where = "" if file is None else f"{file}: "
        raise unusable(f"{where}{error}") from error
