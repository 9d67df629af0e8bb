"""`crosslight package inspect` and `working-copy`: what a file betrays, and a copy without it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import click

from crosslight.cli.inspection_words import sentences, stopped
from crosslight.cli.package_files import (
    Options,
    build_into,
    check_places,
    signing_key,
    trusted_fingerprint,
    unusable,
)
from crosslight.cli.support import PROBLEM, Command, Failure, fail, json_option, print_json
from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.verification import Expectations
from crosslight.custody.inspection import (
    Flag,
    Isolation,
    NoWorkingCopy,
    ObjectInspection,
    PackageInspection,
    WorkingCopy,
    inspect_file,
    inspect_package,
    make_working_copy,
)
from crosslight.custody.inspection.results import Code
from crosslight.custody.inspection.working_copies import Reason

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_PATH = click.Path(dir_okay=False, path_type=Path)
_UNSEARCHED = (
    "No malware scan was made. What is said in words, shown in a picture or spoken was not looked "
    "at."
)
_REASONS = {
    Reason.PACKAGE: "The package does not hold: {}",
    Reason.NO_OBJECT: "It holds no object of that number: name one of {}.",
    Reason.KIND: "Working copies are made of JPEG, PNG and WebP pictures only.",
    Reason.TOO_LARGE: "The picture has more pixels than are ever decoded here.",
    Reason.UNREADABLE: "The picture cannot be decoded.",
}


@click.command(
    "inspect",
    cls=Command,
    epilog="Example: crosslight package inspect photo.jpg (or advert.osint.zip, once it is built)",
)
@click.argument("file", type=_FILE)
@json_option
@click.pass_context
def inspect(context: click.Context, *, file: Path, as_json: bool) -> None:
    """Tell what a reader of the original FILE would learn: place, credentials, device, type.

    FILE is a package, or a file before it is packed. Nothing in it is changed, and nothing is asked
    of the network. Status 1: it could not be looked at to its end.
    """
    if not file.is_file():
        raise unusable(f"{file} is not a file that can be read twice.")
    result = _inspected(file)
    if as_json:
        print_json(result.as_json())
    else:
        _print(file, result)
    context.exit(0 if result.is_complete else PROBLEM)


@click.command(
    "working-copy",
    cls=Command,
    epilog="Example: crosslight package working-copy advert.osint.zip --object 2 "
    "--out advert-copy.osint.zip --key ./desk.key",
)
@click.argument("file", type=_FILE)
@click.option(
    "--object", "number", required=True, type=click.IntRange(min=1), help="Its number, from 1 on."
)
@click.option("--out", required=True, type=_PATH, help="New package; ends in .osint.zip.")
@click.option(
    "--key", "key_file", required=True, type=_PATH, help="Your signing key; made on first use."
)
@click.option("--contributor", help="Id of your organisation. Default: the key's fingerprint.")
@click.option(
    "--trust",
    "trusted",
    multiple=True,
    metavar="KEY",
    help="Fingerprint or public key in PEM: the original must be signed by these alone.",
)
@json_option
def working_copy(
    *,
    file: Path,
    number: int,
    out: Path,
    key_file: Path,
    contributor: str | None,
    trusted: Sequence[str],
    as_json: bool,
) -> None:
    """Copy the pixels of a picture, and nothing else, into a new package.

    Place, device and everything else that was written into the picture are left out. The new
    package says of which file in which package it was made; the original stays as it is.
    """
    check_places([file], out)
    expected = Expectations(frozenset(map(trusted_fingerprint, trusted)))
    copy = _copied(file, number, expected)
    signing = signing_key(key_file, announce=lambda sentence: click.echo(sentence, err=True))
    heading = copy.origin.heading
    options = Options(
        legal_basis=heading.legal_basis.value,
        contributor=contributor,
        purpose=heading.purpose_code,
        sensitivity=heading.sensitivity,
        facts_file=None,
        keep_names=False,
    )
    tool = {"name": "crosslight", "version": version("crosslight")}
    made = build_into(out, [copy.as_source(tool=tool)], signing=signing, options=options)
    if as_json:
        print_json({"package": made.heading.id, "out": str(out), "derived_from": copy.derived_from})
        return
    first = "" if copy.frames == 1 else f" It shows the first of {copy.frames} frames."
    click.echo(
        f"Copied {copy.width} x {copy.height} pixels into {out} as {made.heading.id}, derived from "
        f"{copy.derived_from}.{first} What the picture itself shows is still there."
    )


COMMANDS = (inspect, working_copy)


def _inspected(file: Path) -> PackageInspection:
    """A lone file is shown as a package of one is, so that both read alike."""
    if file.name.endswith(layout.SUFFIX):
        return inspect_package(file)
    seen = inspect_file(file)
    stop = next((each.detail for each in seen.findings if each.code == Code.INSPECTION_STOPPED), "")
    return PackageInspection((seen,), is_complete=not stop, stopped_by=stop)


def _copied(file: Path, number: int, expected: Expectations) -> WorkingCopy:
    try:
        return make_working_copy(file, number, expected=expected)
    except NoWorkingCopy as error:
        raise _no_copy(error) from error


def _no_copy(error: NoWorkingCopy) -> Failure:
    if error.reason is Reason.STOPPED:
        said = f"The copying stopped: {stopped(error.detail)}."
    else:
        said = _REASONS[error.reason].format(error.detail)
    return fail(f"{said} The original is as it was, and nothing was written.", status=PROBLEM)


def _print(file: Path, result: PackageInspection) -> None:
    for number, seen in enumerate(result.objects, 1):
        name = f"{number}  {seen.path}" if seen.path else str(file)
        click.echo(f"{name}  ({seen.media_type})")
        for sentence in sentences(seen):
            click.echo(f"    {sentence}")
    if not result.is_complete:
        click.echo(
            f"The inspection stopped: {stopped(result.stopped_by)}. The file is as it was. Treat "
            "it as one that holds a place and credentials.",
            err=True,
        )
    click.echo(_summary(result.objects))
    if result.isolation == Isolation.DESCRIPTORS:
        click.echo(
            "This machine gave the reading no network of its own; it was shut in by limits alone."
        )


def _summary(objects: Sequence[ObjectInspection]) -> str:
    flags = {flag for seen in objects for flag in seen.flags}
    learned = [
        words
        for flag, words in (
            (Flag.CONTAINS_LOCATION, "a place"),
            (Flag.CONTAINS_REQUEST_CREDENTIALS, "credentials"),
            (Flag.CONTAINS_DEVICE_TRACES, "a device or its owner"),
        )
        if flag in flags
    ]
    what = ", ".join(learned) or "nothing that was found"
    return f"A reader of the original would learn, beside what it shows: {what}. {_UNSEARCHED}"
