"""`crosslight audit`: what an auditor or a court asks for, made here and checked anywhere."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import click

from crosslight.cli.exported import VERIFIER_KEY, ExportedFiles
from crosslight.cli.support import (
    PROBLEM,
    USAGE,
    CommandGroup,
    fail,
    json_option,
    print_json,
    start_django,
    usable_database,
)
from crosslight.core.evidence.notes import VerifierKey
from crosslight.core.evidence.proofs import ProofsFault, Proven, verify_proofs
from crosslight.core.evidence.sampling import DRAWN, Unreadable, accesses_in, draw, is_seed
from crosslight.core.vocabulary.oversight import DisclosureReason, RecipientKind

_MOST_BYTES = 256 * 1024


@click.group(cls=CommandGroup)
def audit() -> None:
    """Exports for a court, their checking, and samples that anyone can draw again."""


@audit.command(
    epilog="Example: crosslight audit disclose proofs.zip --object con_01… --to court "
    '--code court-northport --name "Court of Northport, 12/2026" '
    '--reason criminal_proceedings --why "Order of 3 May"'
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--object", "object_id", default="", help="Identifier; without it, the whole ledger.")
@click.option(
    "--to", "kind", required=True, type=click.Choice([kind.value for kind in RecipientKind])
)
@click.option("--code", required=True, help="Short name of the recipient, kept in the ledger.")
@click.option("--name", required=True, help="Name of the court or authority and its file number.")
@click.option(
    "--reason", required=True, type=click.Choice([reason.value for reason in DisclosureReason])
)
@click.option("--why", required=True, help="What was asked, and by which order or letter.")
@json_option
def disclose(  # noqa: PLR0913  article 25 asks for each of these
    *,
    file: Path,
    object_id: str,
    kind: str,
    code: str,
    name: str,
    reason: str,
    why: str,
    as_json: bool,
) -> None:
    """Write the export for a court to a new FILE (.zip). It is recorded as a disclosure first."""
    if file.exists():
        raise fail(f"{file} is there already. Name a new file.", status=USAGE)
    start_django()
    from crosslight.oversight.services import Order, Recipient, disclose_at_console

    order = Order(
        object_id, Recipient(RecipientKind(kind), code, name), DisclosureReason(reason), why
    )
    with usable_database():
        made = disclose_at_console(order=order)
    with made.content as content, file.open("xb") as target:
        shutil.copyfileobj(content, target)
    if as_json:
        print_json({"file": str(file), "object": object_id, "recipient": f"{kind}:{code}"})
    else:
        click.echo(f"The export is in {file}. That it was made is in the ledger.")


@audit.command(epilog="Example: crosslight audit verify proofs.zip --vkey ./log.vkey")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--vkey", type=VERIFIER_KEY, help="The ledger's public key as you got it elsewhere.")
@json_option
@click.pass_context
def verify(context: click.Context, *, path: Path, vkey: VerifierKey | None, as_json: bool) -> None:
    """Check the proofs about one object, a ZIP or its unpacked folder, without any database.

    Status 0: they hold. Status 1: they do not, and a sentence says why.
    """
    try:
        proven = verify_proofs(_files(path), key=vkey)
    except ProofsFault as error:
        if as_json:
            print_json({"holds": False, "fault": str(error)})
        else:
            click.echo(f"The proofs do NOT hold. {error}", err=True)
        context.exit(PROBLEM)
    _say(proven, is_key_known=vkey is not None, as_json=as_json)


@audit.command(epilog="Example: crosslight audit sample ./ledger-export --seed 4-6-1 --size 1000")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--seed", required=True, help="As it stands beside the sample.")
@click.option("--size", type=click.IntRange(min=1), help="Out of so many entries; else of all.")
@json_option
def sample(*, folder: Path, seed: str, size: int | None, as_json: bool) -> None:
    """Draw a sample of accesses again from an exported FOLDER: the numbers of the entries."""
    if not is_seed(seed):
        raise fail("The seed has a blank in it or is too long.", status=USAGE)
    try:
        numbers = draw(accesses_in(ExportedFiles(folder), most=size), seed=seed, most=DRAWN)
    except Unreadable as error:
        raise fail(f"{error} Check {folder} with ledger verify.") from error
    if as_json:
        print_json({"seed": seed, "entries": list(numbers)})
    else:
        click.echo(" ".join(map(str, numbers)))


def _say(proven: Proven, *, is_key_known: bool, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "holds": True,
                "object": proven.object_id,
                "origin": proven.checkpoint.origin,
                "entries": [
                    {"index": each.index, "at": each.entry.at, "act": each.entry.act.value}
                    for each in proven.entries
                ],
            }
        )
        return
    for each in proven.entries:
        found = each.entry
        to = f"  to {', '.join(found.recipients)}" if found.recipients else ""
        why = f"  for {found.justification}" if found.justification else ""
        click.echo(f"{each.index}  {found.at}  {found.act}  by {found.actor}{why}{to}")
    click.echo(
        f"The proofs hold: {len(proven.entries)} entries of {proven.checkpoint.origin} name "
        f"{proven.object_id}, each among the {proven.checkpoint.size} that were signed."
    )
    if not is_key_known:
        click.echo("You named no key: this shows that nothing was damaged, not who signed it.")


def _files(path: Path) -> Mapping[str, bytes]:
    """All of a folder or a ZIP; what is larger than a proof can be is not read."""
    return _files_of_folder(path) if path.is_dir() else _files_of_archive(path)


def _files_of_folder(path: Path) -> Mapping[str, bytes]:
    folder = ExportedFiles(path)
    try:
        return {name: folder[name] for name in folder}
    except KeyError as error:
        raise ProofsFault(f"{error.args[0]!a} is no plain file, or cannot be read.") from error


def _files_of_archive(path: Path) -> Mapping[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            if len({info.filename for info in infos}) < len(infos):
                raise ProofsFault("A name stands in the archive twice.")
            if any(info.file_size > _MOST_BYTES for info in infos):
                raise ProofsFault("A file in it is larger than any of its kind.")
            return {info.filename: archive.read(info) for info in infos}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ProofsFault("This is neither a folder nor a ZIP that can be read.") from error
