"""`crosslight package state`, `stamp`, `receipt`, `seal`, `open`, `identity`, `recipients`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from crosslight.cli.main import group
from tests.core.evidence.packages.making import (
    CONTRIBUTOR,
    PLATFORM,
    STRANGER,
    files_of,
    fingerprint_of,
    received,
)
from tests.core.evidence.packages.recorded import LEDGER, WITNESS_KEYS, intake_receipt
from tests.core.evidence.stamping import (
    OTHER_POLICY,
    POLICY,
    authority,
    needs_openssl,
    other_authority,
)

__all__ = ["authority", "other_authority"]
OUT = Path("b.osint.zip")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["package", *map(str, arguments)])


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CROSSLIGHT_DATA", str(tmp_path / "data"))
    Path("a.osint.zip").write_bytes(received())
    return tmp_path


class Answering(BaseHTTPRequestHandler):
    """Answers as the authority that the server was given, or as it was told to misbehave."""

    def do_POST(self) -> None:
        request = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["Content-Type"] == "application/timestamp-query"
        status, kind, body = self.server.answer(request)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    made = HTTPServer(("127.0.0.1", 0), Answering)
    thread = Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def address_of(server: HTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}/"


REPLY = "application/timestamp-reply"


class TestState:
    def test_a_step_is_added_and_the_package_still_holds(self):
        done = run(
            *("state", "a.osint.zip", "--step", "transfer", "--key", "desk.key", "--out", OUT),
            *("--note", "to_prosecutor", "--json"),
        )
        assert done.exit_code == 0, done.output
        assert Path("a.osint.zip").read_bytes() == received()
        added = json.loads(done.stdout)
        assert (added["number"], added["step"]) == (3, "transfer")
        trusted = [fingerprint_of(key) for key in (CONTRIBUTOR, PLATFORM)]
        words = [word for each in (*trusted, added["fingerprint"]) for word in ("--trust", each)]
        assert run("verify", OUT, *words, "--require", "transfer").exit_code == 0
        again = run("state", OUT, "--step", "disclose", "--key", "desk.key", "--out", "c.osint.zip")
        assert "Statement 4, disclose" in again.stdout

    def test_who_signed_before_must_be_who_is_trusted(self):
        words = ("--trust", fingerprint_of(STRANGER))
        done = run(
            *("state", "a.osint.zip", "--step", "validate", "--key", "k", "--out", OUT, *words)
        )
        assert done.exit_code == 1
        assert "Nothing was signed" in done.stderr
        assert not OUT.exists()
        assert not Path("k").exists()

    @pytest.mark.parametrize(
        ("words", "status", "word"),
        [
            (("--step", "capture", "--out", "b.osint.zip"), 2, "capture"),
            (("--step", "transfer", "--out", "a.osint.zip"), 2, "already there"),
            (("--step", "transfer", "--out", "b.zip"), 2, ".osint.zip"),
            (("--step", "transfer", "--out", "b.osint.zip", "--note", "Free text"), 1, "form"),
            (("--step", "transfer", "--out", "b.osint.zip", "--actor", "Jane"), 1, "form"),
        ],
    )
    def test_what_cannot_be_is_not_written(self, words, status: int, word: str):
        done = run("state", "a.osint.zip", "--key", "k", *words)
        assert (done.exit_code, OUT.exists()) == (status, False)
        assert word in done.stderr


@needs_openssl
class TestStamp:
    def test_an_authority_is_asked_over_http(self, authority, other_authority, server):
        server.answer = lambda request: (200, REPLY, authority.answer(request))
        trusted = ("--tsa-root", authority.root, "--tsa-policy", POLICY)
        words = ("--authority", address_of(server), *trusted)
        done = run("stamp", "a.osint.zip", "--out", OUT, *words)
        assert done.exit_code == 0, done.output
        assert f"under the policy {POLICY}" in done.stdout
        assert run("verify", OUT, *trusted).exit_code == 0
        shown = json.loads(run("verify", OUT, *trusted, "--json").stdout)
        assert [stamp["policy"] for stamp in shown["stamps"]] == [POLICY]
        assert run("verify", OUT, "--tsa-root", other_authority.root).exit_code == 1
        refused = run("verify", OUT, "--tsa-root", authority.root, "--tsa-policy", OTHER_POLICY)
        assert (refused.exit_code, "policy" in refused.stderr) == (1, True)
        assert run("verify", "a.osint.zip", *trusted).exit_code == 1

    def test_a_second_stamp_goes_beside_the_first(self, authority, other_authority, server):
        for number, each in enumerate((authority, other_authority), 1):
            server.answer = lambda request, each=each: (200, REPLY, each.answer(request))
            source = "a.osint.zip" if number == 1 else "1.osint.zip"
            words = ("--authority", address_of(server), "--out", f"{number}.osint.zip")
            assert run("stamp", source, *words).exit_code == 0
        stamps = [name for name in files_of(Path("2.osint.zip").read_bytes()) if ".tsr" in name]
        assert sorted(stamps) == [
            "signatures/tagmanifest-sha256.txt.2.tsr",
            "signatures/tagmanifest-sha256.txt.tsr",
        ]
        roots = ("--tsa-root", authority.root, "--tsa-root", other_authority.root)
        assert run("verify", "2.osint.zip", *roots).exit_code == 0
        assert run("verify", "2.osint.zip", *roots[:2]).exit_code == 1

    def test_a_machine_without_a_network_carries_request_and_answer(self, authority):
        assert run("stamp", "a.osint.zip", "--request-out", "r.tsq").exit_code == 0
        Path("r.tsr").write_bytes(authority.answer(Path("r.tsq").read_bytes()))
        carried = ("--request", "r.tsq", "--response", "r.tsr", "--tsa-root", authority.root)
        assert run("stamp", "a.osint.zip", "--out", OUT, *carried).exit_code == 0
        assert run("stamp", "a.osint.zip", "--request-out", "r.tsq").exit_code == 2
        run("stamp", "a.osint.zip", "--request-out", "other.tsq")
        carried = ("--request", "other.tsq", "--response", "r.tsr")
        done = run("stamp", "a.osint.zip", "--out", "c.osint.zip", *carried)
        assert (done.exit_code, "another request" in done.stderr) == (1, True)

    def test_an_authority_that_fails_leaves_the_package_as_it_was(self, authority, server):
        bad = {
            "status 503": (503, "text/plain", b""),
            "no time stamp": (200, "text/html", b"<html>"),
            "not a time-stamp response": (200, REPLY, b"x"),
            "what it sent is no time stamp": (200, REPLY, b"x" * 70_000),
        }
        for word, answer in bad.items():
            server.answer = lambda _request, answer=answer: answer
            done = run("stamp", "a.osint.zip", "--out", OUT, "--authority", address_of(server))
            assert (done.exit_code, word in done.stderr, OUT.exists()) == (1, True, False)

    def test_an_outage_is_said_in_one_line(self):
        done = run("stamp", "a.osint.zip", "--out", OUT, "--authority", "http://127.0.0.1:9/")
        assert done.exit_code == 1
        assert "no connection" in done.stderr
        assert not OUT.exists()

    def test_the_answer_to_another_package_is_not_taken(self, authority):
        Path("other.osint.zip").write_bytes(received())
        run("stamp", "a.osint.zip", "--request-out", "r.tsq")
        Path("r.tsr").write_bytes(authority.answer(Path("r.tsq").read_bytes()))
        Path("photo.jpg").write_bytes(b"x")
        words = ("--key", "k", "--legal-basis", "gdpr_public_task", "--out", "c.osint.zip")
        assert run("build", "photo.jpg", *words).exit_code == 0
        done = run("stamp", "c.osint.zip", "--out", OUT, "--response", "r.tsr")
        assert (done.exit_code, "other bytes" in done.stderr) == (1, True)

    @pytest.mark.parametrize(
        ("words", "word"),
        [
            (("--out", "b.osint.zip"), "either --authority or --response"),
            (("--authority", "http://127.0.0.1:9/"), "Name --out"),
            (("--out", "b.osint.zip", "--authority", "ftp://x/"), "no address over HTTP"),
            (("--out", "b.osint.zip", "--authority", "file:///etc/passwd"), "no address"),
            (("--out", "b.osint.zip", "--tsa-policy", "1.2"), "goes with --tsa-root"),
            (("--out", "b.osint.zip", "--tsa-root", "a.osint.zip"), "not a certificate"),
        ],
    )
    def test_what_cannot_be_used_ends_with_status_2(self, words, word: str):
        done = run("stamp", "a.osint.zip", *words)
        assert (done.exit_code, word in done.stderr) == (2, True), done.output


class TestReceipt:
    def test_a_receipt_goes_in_and_is_verified_with_its_witnesses(self):
        Path("r.tlog-proof").write_text(intake_receipt().to_text(), "utf-8")
        Path("log.vkey").write_text(f"{LEDGER.to_text()}\n", "utf-8")
        lines = [f"log {LEDGER.to_text()}", *_witness_lines(), "quorum both"]
        Path("policy").write_text("".join(f"{line}\n" for line in lines), "utf-8")
        words = ("--out", OUT, "--ledger", "log.vkey")
        assert run("receipt", "a.osint.zip", "r.tlog-proof", *words).exit_code == 0
        done = run("verify", OUT, "--policy", "policy")
        assert done.exit_code == 0, done.output
        assert "cosigned by witness21.example, witness22.example" in done.stdout
        assert run("verify", OUT, "--ledger", LEDGER.to_text()).exit_code == 0
        assert run("verify", "a.osint.zip", "--policy", "policy").exit_code == 1

    def test_one_that_does_not_belong_is_not_put_in(self):
        text = intake_receipt().to_text().replace("index 77", "index 78")
        Path("r.tlog-proof").write_text(text, "utf-8")
        done = run("receipt", "a.osint.zip", "r.tlog-proof", "--out", OUT)
        assert (done.exit_code, OUT.exists()) == (1, False)


def _witness_lines() -> list[str]:
    named = [f"witness {name} {key.to_text()}" for name, key in WITNESS_KEYS.items()]
    return [*named, f"group both all {' '.join(WITNESS_KEYS)}"]


class TestTransport:
    def keys(self) -> tuple[str, str]:
        made = []
        for name in ("desk.age", "safe.age"):
            printed = run("identity", "--out", name).stdout
            made.append(printed.splitlines()[-1])
            assert Path(name).stat().st_mode & 0o777 == 0o600
        return made[0], made[1]

    def test_sealed_to_two_and_opened_by_each(self):
        desk, safe = self.keys()
        Path("others.txt").write_text(f"# kept in the safe\n{safe}\n", "utf-8")
        done = run(
            "seal", "a.osint.zip", "--to", desk, "--to", "others.txt", "--out", "s.osint.zip.age"
        )
        assert done.exit_code == 0, done.output
        assert b"PK" not in Path("s.osint.zip.age").read_bytes()[:200]
        for number, name in enumerate(("desk.age", "safe.age")):
            out = f"{number}.osint.zip"
            assert run("open", "s.osint.zip.age", "--identity", name, "--out", out).exit_code == 0
            assert Path(out).read_bytes() == received()
            assert Path(out).stat().st_mode & 0o777 == 0o600

    def test_nobody_else_opens_it_and_nothing_is_left(self, folder: Path):
        desk, safe = self.keys()
        run("identity", "--out", "stranger.age")
        run("seal", "a.osint.zip", "--to", desk, "--to", safe, "--out", "s.osint.zip.age")
        done = run("open", "s.osint.zip.age", "--identity", "stranger.age", "--out", OUT)
        assert (done.exit_code, OUT.exists()) == (1, False)
        data = Path("s.osint.zip.age").read_bytes()
        Path("s.osint.zip.age").write_bytes(data[:-1])
        done = run("open", "s.osint.zip.age", "--identity", "desk.age", "--out", OUT)
        assert (done.exit_code, OUT.exists()) == (1, False)
        assert "changed or cut off" in done.stderr
        assert not list(folder.glob(".*"))

    def test_what_does_not_hold_is_not_sealed(self):
        desk, safe = self.keys()
        Path("a.osint.zip").write_bytes(received()[:-1])
        done = run("seal", "a.osint.zip", "--to", desk, "--to", safe, "--out", "s.osint.zip.age")
        assert (done.exit_code, Path("s.osint.zip.age").exists()) == (1, False)

    @pytest.mark.parametrize("count", [0, 1])
    def test_one_recipient_is_too_few(self, count: int):
        words = [word for each in self.keys()[:count] for word in ("--to", each)]
        done = run("seal", "a.osint.zip", *words, "--out", "s.osint.zip.age")
        assert (done.exit_code, "2 to 20 recipients" in done.stderr) == (2, True)

    def test_build_seals_too(self):
        desk, safe = self.keys()
        Path("photo.jpg").write_bytes(b"x")
        words = ("--key", "k", "--legal-basis", "gdpr_public_task", "--out", OUT, "--to", desk)
        assert run("build", "photo.jpg", *words).exit_code == 2
        assert not OUT.exists()
        done = run("build", "photo.jpg", *words, "--to", safe)
        assert done.exit_code == 0, done.output
        assert "send b.osint.zip.age" in done.stdout
        opened = ("--identity", "safe.age", "--out", "c.osint.zip")
        assert run("open", "b.osint.zip.age", *opened).exit_code == 0
        assert Path("c.osint.zip").read_bytes() == OUT.read_bytes()

    def test_the_deployment_names_its_recipients_once_there_are_two(self, folder: Path):
        alone = run("recipients")
        assert alone.exit_code == 1
        assert "Make a second key elsewhere" in alone.stderr
        _, safe = self.keys()
        listed = run("recipients", "--add", safe).stdout.splitlines()
        assert listed[1:] == [safe]
        assert run("recipients", "--add", safe).stdout.splitlines() == listed
        assert listed[0] in alone.stderr
        Path("list.txt").write_text(run("recipients").stdout, "utf-8")
        sealed = run("seal", "a.osint.zip", "--to", "list.txt", "--out", "s.osint.zip.age")
        assert sealed.exit_code == 0
        own = folder / "data" / "keys" / "intake.age"
        assert run("open", "s.osint.zip.age", "--identity", own, "--out", OUT).exit_code == 0

    def test_a_private_key_is_never_taken_for_a_recipient_nor_shown(self):
        self.keys()
        secret = Path("desk.age").read_text("utf-8").strip()
        done = run("recipients", "--add", secret)
        assert done.exit_code == 2
        assert secret not in done.output
