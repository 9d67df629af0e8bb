"""RFC 3161 against a true authority made with openssl, over HTTP: stamped, refused, and out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.conf import LazySettings

from crosslight.cli.local_authority import (
    OTHER_POLICY,
    POLICY,
    ROOT,
    AuthorityServer,
    make_authority,
    stamp,
)
from crosslight.config.environment import StampSettings
from crosslight.core.evidence.checkpoint import Checkpoint
from crosslight.core.evidence.export import Known, verify_export
from crosslight.core.evidence.stamps import (
    is_after,
    stamped_message,
    verify_checkpoint_stamp,
)
from crosslight.core.evidence.timestamps import Authority, StampFault, check_reply, request_for
from crosslight.foundation import clock
from crosslight.ledger.errors import NoAuthority
from crosslight.ledger.models import LedgerStamp
from crosslight.ledger.selectors import shards
from crosslight.ledger.services import export, export_all, verify_database
from crosslight.ledger.stamping import HOURLY, stamp_ledger
from tests.append_only import triggers_off
from tests.core.evidence.ledgers import with_sums
from tests.ledger.acts import record_many, record_one
from tests.ledger.test_export import files_in

pytestmark = [
    pytest.mark.either_database,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("openssl"), reason="the authority is made with openssl"),
]

CHECKPOINT = Checkpoint("crosslight.example/audit/2026", 5, b"\x07" * 32)
MESSAGE = stamped_message(CHECKPOINT)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority")
    make_authority(folder)
    return folder


@contextmanager
def running(server: HTTPServer) -> Iterator[str]:
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def stamping(authority: Path, settings: LazySettings) -> Iterator[Path]:
    """The deployment's settings name the authority, and it answers."""
    with running(AuthorityServer(("127.0.0.1", 0), folder=authority)) as url:
        settings.LEDGER_STAMPS = StampSettings(url, authority / ROOT, POLICY)
        yield authority


def trust_in(folder: Path, policy: str = POLICY) -> Authority:
    return Authority.pinned((folder / ROOT).read_bytes(), [policy])


@pytest.fixture(scope="session")
def response(authority: Path) -> bytes:
    return stamp(authority, request_for(MESSAGE))


def test_a_true_stamp_says_when_and_by_whom(authority: Path, response: bytes):
    found = verify_checkpoint_stamp(response, checkpoint=CHECKPOINT, trust=trust_in(authority))
    assert abs(clock.now() - found.time) < timedelta(minutes=10)
    assert found.policy == POLICY
    assert len(found.signer) == 64


def flipped(data: bytes, position: int) -> bytes:
    return data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]


def is_refused(response: bytes, checkpoint: Checkpoint, trust: Authority) -> bool:
    try:
        verify_checkpoint_stamp(response, checkpoint=checkpoint, trust=trust)
    except StampFault:
        return True
    return False


def test_the_six_refusals(authority: Path, response: bytes, tmp_path: Path):
    make_authority(tmp_path)
    trust = trust_in(authority)
    imprint = response.index(b"\x04\x20") + 5
    for what, (data, checkpoint, believed) in {
        "wrong data": (response, replace(CHECKPOINT, size=6), trust),
        "bit flip in what was stamped": (flipped(response, imprint), CHECKPOINT, trust),
        "bit flip in the signature": (flipped(response, len(response) - 40), CHECKPOINT, trust),
        "truncation": (response[:-1], CHECKPOINT, trust),
        "trailing bytes": (response + b"\x00", CHECKPOINT, trust),
        "other root": (response, CHECKPOINT, trust_in(tmp_path)),
        "other policy": (response, CHECKPOINT, trust_in(authority, OTHER_POLICY)),
    }.items():
        assert is_refused(data, checkpoint, believed), what


def test_a_flipped_bit_is_refused_wherever_the_signature_reaches(authority: Path, response: bytes):
    """The bytes left are outside of what was signed and say nothing about time or ledger."""
    trust = trust_in(authority)
    true = verify_checkpoint_stamp(response, checkpoint=CHECKPOINT, trust=trust)
    unnoticed = 0
    for position in range(0, len(response), 7):
        try:
            found = verify_checkpoint_stamp(
                flipped(response, position), checkpoint=CHECKPOINT, trust=trust
            )
        except StampFault:
            continue
        assert found == true
        unnoticed += 1
    assert unnoticed < 5


@pytest.mark.parametrize("data", [b"", b"\x30\x00", b"\x30\x84\xff\xff\xff\xff", b"x" * 70_000])
def test_what_is_no_answer_is_refused(authority: Path, data: bytes):
    with pytest.raises(StampFault):
        verify_checkpoint_stamp(data, checkpoint=CHECKPOINT, trust=trust_in(authority))


def test_an_answer_to_another_request_is_refused(response: bytes):
    with pytest.raises(StampFault, match="another request"):
        check_reply(response, request=request_for(MESSAGE), data=MESSAGE)


def test_a_refusal_of_the_authority_is_none(authority: Path):
    refused = stamp(authority, request_for(MESSAGE), policy=POLICY)
    broken = b"\x30\x03\x02\x01\x02"
    assert verify_checkpoint_stamp(refused, checkpoint=CHECKPOINT, trust=trust_in(authority))
    with pytest.raises(StampFault):
        verify_checkpoint_stamp(
            b"\x30\x05" + broken, checkpoint=CHECKPOINT, trust=trust_in(authority)
        )


