"""`crosslight package`: make evidence packages and check them, without a deployment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

import click

from crosslight.cli import package_chain, package_inspection, package_transport
from crosslight.cli.package_captures import captures_of
from crosslight.cli.package_files import (
    Options,
    build_into,
    check_places,
    read_sources,
    signing_key,
    trusted_fingerprint,
)
from crosslight.cli.package_options import ledger_options, stamp_options
from crosslight.cli.package_transport import (
    check_sealed_place,
    read_given_recipients,
    seal_into,
    to_option,
)
from crosslight.cli.package_warnings import check_minors, warned
from crosslight.cli.support import (
    PROBLEM,
    USAGE,
    CommandGroup,
    fail,
    json_option,
    print_json,
)
from crosslight.core.evidence.packages import transport
from crosslight.core.evidence.packages.custody import SignedStatement, Step, fingerprint
from crosslight.core.evidence.packages.faults import shown
from crosslight.core.evidence.packages.moments import write_moment
from crosslight.core.evidence.packages.verification import (
    Check,
    Expectations,
    State,
    Verdict,
    verify_package,
)
from crosslight.core.evidence.receipts import LedgerTrust
from crosslight.core.evidence.timestamps import Authority
from crosslight.core.vocabulary.law import LegalBasis
from crosslight.foundation.key_files import NoKeyInFile, public_pem, read_key

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_PATH = click.Path(dir_okay=False, path_type=Path)
_SCRIPT = ("data", "verify-package.sh")
_MARKS = {
    State.PASSED: "ok  ",
    State.FAILED: "FAIL",
    State.NOT_ASKED: "note",
    State.NOT_REACHED: "-   ",
}
_UNCHECKED = {
    Check.SIGNERS: "Who signed was not checked: name the keys that you trust with --trust.",
    Check.STAMPS: "No time stamp was checked: name the authority's root with --tsa-root.",
    Check.RECEIPTS: "No receipt was checked: name the ledger with --ledger or --policy.",
}


@click.group(cls=CommandGroup)
def package() -> None:
    """Evidence packages: files with their origin, sealed so that every change shows."""


@package.command(
    epilog="Example: crosslight package build page.wacz photo.jpg --out advert.osint.zip "
    "--key ./shelter.key --legal-basis gdpr_legitimate_interests"
)
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE…")
@click.option("--out", required=True, type=_PATH, help="New package; ends in .osint.zip.")
@click.option(
    "--key", "key_file", required=True, type=_PATH, help="Your signing key; made on first use."
)
@click.option(
    "--legal-basis",
    required=True,
    type=click.Choice([each.value for each in LegalBasis]),
    help="What allows you to hold and pass on these files.",
)
@click.option("--contributor", help="Id of your organisation. Default: the key's fingerprint.")
@click.option("--purpose", default="osint_preservation", show_default=True, help="A code.")
@click.option("--sensitivity", multiple=True, help="A code, such as possible_victim.")
@click.option(
    "--facts", "facts_file", type=_FILE, help="JSON object: file name to what is known of it."
)
@click.option("--keep-names", is_flag=True, help="Write the files' own names into the package.")
@click.option("--consent", help="Reference to the record of a consent, for all files.")
@click.option(
    "--logged-in/--not-logged-in",
    default=None,
    help="Whether an account was signed in while the files were captured.",
)
@click.option("--exit-country", help="Country that the capture's connection came from, as NL.")
@click.option(
    "--minors",
    type=click.Choice(["no", "yes"]),
    help="Whether a file may show a person under 18 in a sexual way; asked for at a keyboard.",
)
@click.option(
    "--accept-warnings", is_flag=True, help="Pack files although they hold places or passwords."
)
@to_option
@json_option
def build(
    *,
    files: Sequence[Path],
    out: Path,
    key_file: Path,
    minors: str | None,
    accept_warnings: bool,
    recipients: Sequence[str],
    as_json: bool,
    **options: Any,  # noqa: ANN401  the options of click, which are the fields of Options
) -> None:
    """Pack FILEs unchanged into a signed package.

    Inside they are named 0001, 0002, …, since a file's own name may betray a person. With --to, a
    second file beside it, which ends in .age, is sealed to the recipients and can be sent.
    """
    chosen = Options(**options)
    check_places(files, out)
    to = read_given_recipients(recipients) if recipients else ()
    sealed = out.with_name(out.name + transport.SUFFIX)
    if to:
        check_sealed_place(sealed)
    sources = read_sources(files, chosen)
    answer = check_minors(sources, answer=minors)
    sources = warned(files, sources, minors=answer, is_accepted=accept_warnings)
    signing = signing_key(key_file, announce=lambda sentence: click.echo(sentence, err=True))
    made = build_into(out, sources, signing=signing, options=chosen)
    if to:
        seal_into(out, sealed, to)
    count, size = len(made.items), sum(item.size for item in made.items)
    if as_json:
        summary = {"package": made.heading.id, "out": str(out), "files": count, "bytes": size}
        summary |= {"sealed": str(sealed)} if to else {}
        print_json(summary | {"fingerprint": signing.fingerprint})
    else:
        click.echo(
            f"Packed {_files(count)} ({size} bytes) as {made.heading.id} into {out}, signed by "
            f"{signing.fingerprint}, and checked it."
        )
        if to:
            click.echo(f"Sealed to {len(to)} recipients: send {sealed}.")


@package.command(
    epilog="Example: crosslight package verify advert.osint.zip "
    "--trust sha256:34750f98bd59fcfc946da45aaabe933b"
)
@click.argument("file", type=_FILE)
@click.option(
    "--trust",
    "trusted",
    multiple=True,
    metavar="KEY",
    help="Fingerprint, or file with a public key in PEM, that you got by another way.",
)
@click.option(
    "--require",
    "steps",
    multiple=True,
    type=click.Choice([step.value for step in Step]),
    help="A step that the chain of custody must hold.",
)
@stamp_options
@ledger_options
@json_option
@click.pass_context
def verify(
    context: click.Context,
    *,
    file: Path,
    trusted: Sequence[str],
    steps: Sequence[str],
    authority_trusted: Authority | None,
    ledger_trusted: LedgerTrust | None,
    as_json: bool,
) -> None:
    """Check a package without unpacking it. Needs no database and no network.

    Status 0: it holds. Status 1: the first check that failed is explained.
    """
    expected = Expectations(
        frozenset(map(trusted_fingerprint, trusted)),
        frozenset(map(Step, steps)),
        authority_trusted,
        ledger_trusted,
        captures_of(file),
    )
    verdict = _verdict(file, expected)
    if as_json:
        print_json(_as_json(verdict))
    else:
        _print_verdict(verdict)
    context.exit(0 if verdict.holds else PROBLEM)


@package.command(epilog="Example: crosslight package key --key ./shelter.key")
@click.option("--key", "key_file", required=True, type=_PATH, help="Your signing key.")
@click.option("--pem", "as_pem", is_flag=True, help="Print the public key instead.")
@json_option
def key(*, key_file: Path, as_pem: bool, as_json: bool) -> None:
    """Show the fingerprint of a signing key, to be read out to whoever shall trust it."""
    try:
        public = read_key(key_file).public_key()
    except NoKeyInFile as error:
        raise fail(
            f"{error} crosslight package build makes a key on first use.", status=USAGE
        ) from error
    printed, pem = fingerprint(public.public_bytes_raw()), public_pem(public)
    if as_json:
        print_json({"fingerprint": printed, "pem": pem})
    else:
        click.echo(pem if as_pem else f"{printed}\n", nl=False)


@package.command("auditor-script", epilog="Example: crosslight package auditor-script > verify.sh")
def auditor_script() -> None:
    """Print the shell script that checks an unpacked package without Crosslight."""
    click.echo(_script(), nl=False)


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _script() -> str:
    folder = resources("crosslight.core.evidence.packages")
    return folder.joinpath(*_SCRIPT).read_text("utf-8")


def _verdict(path: Path, expected: Expectations) -> Verdict:
    if not path.is_file():
        raise fail(f"{path} is not a file that can be read twice.", status=USAGE)
    try:
        with path.open("rb") as file:
            return verify_package(file, expected=expected)
    except OSError as error:
        raise fail(f"{path} cannot be read to its end ({error.strerror}).", status=USAGE) from error


def _print_verdict(verdict: Verdict) -> None:
    for check, state in verdict.states.items():
        sentence = _UNCHECKED[check] if state is State.NOT_ASKED else check.sentence
        click.echo(f"{_MARKS[state]}  {check:<11}  {sentence}")
    for signed in verdict.custody:
        statement = signed.statement
        click.echo(
            f"      {write_moment(statement.time)}  {statement.step} by {statement.actor}, "
            f"signed by {signed.fingerprint}"
        )
    for stamp in verdict.stamps:
        click.echo(f"      {write_moment(stamp.time)}  time stamp, policy {stamp.policy}")
    for receipt in verdict.receipts:
        witnesses = f", cosigned by {', '.join(receipt.witnesses)}" if receipt.witnesses else ""
        click.echo(
            f"      {receipt.at}  {receipt.act}, entry {receipt.index} of {shown(receipt.origin)}"
            f"{witnesses}"
        )
    if verdict.holds and verdict.description is not None:
        heading, items = verdict.description.heading, verdict.description.items
        click.echo(f"The package holds: {heading.id}, {_files(len(items))}.")
    else:
        click.echo(
            f"The package does NOT hold. {verdict.fault} Keep the file as it is, trust nothing in "
            "it, and ask its sender.",
            err=True,
        )


def _as_json(verdict: Verdict) -> dict[str, object]:
    read = verdict.description
    return {
        "holds": verdict.holds,
        "failed": verdict.failed,
        "fault": verdict.fault,
        "checks": [{"check": check, "state": state} for check, state in verdict.states.items()],
        "package": None if read is None else read.heading.id,
        "files": None if read is None else len(read.items),
        "custody": [_step_as_json(signed) for signed in verdict.custody],
        "stamps": [asdict(stamp) | {"digest": stamp.digest.hex()} for stamp in verdict.stamps],
        "receipts": [asdict(receipt) for receipt in verdict.receipts],
    }


def _step_as_json(signed: SignedStatement) -> dict[str, object]:
    statement = signed.statement
    return {
        "step": statement.step,
        "actor": statement.actor,
        "time": write_moment(statement.time),
        "fingerprint": signed.fingerprint,
        "note_code": statement.note_code,
        "result": statement.result,
    }


for _command in (
    *package_chain.COMMANDS,
    *package_inspection.COMMANDS,
    *package_transport.COMMANDS,
):
    package.add_command(_command)
