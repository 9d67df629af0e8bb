"""The witness over HTTP: the statuses of C2SP tlog-witness, the file witness's rules, bad input."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import LazySettings

from crosslight.cli.main import group
from crosslight.cli.witness_server import MOST_BYTES, PATH, WitnessServer
from crosslight.core.evidence.checkpoint import sign_checkpoint
from crosslight.core.evidence.cosignature import cosigned_at
from crosslight.core.evidence.merkle import consistency_proof, leaf_hash, root_of
from crosslight.core.evidence.notes import Note, VerifierKey, verifier_key
from crosslight.core.evidence.receipts import Proof
from crosslight.core.evidence.witness import Growth
from crosslight.foundation import clock
from crosslight.ledger.asking import Witness, ask_witnesses
from crosslight.ledger.exchange import rotate_key
from crosslight.ledger.models import LedgerCosignature, LedgerHead
from crosslight.ledger.selectors import shards
from crosslight.ledger.services import checkpoint, export, receipt, verify_database
from tests.append_only import triggers_off
from tests.cli.test_witness import NAME, VKEY, key_of, run
from tests.core.evidence.ledgers import ORIGIN, an_entry, bodies_of, signed
from tests.ledger.acts import CONSOLE, record_many, record_one

BODIES = bodies_of(600)
REWRITTEN = [*BODIES[:7], an_entry(7, justification="other").to_bytes(), *BODIES[8:]]


@dataclass(frozen=True)
class Served:
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def post(self, growth: Growth | bytes, *, path: str = PATH) -> tuple[int, str, bytes]:
        body = growth if isinstance(growth, bytes) else growth.to_text().encode()
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request("POST", path, body=body)
            answer = connection.getresponse()
            return answer.status, answer.headers.get_content_type(), answer.read()

    def raw(self, data: bytes) -> bytes:
        with closing(socket.create_connection(("127.0.0.1", self.port), timeout=20)) as wire:
            wire.sendall(data)
            wire.shutdown(socket.SHUT_WR)
            answer = b""
            while part := wire.recv(65536):
                answer += part
            return answer


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[Served]:
    folder = tmp_path / "witness"
    assert run("init", folder, "--name", NAME, "--vkey", VKEY).exit_code == 0
    yield from serving(folder)


def serving(folder: Path) -> Iterator[Served]:
    with WitnessServer(("127.0.0.1", 0), folder=folder) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Served(folder, server.server_address[1])
        server.shutdown()
        thread.join()


def proof(bodies: Sequence[bytes], old: int) -> tuple[bytes, ...]:
    hashes = [leaf_hash(body) for body in bodies]
    if old in {0, len(bodies)}:
        return ()
    return consistency_proof(
        old=old, new=len(bodies), subtree=lambda start, end: root_of(hashes[start:end])
    )


def growth(bodies: Sequence[bytes], old: int) -> Growth:
    return Growth(old, proof(bodies, old), signed(bodies).note)


def cosigned(served: Served, bodies: Sequence[bytes], old: int) -> None:
    status, _, body = served.post(growth(bodies, old))
    assert status == 200, body
    note = Note.from_text(signed(bodies).note + body.decode())
    assert cosigned_at(note, key=key_of(served.folder)) is not None


def test_growth_is_cosigned_and_remembered(witness: Served) -> None:
    for old, new in [(0, 300), (300, 300), (300, 511), (511, 600)]:
        cosigned(witness, BODIES[:new], old)
    assert "600 entries" in run("show", witness.folder, at=clock.now()).output


def test_file_and_http_share_one_memory(witness: Served, tmp_path: Path) -> None:
    from tests.cli.test_witness import export as write

    folder = write(tmp_path / "export", BODIES[:300])
    assert run("cosign", witness.folder, folder, at=clock.now()).exit_code == 0
    assert witness.post(growth(BODIES[:400], 0))[::2] == (409, b"300\n")
    cosigned(witness, BODIES[:400], 300)
    result = run("cosign", witness.folder, folder, at=clock.now())
    assert (result.exit_code, "Truncation" in result.output) == (1, True)


def test_the_size_is_said_where_another_was_named(witness: Served) -> None:
    cosigned(witness, BODIES[:300], 0)
    for old in (0, 299, 301):
        status, kind, body = witness.post(Growth(old, (), signed(BODIES[:400]).note))
        assert (status, kind, body) == (409, "text/x.tlog.size", b"300\n")


def test_a_rewrite_a_fork_and_a_truncation_are_refused(witness: Served) -> None:
    cosigned(witness, BODIES[:300], 0)
    before = run("show", witness.folder, at=clock.now()).output
    assert witness.post(growth(REWRITTEN[:400], 300))[0] == 422
    status, kind, body = witness.post(growth(REWRITTEN[:300], 300))
    assert (status, kind) == (409, "text/plain")
    assert b"Fork" in body
    # An operator who cut the ledger names the size that is left.
    assert witness.post(growth(BODIES[:200], 0))[::2] == (409, b"300\n")
    assert witness.post(Growth(300, (), signed(BODIES[:200]).note))[0] == 400
    assert run("show", witness.folder, at=clock.now()).output == before
    (kept,) = witness.folder.glob("ledgers/*/refused")
    assert kept.read_text("utf-8").startswith(f"{ORIGIN}\n300\n"), "evidence of the fork"


def test_wrong_proofs_are_422(witness: Served) -> None:
    cosigned(witness, BODIES[:300], 0)
    true = growth(BODIES[:400], 300)
    for wrong in ((), true.proof[:-1], (*true.proof, b"\x00" * 32), true.proof[::-1]):
        assert witness.post(replace(true, proof=wrong))[0] == 422
    cosigned(witness, BODIES[:400], 300)
    same = replace(growth(BODIES[:400], 400), proof=(b"\x00" * 32,))
    assert witness.post(same)[0] == 422


def test_a_proof_of_nothing_is_422(witness: Served) -> None:
    assert witness.post(Growth(0, (b"\x00" * 32,), signed(BODIES[:300]).note))[0] == 422


def test_unknown_ledgers_and_unknown_keys(witness: Served) -> None:
    unknown = signed(BODIES[:300], origin="elsewhere.example/audit/2026").note
    assert witness.post(Growth(0, (), unknown))[0] == 404
    stranger = Ed25519PrivateKey.from_private_bytes(b"\x09" * 32)
    forged = sign_checkpoint(signed(BODIES[:300]).checkpoint, key=stranger).note
    assert witness.post(Growth(0, (), forged))[0] == 403
    damaged = signed(BODIES[:300]).note.replace("\n300\n", "\n301\n")
    assert witness.post(Growth(0, (), damaged))[0] == 403


def test_the_next_year_is_watched_with_the_same_key(witness: Served) -> None:
    cosigned(witness, BODIES[:300], 0)
    later = "crosslight.example/audit/2027"
    stranger = Ed25519PrivateKey.from_private_bytes(b"\x09" * 32)
    true = signed(BODIES[:10], origin=later)
    forged = sign_checkpoint(true.checkpoint, key=stranger).note
    assert witness.post(Growth(0, (), forged))[0] == 403
    assert len(list(witness.folder.glob("ledgers/*"))) == 1
    assert witness.post(Growth(0, (), true.note))[0] == 200
    assert "2027: 10 entries" in run("show", witness.folder, at=clock.now()).output
    earlier = signed(BODIES[:10], origin="crosslight.example/audit/2025").note
    assert witness.post(Growth(0, (), earlier))[0] == 404


NOTE = signed(BODIES[:300]).note
BAD: dict[str, bytes] = {
    "nothing": b"",
    "no text": b"\xff\xfe",
    "no size": f"\n\n{NOTE}".encode(),
    "a signed size": f"old -1\n\n{NOTE}".encode(),
    "a size with a zero before it": f"old 01\n\n{NOTE}".encode(),
    "a size past all bounds": f"old {'9' * 40}\n\n{NOTE}".encode(),
    "other digits": f"old ٣\n\n{NOTE}".encode(),
    "two spaces": f"old  0\n\n{NOTE}".encode(),
    "no base64": f"old 0\nnot base64\n\n{NOTE}".encode(),
    "a short hash": f"old 0\nAAAA\n\n{NOTE}".encode(),
    "64 hashes": ("old 0\n" + ("A" * 43 + "=\n") * 64 + f"\n{NOTE}").encode(),
    "no note": b"old 0\n\nnothing\n",
    "only a size": b"old 0\n",
    "control characters": f"old 0\n\n{NOTE}".replace("300", "3\x0000").encode(),
    "65 signatures": (f"old 0\n\n{NOTE}" + NOTE.splitlines(keepends=True)[-1] * 64).encode(),
    "carriage returns": f"old 0\r\n\r\n{NOTE}".encode(),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_request_is_400_and_changes_nothing(witness: Served, what: str) -> None:
    assert witness.post(BAD[what])[0] == 400
    cosigned(witness, BODIES[:300], 0)


def test_other_paths_methods_and_lengths(witness: Served) -> None:
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\n".encode()
    for data, status in (
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"405"),
        (b"DELETE / HTTP/1.1\r\nHost: x\r\n\r\n", b"501"),
        (b"POST /other HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", b"404"),
        (head + b"\r\n", b"411"),
        (head + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"411"),
        (head + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nx", b"411"),
        (head + b"Content-Length: -1\r\n\r\n", b"400"),
        (head + b"Content-Length: 1e3\r\n\r\n", b"400"),
        (head + f"Content-Length: {MOST_BYTES + 1}\r\n\r\n".encode(), b"413"),
        (head + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", b"413"),
        (head + b"X: " + b"y" * 70_000 + b"\r\n\r\n", b"431"),
        (b"nonsense\r\n\r\n", b"400"),
    ):
        answer = witness.raw(data)
        assert b" " + status + b" " in answer.partition(b"\r\n")[0] or (
            status == b"400" and b"400" in answer
        ), (data[:60], answer[:80])
    assert witness.raw(head + b"Content-Length: 50\r\n\r\nshort") == b""
    cosigned(witness, BODIES[:300], 0)


def test_whoever_says_nothing_does_not_keep_others_out(witness: Served) -> None:
    idle = [socket.create_connection(("127.0.0.1", witness.port)) for _ in range(12)]
    started = time.monotonic()
    cosigned(witness, BODIES[:300], 0)
    assert time.monotonic() - started < 9
    for wire in idle:
        wire.close()


def test_four_at_once_never_cosign_two_futures(witness: Served) -> None:
    cosigned(witness, BODIES[:300], 0)
    futures = [growth(BODIES[:400], 300), growth([*BODIES[:300], *REWRITTEN[400:520]], 300)] * 2
    found: list[int] = []
    threads = [Thread(target=lambda g=g: found.append(witness.post(g)[0])) for g in futures]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Whoever came second is told the size; nobody else got a cosignature for another future.
    assert sorted(found) == [200, 409, 409, 409]


def test_a_damaged_folder_cosigns_nothing_and_tells_no_stranger(witness: Served) -> None:
    cosigned(witness, BODIES[:300], 0)
    (last,) = witness.folder.glob("ledgers/*/checkpoint")
    last.write_text("forgotten", "ascii")
    status, _, body = witness.post(growth(BODIES[:400], 300))
    assert (status, b"cannot cosign" in body, str(witness.folder).encode() in body) == (
        503,
        True,
        False,
    )


# --- the ledger asks ---------------------------------------------------------------------------


@pytest.fixture
def own_key(settings: LazySettings, tmp_path: Path) -> None:
    settings.LEDGER_KEY_FILE = tmp_path / "keys" / "ledger.ed25519"


@pytest.fixture
def asked(tmp_path: Path, own_key: None) -> Iterator[Served]:
    """A witness that watches the ledger of the database."""
    record_many(2)
    folder = tmp_path / "asked"
    signed_now = checkpoint()
    from crosslight.ledger.keys import existing_key

    vkey = verifier_key(name=signed_now.origin, key=existing_key()).to_text()
    assert run("init", folder, "--name", NAME, "--vkey", vkey).exit_code == 0
    yield from serving(folder)


def ask(served: Served) -> list[tuple[int, str]]:
    found = ask_witnesses([Witness(key_of(served.folder), served.url)])
    return [(each.size, each.problem) for each in found]


def ledger(*words: object) -> Result:
    return CliRunner().invoke(group, ["ledger", *map(str, words)])


@pytest.mark.django_db(transaction=True)
def test_the_ledger_is_cosigned_and_the_export_carries_it(
    asked: Served, tmp_path: Path, settings: LazySettings
) -> None:
    assert ask(asked) == [(3, "")]
    assert ask(asked) == []
    record_many(400)
    assert ask(asked) == [(403, "")]
    export(tmp_path / "export")
    vkey = (tmp_path / "export/keys/log.vkey").read_text("ascii").strip()
    policy = tmp_path / "policy"
    policy.write_text(
        f"log {vkey}\nwitness dpo {key_of(asked.folder).to_text()} {asked.url}\nquorum dpo\n",
        "ascii",
    )
    done = ledger("verify", tmp_path / "export", "--policy", policy)
    assert (done.exit_code, "Cosigned by dpo." in done.output) == (0, True), done.output
    settings.LEDGER_WITNESS_POLICY = policy
    record_one()
    said = ledger("ask-witness")
    assert (said.exit_code, "The quorum of the policy is met." in said.output) == (0, True)
    assert "dpo up to 404" in ledger("shards").output


@pytest.mark.django_db(transaction=True)
def test_a_lost_memory_of_ours_is_made_up_for_by_the_witness(asked: Served) -> None:
    assert ask(asked) == [(3, "")]
    with triggers_off():
        LedgerCosignature.objects.all().delete()
    record_many(5)
    assert ask(asked) == [(8, "")]


@pytest.mark.django_db(transaction=True)
def test_an_outage_blocks_nothing_and_is_made_up_for(asked: Served) -> None:
    silent = Witness(key_of(asked.folder), "http://127.0.0.1:9")
    (found,) = ask_witnesses([silent])
    assert "does not answer" in found.problem
    record_one()
    assert verify_database().holds
    assert ask(asked) == [(4, "")]


@pytest.mark.django_db(transaction=True)
def test_a_cosignature_of_another_key_is_not_kept(asked: Served) -> None:
    other = VerifierKey(NAME, b"\x07" * 32, key_of(asked.folder).kind)
    (found,) = ask_witnesses([Witness(other, asked.url)])
    assert "without a cosignature of its key" in found.problem
    assert not LedgerCosignature.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_ledger_that_was_rewritten_and_signed_again_is_refused(asked: Served) -> None:
    """With database and key: the witness refuses what every check at home would accept."""
    record_many(20)
    assert ask(asked) == [(23, "")]
    with triggers_off():
        forget_everything()
    record_many(40)
    assert verify_database().holds
    assert shards()[0].size > 23
    ((_, problem),) = ask(asked)
    assert "422" in problem
    assert "Rewrite" in problem


def forget_everything() -> None:
    from crosslight.ledger import models

    for model in (
        models.LedgerEntry,
        models.LedgerObject,
        models.LedgerTile,
        models.LedgerCheckpoint,
        models.LedgerCosignature,
        LedgerHead,
    ):
        model.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_a_witness_follows_an_exchange_of_keys_that_the_old_key_signed(
    asked: Served, tmp_path: Path
) -> None:
    assert ask(asked) == [(3, "")]
    done = rotate_key(actor=CONSOLE)
    ((_, problem),) = ask(asked)
    assert "403" in problem
    proof_of_it = tmp_path / "exchange.tlog-proof"
    proof_of_it.write_text(receipt(done.index).to_text(), "utf-8")
    assert run("accept-key", asked.folder, proof_of_it).exit_code == 0
    assert ask(asked) == [(4, "")]
    again = rotate_key(actor=CONSOLE)
    proof_of_it.write_text(receipt(again.index).to_text(), "utf-8")
    assert run("accept-key", asked.folder, proof_of_it).exit_code == 0
    record_one()
    assert ask(asked) == [(6, "")]


@pytest.mark.django_db(transaction=True)
def test_a_receipt_that_is_none_of_an_exchange_changes_no_key(
    asked: Served, witness: Served, tmp_path: Path
) -> None:
    done = rotate_key(actor=CONSOLE)
    true = receipt(done.index)
    path = tmp_path / "receipt"
    other = receipt(1)
    for bad in (
        other.to_text(),
        replace(true, index=true.index - 1).to_text(),
        Proof(true.index, true.hashes, true.note).to_text(),
        "nothing",
    ):
        path.write_text(bad, "utf-8")
        result = run("accept-key", asked.folder, path)
        assert (result.exit_code, "does not hold" in result.output) == (1, True), result.output
    path.write_text(true.to_text(), "utf-8")
    result = run("accept-key", witness.folder, path)
    assert result.exit_code == 1, "another deployment's key, or one that it does not know"
