"""`crosslight witness serve`: the same witness and the same folder, asked over HTTP (C2SP).

https://github.com/C2SP/C2SP/blob/main/tlog-witness.md. Whoever asks needs no account: the
signature on the checkpoint says for which ledger it speaks. Nothing of a request is repeated in an
answer or on the screen.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import BoundedSemaphore

import click

from crosslight.cli.support import Command, Failure
from crosslight.cli.witness_folder import NotWatched, WitnessFolder, sign_and_keep
from crosslight.core.evidence.checkpoint import open_checkpoint
from crosslight.core.evidence.notes import Note, NoteFault
from crosslight.core.evidence.witness import (
    Breach,
    Growth,
    Refused,
    RequestFault,
    examine_growth,
)

PATH = "/add-checkpoint"
TEXT, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"
# 63 hashes and a checkpoint with its signatures take a tenth of it.
MOST_BYTES = 128 * 1024
_SECONDS = 10
_AT_ONCE = 16
_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Answer:
    status: HTTPStatus
    text: str
    kind: str = TEXT


def answer(folder: Path, body: bytes) -> Answer:
    """What the witness says to one request; it never raises for what a stranger sends."""
    try:
        growth = Growth.from_bytes(body)
        note = Note.from_text(growth.note)
    except (RequestFault, NoteFault) as error:
        return Answer(HTTPStatus.BAD_REQUEST, f"{error}\n")
    try:
        own = WitnessFolder.open(folder)
        with own.locked():
            return _judged(own, growth, note)
    except NotWatched:
        return Answer(HTTPStatus.NOT_FOUND, "This witness does not watch that ledger.\n")
    except Failure as error:
        # The folder is damaged, or the clock went back: for the witness's own screen.
        sys.stderr.write(f"{error.message}\n")
        return Answer(HTTPStatus.SERVICE_UNAVAILABLE, "The witness cannot cosign now.\n")


def _judged(own: WitnessFolder, growth: Growth, note: Note) -> Answer:
    watched = own.watched(note.text.partition("\n")[0])
    try:
        new = open_checkpoint(growth.note, key=watched.ledger).checkpoint
    except NoteFault:
        return Answer(
            HTTPStatus.FORBIDDEN, "The ledger that this witness watches did not sign it.\n"
        )
    if growth.old > new.size:
        return Answer(HTTPStatus.BAD_REQUEST, "The old size is larger than the checkpoint's.\n")
    last = watched.last.checkpoint if watched.last else None
    known = last.size if last else 0
    if growth.old != known:
        return Answer(HTTPStatus.CONFLICT, f"{known}\n", SIZE)
    try:
        examine_growth(growth, new, last=last)
    except Refused as error:
        own.keep_refused(note, ledger=watched.ledger)
        is_fork = error.breach is Breach.FORK
        status = HTTPStatus.CONFLICT if is_fork else HTTPStatus.UNPROCESSABLE_ENTITY
        return Answer(status, f"{error}\n")
    return Answer(HTTPStatus.OK, sign_and_keep(own, watched, note).to_line())


class WitnessServer(ThreadingHTTPServer):
    """A thread for each connection, at most a few at once; more wait in the system's queue."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], *, folder: Path) -> None:
        self.folder = folder
        self._places = BoundedSemaphore(_AT_ONCE)
        super().__init__(address, _Handler)

    def process_request(self, request: object, client_address: object) -> None:
        self._places.acquire()
        super().process_request(request, client_address)  # type: ignore[arg-type]  # as it came

    def process_request_thread(self, request: object, client_address: object) -> None:
        try:
            super().process_request_thread(request, client_address)  # type: ignore[arg-type]  # as it came
        finally:
            self._places.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that broke off is no news, and a traceback helps nobody who watches."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "crosslight-witness"
    sys_version = ""
    timeout = _SECONDS
    server: WitnessServer

    def do_POST(self) -> None:
        if self.path != PATH:
            self._say(Answer(HTTPStatus.NOT_FOUND, "There is nothing here.\n"), closes=True)
            return
        length = self._length()
        if isinstance(length, Answer):
            # What was announced is not read, so the connection cannot be used again.
            self._say(length, closes=True)
            return
        body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True
            return
        self._say(answer(self.server.folder, body))

    def do_GET(self) -> None:
        said = Answer(HTTPStatus.METHOD_NOT_ALLOWED, f"POST a checkpoint to {PATH}.\n")
        self._say(said, closes=True)

    def _length(self) -> int | Answer:
        """Of the body; of several spellings or lengths none is taken."""
        values = self.headers.get_all("Content-Length") or []
        if self.headers.get_all("Transfer-Encoding") or len(values) != 1:
            return Answer(HTTPStatus.LENGTH_REQUIRED, "Say how long the request is.\n")
        (value,) = values
        if not (value.isascii() and value.isdigit()):
            return Answer(HTTPStatus.BAD_REQUEST, "The length is no number.\n")
        if len(value) > _DIGITS or int(value) > MOST_BYTES:
            return Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request is too large.\n")
        return int(value)

    def _say(self, said: Answer, *, closes: bool = False) -> None:
        data = said.text.encode()
        self.send_response(said.status)
        self.send_header("Content-Type", said.kind)
        self.send_header("Content-Length", str(len(data)))
        if closes:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  named by the base
        """Nothing that a stranger sent goes to the screen."""


@click.command(cls=Command, epilog="Example: crosslight witness serve ./witness --port 8899")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=8899,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes a free one.",
)
def serve(*, folder: Path, host: str, port: int) -> None:
    """Cosign checkpoints that are sent over HTTP (C2SP tlog-witness), under the same rules.

    Put a proxy with HTTPS in front where others than this machine ask. Ends with Ctrl-C.
    """
    own = WitnessFolder.open(folder)
    with WitnessServer((host, port), folder=folder) as server:
        place = server.server_address[1]
        click.echo(f"{own.name} listens on http://{host}:{place}{PATH}")
        run_until_stopped(server.serve_forever)


def run_until_stopped(work: Callable[[], object]) -> None:
    try:
        work()
    except KeyboardInterrupt:
        click.echo("Stopped.")
