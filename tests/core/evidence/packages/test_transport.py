"""Sealing in transport, and every header that a stranger can write."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.transport import (
    MOST_RECIPIENTS,
    new_identity,
    read_identities,
    read_recipients,
    recipient_of,
    seal,
    unseal,
)

DESK, SAFE, STRANGER = new_identity(), new_identity(), new_identity()
BOTH = (recipient_of(DESK), recipient_of(SAFE))
PLAIN = os.urandom(200_000)
ROOT = Path(__file__).resolve().parents[4]
VERSION = b"age-encryption.org/v1\n"
MAC = b"--- " + b"A" * 43 + b"\n"
KEY = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"


def sealed(plain: bytes = PLAIN) -> bytes:
    out = io.BytesIO()
    seal(io.BytesIO(plain), out, recipients=BOTH)
    return out.getvalue()


def opened(data: bytes, *identities: str) -> bytes:
    out = io.BytesIO()
    unseal(io.BytesIO(data), out, identities=identities or (DESK,))
    return out.getvalue()


# The keys are new each time: the names of the tests must not be.
@pytest.mark.parametrize("identity", [DESK, SAFE], ids=["desk", "safe"])
@pytest.mark.parametrize("plain", [b"", b"x", PLAIN, b"y" * 65_536], ids=len)
def test_each_recipient_opens_what_was_sealed(identity: str, plain: bytes):
    assert opened(sealed(plain), identity) == plain


def test_nobody_else_opens_it():
    with pytest.raises(PackageFault, match="not sealed to this"):
        opened(sealed(), STRANGER)
    assert opened(sealed(), STRANGER, SAFE) == PLAIN


@pytest.mark.parametrize(
    "recipients",
    [(), BOTH[:1], BOTH[:1] * 2, (*BOTH, BOTH[0]), tuple(map(str, range(MOST_RECIPIENTS + 1)))],
)
def test_one_recipient_is_too_few_and_each_is_named_once(recipients):
    with pytest.raises(PackageFault, match="2 to 20 recipients"):
        seal(io.BytesIO(b""), io.BytesIO(), recipients=recipients)


def test_keys_are_read_as_age_writes_them():
    file = f"# created: 2026-11-21\n# public key: {recipient_of(DESK)}\n{DESK}\n\n"
    assert read_identities(file) == (DESK,)
    assert read_recipients(f"# the desk\n{BOTH[0]}\n{BOTH[1]}\n") == BOTH
    for text in ("", "# nothing", "AGE-SECRET-KEY-1", BOTH[0]):
        with pytest.raises(PackageFault):
            read_identities(text)
    with pytest.raises(PackageFault, match="'ssh-rsa AAAA' is not an age recipient"):
        read_recipients("ssh-rsa AAAA")
    with pytest.raises(PackageFault, match="not an age recipient") as refused:
        read_recipients(DESK[:-1])
    assert len(str(refused.value)) < 200


HEADERS = {
    "nothing": b"",
    "another version": b"age-encryption.org/v2\n" + KEY + MAC,
    "armour": b"-----BEGIN AGE ENCRYPTED FILE-----\n",
    "a ZIP": b"PK\x03\x04" + b"\0" * 100,
    "no recipient": VERSION + MAC,
    "no end": VERSION + KEY,
    "a passphrase": VERSION + b"-> scrypt " + b"A" * 22 + b" 30\n" + b"A" * 43 + b"\n" + MAC,
    "a plugin": VERSION + b"-> yubikey AAAA\n\n" + MAC,
    "a line without end": VERSION + b"-> X25519 " + b"A" * 20 * 2**20,
    "a body without end": VERSION + KEY + (b"A" * 64 + b"\n") * 300_000,
    "stanzas without end": VERSION + KEY * 200_000,
    "grease without end": VERSION + b"-> x-grease a\n\n" * 500_000,
    "blank lines": VERSION + KEY + b"\n" * 500_000,
    "carriage returns": (VERSION + KEY + MAC).replace(b"\n", b"\r\n"),
    "a short end": VERSION + KEY + b"--- AAAA\n",
    "a false end": VERSION + KEY + MAC + b"\0" * 100,
    "control characters": VERSION + b"-> \x1b[2J\n\n" + MAC,
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_hostile_header_is_refused(name: str):
    with pytest.raises(PackageFault) as refused:
        opened(HEADERS[name])
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    "change",
    [
        lambda whole: whole[:-1],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[: whole.index(b"\n--- ") + 49],
        lambda whole: whole + b"\0",
        lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]),
        lambda whole: whole[:100_000] + bytes([whole[100_000] ^ 1]) + whole[100_001:],
        lambda whole: whole.replace(b"\n--- ", b"\n-> x-grease\n\n--- ", 1),
    ],
)
def test_content_that_was_changed_or_cut_off_is_refused(change):
    with pytest.raises(PackageFault):
        opened(change(sealed()))


LIMITED = """
import re, resource, sys
from pathlib import Path
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.transport import unseal
resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        with path.open("rb") as file:
            unseal(file, open("/dev/null", "wb"), identities=[sys.argv[2]])
        sys.exit(f"{path} was opened")
    except PackageFault:
        pass
print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""


def test_hostile_headers_take_little_time_and_memory(tmp_path: Path):
    """All of them together: five seconds of processor, 200 MiB."""
    for number, data in enumerate(HEADERS.values()):
        (tmp_path / str(number)).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, tmp_path, DESK],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 200 * 1024
