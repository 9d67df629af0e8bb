"""`crosslight ledger local-authority`: a time stamping authority for practice and tests.

Made and run by openssl alone. It is whoever runs it, so its stamps prove nothing to anybody else.
"""

from __future__ import annotations

import subprocess
import tempfile
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from shutil import which

import click

from crosslight.cli.support import Command, fail
from crosslight.cli.witness_server import run_until_stopped

# From the arc 2.999, which is set aside for examples.
POLICY, OTHER_POLICY = "2.999.3161.1", "2.999.3161.2"
ROOT = "root.pem"
_MOST_BYTES = 4096
_DAYS = "3650"
# Without `certs`: a set with more than the leaf is not in the order that DER asks for.
_CONFIGURATION = f"""
[tsa]
default_tsa = practice
[practice]
serial = ./serial
signer_cert = ./tsa.pem
signer_key = ./tsa.key
default_policy = {POLICY}
other_policies = {OTHER_POLICY}
signer_digest = sha256
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
_EXTENSIONS = """basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
"""


def make_authority(folder: Path) -> None:
    """A root with an EC P-256 key, and under it an RSA-3072 key that stamps. Only where absent."""
    if (folder / "tsa.cnf").exists():
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "extensions").write_text(_EXTENSIONS, "ascii")
    (folder / "serial").write_text("01\n", "ascii")
    for words in (
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out root.key",
        f"req -x509 -new -key root.key -days {_DAYS} -subj /CN=Practice-root -out {ROOT}"
        " -addext basicConstraints=critical,CA:TRUE"
        " -addext keyUsage=critical,keyCertSign,cRLSign",
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out tsa.key",
        "req -new -key tsa.key -subj /CN=Practice-authority -out tsa.csr",
        f"x509 -req -in tsa.csr -CA {ROOT} -CAkey root.key -CAcreateserial -days {_DAYS}"
        " -extfile extensions -out tsa.pem",
    ):
        _openssl(folder, *words.split())
    (folder / "tsa.cnf").write_text(_CONFIGURATION, "ascii")


def stamp(folder: Path, request: bytes, *, policy: str = POLICY) -> bytes:
    """The authority's whole answer (TimeStampResp) to a request."""
    with tempfile.TemporaryDirectory() as place:
        asked, answered = Path(place, "request"), Path(place, "response")
        asked.write_bytes(request)
        words = ["ts", "-reply", "-config", "tsa.cnf", "-queryfile", str(asked)]
        _openssl(folder, *words, "-tspolicy", policy, "-out", str(answered))
        return answered.read_bytes()


def _openssl(folder: Path, *words: str) -> None:
    command = which("openssl")
    if command is None:
        raise fail("openssl is not installed.")
    done = subprocess.run([command, *words], cwd=folder, capture_output=True, check=False)  # noqa: S603  fixed words
    if done.returncode:
        raise fail(f"openssl {words[0]} failed with the status {done.returncode}.")


class AuthorityServer(HTTPServer):
    """One request at a time: the serial numbers are in a file."""

    def __init__(self, address: tuple[str, int], *, folder: Path) -> None:
        self.folder = folder
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    timeout = 10
    server: AuthorityServer

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or not 0 < int(length) <= _MOST_BYTES:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        data = stamp(self.server.folder, self.rfile.read(int(length)))
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  named by the base
        """Nothing that was sent goes to the screen."""


@click.command(
    "local-authority",
    cls=Command,
    epilog="Example: crosslight ledger local-authority ./practice-tsa --port 8318",
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--port",
    default=8318,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port of this machine to listen on; 0 takes a free one.",
)
@click.option("--make-only", is_flag=True, help="Make the keys and certificates, and end.")
def local_authority(*, folder: Path, port: int, make_only: bool) -> None:
    """Run a time stamping authority for practice out of FOLDER, made with openssl.

    Its stamps prove nothing to others: whoever runs the ledger runs it, too.
    """
    make_authority(folder)
    click.echo(f"CROSSLIGHT_TSA_ROOT={(folder / ROOT).resolve()}")
    click.echo(f"CROSSLIGHT_TSA_POLICY={POLICY}")
    if make_only:
        return
    with AuthorityServer(("127.0.0.1", port), folder=folder) as server:
        click.echo(f"CROSSLIGHT_TSA_URL=http://127.0.0.1:{server.server_address[1]}/")
        run_until_stopped(server.serve_forever)
