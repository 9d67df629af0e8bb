"""`crosslight witness`: cosign a ledger that somebody else runs, if it continues what was seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import click

from crosslight.cli.exported import NOTE, VERIFIER_KEY, ExportedFiles, read_text
from crosslight.cli.support import USAGE, CommandGroup, fail, json_option, print_json
from crosslight.cli.witness_folder import Watched, WitnessFolder, moment, sign_and_keep
from crosslight.cli.witness_server import serve
from crosslight.core.evidence.checkpoint import SignedCheckpoint, open_checkpoint
from crosslight.core.evidence.entry import EntryFault, parse_entry
from crosslight.core.evidence.export import CHECKPOINT
from crosslight.core.evidence.notes import (
    KeyKind,
    Note,
    NoteFault,
    Signature,
    VerifierKey,
    is_key_name,
)
from crosslight.core.evidence.receipts import Proof
from crosslight.core.evidence.rotation import Exchange, checked
from crosslight.core.evidence.tree import TileTree
from crosslight.core.evidence.witness import Refused, Shown, examine

_folder = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))


@click.group(cls=CommandGroup)
def witness() -> None:
    """Watch somebody else's ledger: cosign it while it keeps what it showed before."""


witness.add_command(serve)


@witness.command(
    epilog="Example: crosslight witness init ./witness --name dpo.example.org/witness "
    "--vkey ./log.vkey"
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", required=True, help="Of the witness, such as an address without spaces.")
@click.option(
    "--vkey", type=VERIFIER_KEY, required=True, help="Public key of the ledger, or a file with it."
)
@json_option
def init(*, folder: Path, name: str, vkey: VerifierKey, as_json: bool) -> None:
    """Make the witness's own FOLDER with its key, or add a ledger to watch."""
    if not is_key_name(name):
        raise fail("A witness's name has no spaces and no plus.", status=USAGE)
    if vkey.kind is not KeyKind.LEDGER:
        raise fail("This is the key of a witness, not of a ledger.", status=USAGE)
    made = WitnessFolder.create(folder, name=name)
    with made.locked():
        made.watch(vkey)
    text = made.public.to_text()
    if as_json:
        print_json({"folder": str(folder), "vkey": text, "ledger": vkey.name})
    else:
        click.echo(f"{folder} watches {vkey.name}. Give this public key to whoever checks it:")
        click.echo(text)


@witness.command("cosign", epilog="Example: crosslight witness cosign ./witness ./ledger-export")
@_folder
@click.argument("export", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--checkpoint",
    "note",
    type=NOTE,
    help="Another signed checkpoint than that of EXPORT, as long as EXPORT reaches as far.",
)
@click.option("--add", is_flag=True, help="Add the line to the checkpoint in EXPORT, too.")
@json_option
def cosign_export(
    *, folder: Path, export: Path, note: str | None, add: bool, as_json: bool
) -> None:
    """Cosign the checkpoint of EXPORT, if its tiles show that it continues the last one.

    Status 0: the cosignature is printed, a line to add to the checkpoint. Status 1: the ledger was
    rewritten, cut off, set back or forked, or cannot be judged; a sentence says which.
    """
    if add and note is not None:
        raise fail("--add goes with the checkpoint in EXPORT itself.", status=USAGE)
    own = WitnessFolder.open(folder)
    with own.locked():
        done = _cosign(own, export, note or read_text(export / CHECKPOINT))
    if add:
        _add(done, export / CHECKPOINT)
    if as_json:
        print_json(
            {
                "origin": done.signed.origin,
                "size": done.signed.size,
                "root": done.signed.root.hex(),
                "cosignature": done.line.to_line().strip(),
            }
        )
    else:
        click.echo(done.line.to_line(), nl=False)


@witness.command(
    "accept-key", epilog="Example: crosslight witness accept-key ./witness entry-4711.tlog-proof"
)
@_folder
@click.argument("receipt", type=NOTE)
@json_option
def accept_key(*, folder: Path, receipt: str, as_json: bool) -> None:
    """Go on with the ledger's new key, if RECEIPT shows that the key you know agreed.

    RECEIPT is of the entry key.rotated, from `crosslight ledger receipt`.
    """
    own = WitnessFolder.open(folder)
    with own.locked():
        exchange = _exchange(own, receipt)
        own.exchange(exchange.new, old=exchange.old)
    if as_json:
        print_json({"ledger": exchange.new.name, "vkey": exchange.new.to_text()})
    else:
        click.echo(f"From now on, {folder} goes by this key of {exchange.new.name}:")
        click.echo(exchange.new.to_text())


def _exchange(own: WitnessFolder, receipt: str) -> Exchange:
    try:
        proof = Proof.from_text(receipt)
        rotation = parse_entry(proof.entry or b"").rotation
        origin = Note.from_text(proof.note).text.partition("\n")[0]
        if rotation is None:
            raise NoteFault("It is not the receipt of an exchange of keys, with its entry.")  # noqa: TRY301
        exchange = checked(rotation, origin=origin, index=proof.index)
        proof.verify(key=exchange.new)
    except (NoteFault, EntryFault) as error:
        raise fail(f"This receipt does not hold: {error} Nothing was changed.") from error
    if own.watched(origin).ledger != exchange.old:
        raise fail(
            f"Foreign: the exchange is signed by another key of {origin} than the one you know. "
            "Nothing was changed. Ask the ledger's operator, by another way, what happened."
        )
    return exchange


@witness.command(epilog="Example: crosslight witness show ./witness")
@_folder
@json_option
def show(*, folder: Path, as_json: bool) -> None:
    """Print the witness's public key, and what it cosigned last of each ledger."""
    own = WitnessFolder.open(folder)
    watched = list(own.all_watched())
    if as_json:
        print_json({"vkey": own.public.to_text(), "ledgers": [_as_json(each) for each in watched]})
        return
    click.echo(own.public.to_text())
    for each in watched:
        click.echo(_sentence(each))


@dataclass(frozen=True, slots=True)
class _Done:
    signed: SignedCheckpoint
    line: Signature


def _cosign(own: WitnessFolder, export: Path, text: str) -> _Done:
    note = _note(text)
    origin = note.text.partition("\n")[0]
    watched = own.watched(origin)
    signed = _opened(text, key=watched.ledger)
    last = watched.last
    try:
        examine(_shown(signed, export, watched), last=last.checkpoint if last else None)
    except Refused as error:
        raise fail(str(error)) from error
    return _Done(signed, sign_and_keep(own, watched, note))


def _shown(signed: SignedCheckpoint, export: Path, watched: Watched) -> Shown:
    """The export's own checkpoint says how far its tiles reach."""
    text = read_text(export / CHECKPOINT)
    size = _opened(text, key=watched.ledger).size
    return Shown(signed.checkpoint, TileTree(ExportedFiles(export), size), size)


def _note(text: str) -> Note:
    try:
        return Note.from_text(text)
    except NoteFault as error:
        raise fail(f"This is no checkpoint: {error} Nothing was cosigned.") from error


def _opened(text: str, *, key: VerifierKey) -> SignedCheckpoint:
    try:
        return open_checkpoint(text, key=key)
    except NoteFault as error:
        raise fail(
            f"Foreign: this checkpoint is not signed by the ledger that you watch. {error} "
            "Nothing was cosigned. Ask whoever gave it to you where it comes from."
        ) from error


def _add(done: _Done, path: Path) -> None:
    """In the place of an older line of the same witness, if there is one."""
    note = Note.from_text(read_text(path))
    mine = (done.line.name, done.line.key_id)
    others = [line for line in note.signatures if (line.name, line.key_id) != mine]
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(
        replace(note, signatures=(*others, done.line)).to_text(), "utf-8", newline="\n"
    )
    draft.replace(path)


def _as_json(watched: Watched) -> dict[str, object]:
    last = watched.last
    return {
        "vkey": watched.ledger.to_text(),
        "size": last.checkpoint.size if last else None,
        "root": last.checkpoint.root.hex() if last else None,
        "cosigned_at": moment(last.seconds) if last else None,
    }


def _sentence(watched: Watched) -> str:
    if watched.last is None:
        return f"{watched.ledger.name}: nothing cosigned yet."
    last = watched.last
    return (
        f"{watched.ledger.name}: {last.checkpoint.size} entries, root "
        f"{last.checkpoint.root.hex()}, cosigned at {moment(last.seconds)}."
    )
