"""`crosslight package state`, `stamp` and `receipt`: add to a package what happened since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import click

from crosslight.cli.package_files import (
    Signing,
    appearing,
    check_places,
    signing_key,
    trusted_fingerprint,
    unusable,
)
from crosslight.cli.package_options import ledger_options, stamp_options
from crosslight.cli.stamp_request import ask_authority
from crosslight.cli.support import PROBLEM, USAGE, Command, fail, json_option, print_json
from crosslight.core.evidence.packages.amending import (
    add_receipt,
    add_stamp,
    add_statement,
    sound,
    tag_manifest_of,
)
from crosslight.core.evidence.packages.building import Signer
from crosslight.core.evidence.packages.custody import FIRST_STEPS, Step
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.verification import NO_EXPECTATIONS, Expectations, Verdict
from crosslight.core.evidence.receipts import LedgerTrust
from crosslight.core.evidence.timestamps import (
    Authority,
    Stamp,
    StampFault,
    check_reply,
    read_stamp,
    request_for,
    verify_stamp,
)
from crosslight.foundation import clock

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_PATH = click.Path(dir_okay=False, path_type=Path)
_LATER_STEPS = [step.value for step in Step if step not in FIRST_STEPS]
_T = TypeVar("_T")


@click.command(
    cls=Command,
    epilog="Example: crosslight package state advert.osint.zip --step transfer --key ./desk.key "
    "--out advert-2.osint.zip",
)
@click.argument("file", type=_FILE)
@click.option(
    "--step", required=True, type=click.Choice(_LATER_STEPS), help="What was done with it."
)
@click.option(
    "--key", "key_file", required=True, type=_PATH, help="Your signing key; made on first use."
)
@click.option("--out", required=True, type=_PATH, help="New package; ends in .osint.zip.")
@click.option("--actor", help="Id of your organisation. Default: the key's fingerprint.")
@click.option("--note", "note_code", help="A code, such as to_prosecutor.")
@click.option("--result", help="A code, such as complete.")
@click.option(
    "--trust",
    "trusted",
    multiple=True,
    metavar="KEY",
    help="Fingerprint or public key in PEM: those before you must be these alone.",
)
@json_option
def state(
    *,
    file: Path,
    step: str,
    key_file: Path,
    out: Path,
    trusted: Sequence[str],
    as_json: bool,
    **said: str | None,
) -> None:
    """Add your statement to the chain of custody of FILE, in a new file.

    FILE must hold, and stays as it is; every byte of what it carries is the same in the new one.
    """
    check_places([file], out)
    before = frozenset(map(trusted_fingerprint, trusted))
    _check_before(file, before)
    signing = signing_key(key_file, announce=lambda sentence: click.echo(sentence, err=True))
    signer = _signer(signing, Step(step), said["actor"])

    def add(source: BinaryIO, target: BinaryIO) -> None:
        add_statement(
            source,
            target,
            signer=signer,
            at=clock.now(),
            note_code=said["note_code"],
            result=said["result"],
        )

    _, verdict = _written(file, out, add)
    number = len(verdict.custody)
    if as_json:
        added = {"out": str(out), "step": step, "number": number}
        print_json(added | {"fingerprint": signing.fingerprint})
    else:
        click.echo(f"Statement {number}, {step}, signed by {signing.fingerprint}, is in {out}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ways:
    """By which way request and answer travel."""

    authority: str | None
    request_out: Path | None
    request_file: Path | None
    response_file: Path | None

    def answer(self, manifest: bytes) -> tuple[bytes | None, bytes]:
        """The request, where it is at hand, and the answer to it."""
        if self.authority is not None:
            request = request_for(manifest)
            return request, ask_authority(self.authority, request)
        carried = self.request_file.read_bytes() if self.request_file else None
        return carried, self.response_file.read_bytes() if self.response_file else b""


@click.command(
    cls=Command,
    epilog="Example: crosslight package stamp advert.osint.zip --out stamped.osint.zip "
    "--authority https://tsa.example.org --tsa-root ./tsa-root.pem",
)
@click.argument("file", type=_FILE)
@click.option("--out", type=_PATH, help="New package; ends in .osint.zip.")
@click.option("--authority", metavar="URL", help="Ask this authority, over HTTP (RFC 3161).")
@click.option("--request-out", type=_PATH, help="Only write the request, to be carried away.")
@click.option("--request", "request_file", type=_FILE, help="The request that was carried away.")
@click.option("--response", "response_file", type=_FILE, help="The answer that came back.")
@stamp_options
@json_option
def stamp(
    *,
    file: Path,
    out: Path | None,
    authority_trusted: Authority | None,
    as_json: bool,
    **ways: Any,  # noqa: ANN401  the options of click, which are the fields of _Ways
) -> None:
    """Have the package FILE stamped with the time, and put the stamp into a new file.

    The authority sees a hash and nothing else. A machine without a network writes the request with
    --request-out and takes the answer with --response.
    """
    way = _Ways(**ways)
    manifest = _tag_manifest(file)
    if way.request_out is not None:
        _write_request(way.request_out, manifest, as_json=as_json)
        return
    if out is None or (way.authority is None) is (way.response_file is None):
        raise fail(
            "Name --out, and either --authority or --response; or --request-out alone.",
            status=USAGE,
        )
    check_places([file], out)
    request, response = way.answer(manifest)
    found = _checked(response, manifest, request=request, authority=authority_trusted)
    path, _ = _written(file, out, lambda source, target: add_stamp(source, target, response))
    if as_json:
        print_json({"out": str(out), "path": path, "time": found.time, "policy": found.policy})
        return
    unchecked = "" if authority_trusted else " Who stamped was not checked: name --tsa-root."
    click.echo(
        f"Stamped at {found.time:%Y-%m-%dT%H:%M:%SZ} under the policy {found.policy}: {path} in "
        f"{out}.{unchecked}"
    )


@click.command(
    cls=Command,
    epilog="Example: crosslight package receipt advert-2.osint.zip entry-4711.tlog-proof "
    "--out advert-3.osint.zip --ledger ./log.vkey",
)
@click.argument("file", type=_FILE)
@click.argument("receipt_file", type=_FILE, metavar="RECEIPT")
@click.option("--out", required=True, type=_PATH, help="New package; ends in .osint.zip.")
@ledger_options
@json_option
def receipt(
    *,
    file: Path,
    receipt_file: Path,
    out: Path,
    ledger_trusted: LedgerTrust | None,
    as_json: bool,
) -> None:
    """Put the ledger's RECEIPT for the last statement of FILE beside it, in a new file."""
    check_places([file], out)
    data = receipt_file.read_bytes()
    expected = Expectations(ledger=ledger_trusted)
    path, _ = _written(
        file, out, lambda source, target: add_receipt(source, target, data), expected=expected
    )
    if as_json:
        print_json({"out": str(out), "path": path})
    else:
        click.echo(f"The receipt is {path} in {out}.")


