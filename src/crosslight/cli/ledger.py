"""`crosslight ledger`: verify the record, hand out its checkpoint, export it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from crosslight.cli.exported import NOTE, POLICY, VERIFIER_KEY, ExportedFiles
from crosslight.cli.receipts import receipt, verify_receipt
from crosslight.cli.support import (
    PROBLEM,
    USAGE,
    CommandGroup,
    console,
    fail,
    json_option,
    print_json,
    start_django,
    usable_database,
)
from crosslight.core.evidence.export import Known, verify_export
from crosslight.core.evidence.notes import VerifierKey, verifier_key
from crosslight.core.evidence.quorum import TrustPolicy
from crosslight.core.evidence.verification import Verification

folder_argument = click.Path(file_okay=False, path_type=Path)


@click.group(cls=CommandGroup)
def ledger() -> None:
    """The record of every act and every refusal."""


ledger.add_command(receipt)
ledger.add_command(verify_receipt)


@ledger.command(epilog="Example: crosslight ledger verify ./ledger-export --vkey ./log.vkey")
@click.argument(
    "folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--vkey",
    type=VERIFIER_KEY,
    help="The ledger's public key as you got it by another way, or a file with it.",
)
@click.option(
    "--policy",
    type=POLICY,
    help="File that names the ledger, its witnesses and how many must have cosigned.",
)
@click.option(
    "--checkpoint",
    "kept",
    multiple=True,
    type=NOTE,
    help="A checkpoint that you kept, which FOLDER must contain. May be repeated.",
)
@json_option
@click.pass_context
def verify(
    context: click.Context,
    *,
    folder: Path | None,
    vkey: VerifierKey | None,
    policy: TrustPolicy | None,
    kept: tuple[str, ...],
    as_json: bool,
) -> None:
    """Check the ledger of the data folder, or an exported FOLDER without any database.

    Status 0: it holds. Status 1: the first entry that does not hold is named.
    """
    if folder is None:
        if vkey or policy or kept:
            raise fail(
                "--vkey, --policy and --checkpoint go with an exported folder.", status=USAGE
            )
        result = _verify_database()
    else:
        if policy and not policy.ledgers and vkey is None:
            raise fail("The policy names no log; name the ledger's key with --vkey.", status=USAGE)
        known = Known(key=vkey, policy=policy, kept=kept)
        result = verify_export(ExportedFiles(folder), known=known)
    if as_json:
        print_json({"holds": result.holds, **asdict(result)})
    else:
        click.echo(_sentence(result), err=not result.holds)
    context.exit(0 if result.holds else PROBLEM)


@ledger.command(epilog="Example: crosslight ledger export ./ledger-export")
@click.argument("folder", type=folder_argument)
@json_option
def export(*, folder: Path, as_json: bool) -> None:
    """Write the ledger into a new FOLDER that anyone can verify."""
    start_django()
    from crosslight.foundation.transactions import act
    from crosslight.ledger import services
    from crosslight.ledger.acts import Act

    with usable_database():
        services.check_export_folder(folder)
        with act():
            services.record(actor=console(), act=Act.LEDGER_EXPORTED)
        done = services.export(folder)
    size, root = done.checkpoint.size, done.checkpoint.root.hex()
    if as_json:
        print_json({"folder": str(folder), "files": done.files, "entries": size, "root": root})
    else:
        click.echo(f"Exported {size} entries in {done.files} files to {folder}, root {root}.")


@ledger.command(epilog="Example: crosslight ledger checkpoint > checkpoint.txt")
@json_option
def checkpoint(*, as_json: bool) -> None:
    """Print the signed checkpoint of this moment; the public key goes to stderr."""
    start_django()
    from crosslight.ledger import services
    from crosslight.ledger.keys import existing_key

    with usable_database():
        signed = services.checkpoint()
    vkey = verifier_key(name=signed.origin, key=existing_key()).to_text()
    if as_json:
        print_json({"note": signed.note, "size": signed.size, "vkey": vkey})
    else:
        click.echo(signed.note, nl=False)
        click.echo(f"Public key: {vkey}", err=True)


def _verify_database() -> Verification:
    start_django()
    from crosslight.ledger import services

    with usable_database():
        return services.verify_database()


def _sentence(result: Verification) -> str:
    if not result.holds:
        return f"The ledger does NOT hold. {result.first_fault}"
    checkpoints = "1 checkpoint" if result.checkpoints == 1 else f"{result.checkpoints} checkpoints"
    sentence = f"The ledger holds: {result.entries} entries, {checkpoints}, root {result.root}."
    if not result.witnesses:
        return sentence
    return f"{sentence} Cosigned by {', '.join(result.witnesses)}."
