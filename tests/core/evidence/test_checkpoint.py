from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.core.evidence.checkpoint import (
    Checkpoint,
    CheckpointFault,
    VerifierKey,
    open_checkpoint,
    sign_checkpoint,
    verifier_key,
)
from tests.core.evidence.ledgers import KEY_OF_LEDGER, ORIGIN

# Keys in public use: the Go checksum database, and the example in golang.org/x/mod/sumdb/note.
PUBLIC_KEYS = [
    "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
]
ROOT = bytes(range(32))
SIGNED = sign_checkpoint(Checkpoint(ORIGIN, 42, ROOT), key=KEY_OF_LEDGER)
VKEY = verifier_key(name=ORIGIN, key=KEY_OF_LEDGER)


def test_a_checkpoint_has_the_form_of_the_specification():
    text, signature = SIGNED.note.split("\n\n")
    assert text == f"{ORIGIN}\n42\n{base64.b64encode(ROOT).decode()}"
    dash, name, blob = signature.rstrip("\n").split(" ")
    assert (dash, name) == ("—", ORIGIN)
    assert base64.b64decode(blob)[:4] == VKEY.id
    assert len(base64.b64decode(blob)) == 68


def test_a_signed_checkpoint_opens_with_its_key():
    assert open_checkpoint(SIGNED.note, key=VKEY) == SIGNED
    assert (SIGNED.origin, SIGNED.size, SIGNED.root) == (ORIGIN, 42, ROOT)


def test_a_verifier_key_survives_its_text():
    assert VerifierKey.from_text(VKEY.to_text()) == VKEY


@pytest.mark.parametrize("text", PUBLIC_KEYS)
def test_keys_made_by_others_are_read(text: str):
    assert VerifierKey.from_text(text).to_text() == text


def test_no_byte_of_a_checkpoint_can_change():
    data = SIGNED.note.encode()
    for position in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[position] ^= 1 << bit
            with pytest.raises((CheckpointFault, UnicodeDecodeError)):
                open_checkpoint(flipped.decode(), key=VKEY)


def test_no_byte_of_a_verifier_key_can_change():
    data = VKEY.to_text().encode()
    for position in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[position] ^= 1 << bit
            with pytest.raises((CheckpointFault, UnicodeDecodeError)):
                VerifierKey.from_text(flipped.decode())


def test_another_key_opens_nothing():
    stranger = verifier_key(name=ORIGIN, key=Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))
    with pytest.raises(CheckpointFault, match="another key"):
        open_checkpoint(SIGNED.note, key=stranger)


def test_a_key_of_another_ledger_opens_nothing():
    other = verifier_key(name="elsewhere.example/audit/2026", key=KEY_OF_LEDGER)
    with pytest.raises(CheckpointFault, match="no signature"):
        open_checkpoint(SIGNED.note, key=other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\nb\nc\n",
        f"{ORIGIN}\n042\n{'A' * 43}=\n",
        f"{ORIGIN}\n-1\n{'A' * 43}=\n",
        f"{ORIGIN}\n1\nAAAA\n",
        f"{ORIGIN}\n1\n{'A' * 43}=",
        f"\n1\n{'A' * 43}=\n",
        f"{ORIGIN}\n1\n{'A' * 43}=\nmore\n",
        f"{ORIGIN}\n1\n{'A' * 42}B=\n",
    ],
)
def test_a_malformed_checkpoint_is_refused(text: str):
    with pytest.raises(CheckpointFault):
        Checkpoint.from_text(text)


@pytest.mark.parametrize("text", ["", "name", "a+b+c", "a b+00000000+AAAA", f"x{VKEY.to_text()}"])
def test_a_malformed_key_is_refused(text: str):
    with pytest.raises(CheckpointFault):
        VerifierKey.from_text(text)