COMMANDS = (state, stamp, receipt)


def _signer(signing: Signing, step: Step, actor: str | None) -> Signer:
    tool = {"name": "crosslight", "version": version("crosslight")}
    return Signer(signing.key, step, actor or signing.fingerprint, tool)


def _check_before(file: Path, trusted: frozenset[str]) -> None:
    """Nobody signs for what does not hold, or came from somebody else than they think."""
    try:
        with file.open("rb") as source:
            sound(source, expected=Expectations(trusted))
    except PackageFault as error:
        raise fail(f"{error} Nothing was signed or written.", status=PROBLEM) from error


def _tag_manifest(file: Path) -> bytes:
    if not file.is_file():
        raise unusable(f"{file} is not a file that can be read twice.")
    _check_before(file, frozenset())
    with file.open("rb") as source:
        return tag_manifest_of(source)


def _written(
    file: Path,
    out: Path,
    add: Callable[[BinaryIO, BinaryIO], _T],
    *,
    expected: Expectations = NO_EXPECTATIONS,
) -> tuple[_T, Verdict]:
    """What `add` gave, and the verdict on what it wrote, which appears only if it holds."""
    try:
        with file.open("rb") as source, appearing(out) as target:
            added = add(source, target)
            target.flush()
            verdict = sound(target, expected=expected)
    except PackageFault as error:
        raise fail(f"{error} Nothing was written.", status=PROBLEM) from error
    return added, verdict


def _write_request(path: Path, manifest: bytes, *, as_json: bool) -> None:
    try:
        with path.open("xb") as file:
            file.write(request_for(manifest))
    except FileExistsError as error:
        raise unusable(f"{path} is already there. Name another file.") from error
    if as_json:
        print_json({"request": str(path)})
    else:
        click.echo(
            f"The request is in {path}. Send it to an authority as application/timestamp-query, "
            "and come back with --response."
        )


def _checked(
    response: bytes, manifest: bytes, *, request: bytes | None, authority: Authority | None
) -> Stamp:
    try:
        if request is not None:
            check_reply(response, request=request, data=manifest)
        if authority is not None:
            return verify_stamp(response, data=manifest, authority=authority)
        return read_stamp(response)
    except StampFault as error:
        raise fail(f"{error} Nothing was written.", status=PROBLEM) from error
