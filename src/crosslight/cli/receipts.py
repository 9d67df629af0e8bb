"""`crosslight ledger receipt` and `verify-receipt`: proof of one entry, for whoever it concerns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from crosslight.cli.exported import NOTE, POLICY, VERIFIER_KEY, ExportedFiles
from crosslight.cli.support import (
    PROBLEM,
    USAGE,
    Command,
    console,
    fail,
    json_option,
    print_json,
    start_django,
    usable_database,
)
from crosslight.core.evidence.checkpoint import SignedCheckpoint
from crosslight.core.evidence.entry import Entry, EntryFault, parse_entry
from crosslight.core.evidence.export import receipt_from
from crosslight.core.evidence.notes import NoteFault, VerifierKey
from crosslight.core.evidence.quorum import TrustPolicy
from crosslight.core.evidence.receipts import LedgerTrust, Proof
from crosslight.core.evidence.verification import LedgerFault

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    cls=Command, epilog="Example: crosslight ledger receipt 4711 --out entry-4711.tlog-proof"
)
@click.argument("index", type=click.IntRange(min=0))
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="An exported folder to make it from, with the cosignatures in it and without a database.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A new file for it.")
@click.option(
    "--without-entry", is_flag=True, help="Leave the entry itself out; who checks must have it."
)
def receipt(*, index: int, folder: Path | None, out: Path | None, without_entry: bool) -> None:
    """Print the receipt of entry number INDEX, which is checked without the ledger.

    It holds identifiers, codes and times of that one entry, and hashes of the others.
    """
    proof = _from_database(index) if folder is None else _from_folder(index, folder)
    text = (replace(proof, entry=None) if without_entry else proof).to_text()
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise fail(f"{out} is there already. Name a new file.", status=USAGE) from error
    click.echo(f"The receipt of entry {index} is in {out}.")


@click.command(
    "verify-receipt",
    cls=Command,
    epilog="Example: crosslight ledger verify-receipt entry-4711.tlog-proof --key ./log.vkey",
)
@click.argument("file", type=NOTE)
@click.option("--key", type=VERIFIER_KEY, help="The ledger's public key, or a file with it.")
@click.option(
    "--policy",
    type=POLICY,
    help="File that names the ledger, its witnesses and how many must have cosigned.",
)
@click.option("--entry", type=_FILE, help="The entry's bytes, where the receipt leaves them out.")
@json_option
@click.pass_context
def verify_receipt(
    context: click.Context,
    *,
    file: str,
    key: VerifierKey | None,
    policy: TrustPolicy | None,
    entry: Path | None,
    as_json: bool,
) -> None:
    """Check a receipt FILE without any ledger: the entry was in it when it was signed.

    Status 0: it holds. Status 1: it does not, and a sentence says why.
    """
    if key is None and not (policy and policy.ledgers):
        raise fail("Name the ledger's key with --key, or a policy that does.", status=USAGE)
    given = entry.read_bytes() if entry else None
    try:
        proof = Proof.from_text(file)
        signed, witnesses = LedgerTrust(key, policy).verify(proof, entry=given)
        found = parse_entry(proof.entry if given is None else given)  # type: ignore[arg-type]  # verified
    except (NoteFault, EntryFault) as error:
        _say_fault(str(error), as_json=as_json)
        context.exit(PROBLEM)
    _say_sound(proof, signed, found, witnesses=witnesses, as_json=as_json)


def _say_fault(what: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"holds": False, "fault": what})
    else:
        click.echo(f"The receipt does NOT hold. {what}", err=True)


def _say_sound(
    proof: Proof,
    signed: SignedCheckpoint,
    entry: Entry,
    *,
    witnesses: tuple[str, ...],
    as_json: bool,
) -> None:
    if as_json:
        print_json(
            {
                "holds": True,
                "origin": signed.origin,
                "index": proof.index,
                "entries": signed.size,
                "root": signed.root.hex(),
                "id": entry.id,
                "act": entry.act.value,
                "at": entry.at,
                "objects": list(entry.objects),
                "witnesses": list(witnesses),
            }
        )
        return
    cosigned = f" Cosigned by {', '.join(witnesses)}." if witnesses else ""
    click.echo(
        f"The receipt holds: entry {proof.index} of {signed.origin}, {entry.act.value} on "
        f"{', '.join(entry.objects) or 'no object'} at {entry.at}, is one of the {signed.size} "
        f"entries that were signed.{cosigned}"
    )


def _from_folder(index: int, folder: Path) -> Proof:
    try:
        return receipt_from(ExportedFiles(folder), index)
    except LedgerFault as error:
        raise fail(f"{error} No receipt was made; check {folder} with ledger verify.") from error


def _from_database(index: int) -> Proof:
    start_django()
    from crosslight.foundation.transactions import act
    from crosslight.ledger import services
    from crosslight.ledger.acts import Act
    from crosslight.ledger.selectors import entry

    with usable_database():
        with act():
            services.record(
                actor=console(),
                act=Act.LEDGER_EXPORTED,
                objects=[entry(index).entry.id],
                reference="receipt",
            )
        return services.receipt(index)