@pytest.mark.usefixtures("stamping")
def test_the_ledger_is_stamped_and_the_whole_answer_kept():
    record_many(300)
    (done,) = stamp_ledger()
    assert (done.size, done.problem) == (301, "")
    row = LedgerStamp.objects.get()
    assert (row.leaf, row.stamped_at) == (done.leaf, done.at)
    result = verify_database()
    assert (result.first_fault, result.stamps, result.stamped_size) == (None, 1, 301)
    assert result.leaves == (done.leaf,)
    assert stamp_ledger() == ()
    record_one()
    assert not shards()[0].is_stamped
    assert stamp_ledger(least_age=HOURLY) == ()
    assert stamp_ledger()[0].size == 302
    assert verify_database().stamps == 2


def test_without_an_authority_nothing_is_sent():
    record_one()
    with pytest.raises(NoAuthority):
        stamp_ledger()


@pytest.mark.parametrize("status", [None, 200, 302, 500])
def test_an_outage_blocks_nothing_and_is_made_up_for(
    stamping: Path, settings: LazySettings, status: int | None
):
    true = settings.LEDGER_STAMPS
    record_one()
    with broken_authority(status) as url:
        settings.LEDGER_STAMPS = StampSettings(url, true.root, true.policy)
        (done,) = stamp_ledger()
    assert done.problem
    assert not LedgerStamp.objects.exists()
    record_one()
    assert verify_database().holds
    settings.LEDGER_STAMPS = true
    (again,) = stamp_ledger()
    assert (again.size, again.problem) == (3, "")


@contextmanager
def broken_authority(status: int | None) -> Iterator[str]:
    if status is None:
        yield "http://127.0.0.1:9/"
        return

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.end_headers()
            self.wfile.write(b"no stamp")

        def log_message(self, *args: object) -> None: ...

    with running(HTTPServer(("127.0.0.1", 0), Handler)) as url:
        yield url


@pytest.mark.usefixtures("stamping")
def test_a_clock_that_runs_ahead_is_told_and_not_stamped():
    with clock.later(timedelta(hours=2)):
        record_one()
    (done,) = stamp_ledger()
    assert "one of the two clocks is wrong" in done.problem


@pytest.mark.usefixtures("stamping")
def test_a_closed_year_is_stamped_at_its_end_too(tmp_path: Path):
    with clock.at(clock.now() - timedelta(days=400)):
        record_many(3)
    record_one()
    assert sorted((each.size, each.problem) for each in stamp_ledger()) == [(2, ""), (5, "")]
    export_all(tmp_path / "all")
    assert (tmp_path / "all" / str(shards()[0].year) / "tsr/5.tsr").exists()


def stamped_export(folder: Path) -> dict[str, bytes]:
    record_many(299)
    stamp_ledger()
    record_one()
    stamp_ledger()
    export(folder)
    return files_in(folder)


def test_an_export_carries_the_stamps_and_is_refused_where_one_does_not_hold(
    stamping: Path, tmp_path: Path
):
    files = stamped_export(tmp_path / "export")
    make_authority(tmp_path / "other")
    known = Known(stamps=trust_in(stamping))
    result = verify_export(files, known=known)
    assert (result.first_fault, result.stamps, result.stamped_size) == (None, 2, 301)
    first, second = files["tsr/300.tsr"], files["tsr/301.tsr"]
    changes: dict[str, Callable[[], tuple[dict[str, bytes], Known]]] = {
        "of another state": lambda: ({"tsr/300.tsr": second}, known),
        "swapped": lambda: ({"tsr/300.tsr": second, "tsr/301.tsr": first}, known),
        "of a state to come": lambda: ({"tsr/302.tsr": second}, known),
        "of no state": lambda: ({"tsr/0301.tsr": second}, known),
        "cut": lambda: ({"tsr/301.tsr": second[:-1]}, known),
        "longer": lambda: ({"tsr/301.tsr": second + b"\x00"}, known),
        "empty": lambda: ({"tsr/301.tsr": b""}, known),
        "other policies enclosed": lambda: ({"keys/tsa.policies": b"2.999.1\n"}, Known()),
        "no roots enclosed": lambda: ({"keys/tsa.pem": b""}, Known()),
        "another root held": lambda: ({}, Known(stamps=trust_in(tmp_path / "other"))),
        "another policy held": lambda: ({}, Known(stamps=trust_in(stamping, OTHER_POLICY))),
    }
    for what, change in changes.items():
        changed, believed = change()
        assert not verify_export(with_sums({**files, **changed}), known=believed).holds, what


@pytest.mark.usefixtures("stamping")
def test_a_stamp_that_was_exchanged_in_the_database_is_found():
    record_one()
    stamp_ledger()
    record_one()
    stamp_ledger()
    first, second = LedgerStamp.objects.order_by("size")
    with triggers_off():
        LedgerStamp.objects.filter(size=first.size).update(response=second.response)
    assert "time stamp at 2 entries" in verify_database().first_fault


def test_a_stamp_before_the_last_entry_proves_nothing():
    at = clock.now().replace(microsecond=0)
    assert is_after(at, f"{at:%Y-%m-%dT%H:%M:%S}.999999Z")
    assert not is_after(at, f"{at + timedelta(seconds=1):%Y-%m-%dT%H:%M:%S}.000000Z")
