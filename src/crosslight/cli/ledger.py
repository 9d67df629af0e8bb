"""`crosslight ledger`: verify the record, hand out its checkpoint, export it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from crosslight.cli.exported import NOTE, POLICY, VERIFIER_KEY, ExportedFiles
from crosslight.cli.keeping import (
    ask_witness,
    hold,
    release,
    retire,
    rotate_key,
    shards,
    stamp,
)
from crosslight.cli.local_authority import local_authority
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
from crosslight.core.evidence.shards import is_of_several, verify_shards
from crosslight.core.evidence.timestamps import Authority, StampFault
from crosslight.core.evidence.verification import Verification
from crosslight.core.vocabulary.oversight import DisclosureReason

folder_argument = click.Path(file_okay=False, path_type=Path)


@click.group(cls=CommandGroup)
def ledger() -> None:
    """The record of every act and every refusal."""


for command in (
    ask_witness,
    hold,
    local_authority,
    receipt,
    release,
    retire,
    rotate_key,
    shards,
    stamp,
    verify_receipt,
):
    ledger.add_command(command)


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
@click.option(
    "--tsa-root",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Root certificate (PEM) of the time stamping authority, as you got it by another way.",
)
@click.option(
    "--tsa-policy",
    "tsa_policies",
    multiple=True,
    help="Policy (OID) that a time stamp must be under; goes with --tsa-root. May be repeated.",
)
@json_option
@click.pass_context
def verify(  # noqa: PLR0913  what an auditor may bring along
    context: click.Context,
    *,
    folder: Path | None,
    vkey: VerifierKey | None,
    policy: TrustPolicy | None,
    kept: tuple[str, ...],
    tsa_root: Path | None,
    tsa_policies: tuple[str, ...],
    as_json: bool,
) -> None:
    """Check the ledger of the data folder, or an exported FOLDER without any database.

    FOLDER holds one shard, or all of them in folders of their years. Status 0: it holds. Status 1:
    the first entry that does not hold is named.
    """
    if folder is None:
        if vkey or policy or kept or tsa_root:
            raise fail("These options go with an exported folder.", status=USAGE)
        result = _verify_database()
    else:
        if policy and not policy.ledgers and vkey is None:
            raise fail("The policy names no log; name the ledger's key with --vkey.", status=USAGE)
        known = Known(key=vkey, policy=policy, kept=kept, stamps=_trust(tsa_root, tsa_policies))
        result = _verify_folder(ExportedFiles(folder), known)
    if as_json:
        print_json({"holds": result.holds, **asdict(result)})
    else:
        click.echo(_sentence(result), err=not result.holds)
    context.exit(0 if result.holds else PROBLEM)


def _trust(root: Path | None, policies: tuple[str, ...]) -> Authority | None:
    if (root is None) != (not policies):
        raise fail("--tsa-root and --tsa-policy go together.", status=USAGE)
    try:
        return None if root is None else Authority.pinned(root.read_bytes(), policies)
    except StampFault as error:
        raise fail(f"{root} cannot be used: {error}", status=USAGE) from error


def _verify_folder(files: ExportedFiles, known: Known) -> Verification:
    if is_of_several(iter(files)):
        return verify_shards(files, known=known)
    return verify_export(files, known=known)


@ledger.command(epilog="Example: crosslight ledger export ./ledger-export")
@click.argument("folder", type=folder_argument)
@click.option("--year", type=click.IntRange(1000, 9999), help="Another shard than this year's.")
@click.option("--all", "is_whole", is_flag=True, help="Every shard, each in a folder of its year.")
@click.option(
    "--reason",
    type=click.Choice([reason.value for reason in DisclosureReason]),
    default=DisclosureReason.INTEGRITY.value,
    show_default=True,
    help="What for. It goes on record.",
)
@json_option
def export(*, folder: Path, year: int | None, is_whole: bool, reason: str, as_json: bool) -> None:
    """Write this year's shard of the ledger into a new FOLDER that anyone can verify."""
    if is_whole and year is not None:
        raise fail("--all and --year exclude each other.", status=USAGE)
    start_django()
    from crosslight.foundation.transactions import act
    from crosslight.ledger import services
    from crosslight.ledger.acts import Act

    with usable_database():
        services.check_export_folder(folder)
        with act():
            services.record(
                actor=console(),
                act=Act.LEDGER_EXPORTED,
                justification=reason,
                reference="all" if is_whole else str(year or ""),
            )
        done = services.export_all(folder) if is_whole else [services.export(folder, year=year)]
    size, files = sum(each.checkpoint.size for each in done), sum(each.files for each in done)
    root = done[-1].checkpoint.root.hex()
    if as_json:
        print_json({"folder": str(folder), "files": files, "entries": size, "root": root})
    else:
        click.echo(f"Exported {size} entries in {files} files to {folder}, root {root}.")


@ledger.command(epilog="Example: crosslight ledger checkpoint > checkpoint.txt")
@click.option("--year", type=click.IntRange(1000, 9999), help="Another shard than this year's.")
@json_option
def checkpoint(*, year: int | None, as_json: bool) -> None:
    """Print the signed checkpoint of this moment; the public key goes to stderr."""
    start_django()
    from crosslight.ledger import services
    from crosslight.ledger.keys import key_of

    with usable_database():
        signed = services.checkpoint(year)
    vkey = verifier_key(name=signed.origin, key=key_of(signed.origin, signed.note)).to_text()
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
    checkpoints = _counted(result.checkpoints, "checkpoint")
    years = f" in {result.shards} shards" if result.shards > 1 else ""
    sentence = (
        f"The ledger holds: {result.entries} entries{years}, {checkpoints}, root {result.root}."
    )
    stamped = "Not yet stamped."
    if result.stamps:
        stamped = f"{_counted(result.stamps, 'time stamp')} up to entry {result.stamped_size - 1}."
    if not result.stamped_size and result.stamps:
        stamped = f"{_counted(result.stamps, 'time stamp')}, this year's shard is not yet stamped."
    cosigned = f" Cosigned by {', '.join(result.witnesses)}." if result.witnesses else ""
    return f"{sentence} {stamped}{cosigned}"


def _counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
