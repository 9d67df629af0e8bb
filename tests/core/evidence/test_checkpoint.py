from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.core.evidence.checkpoint import (
    Checkpoint,
    CheckpointFault,
    open_checkpoint,
    sign_checkpoint,
)
from crosslight.core.evidence.notes import NoteFault, Signature, verifier_key
from tests.core.evidence.ledgers import KEY_OF_LEDGER, ORIGIN

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


def test_no_byte_of_a_checkpoint_can_change():
    data = SIGNED.note.encode()
    for position in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[position] ^= 1 << bit
            with pytest.raises((NoteFault, UnicodeDecodeError)):
                open_checkpoint(flipped.decode(), key=VKEY)


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
        f"{ORIGIN}\n1\n{'A' * 43}=\n\nmore\n",
        f"{ORIGIN}\n1\n{'A' * 43}=\nmore",
        f"{ORIGIN}\n1\n{'A' * 42}B=\n",
    ],
)
def test_a_malformed_checkpoint_is_refused(text: str):
    with pytest.raises(NoteFault):
        Checkpoint.from_text(text)


def test_extension_lines_are_read_and_signed() -> None:
    extended = Checkpoint(ORIGIN, 42, ROOT, extensions=("one", "two words"))
    note = sign_checkpoint(extended, key=KEY_OF_LEDGER).note
    assert open_checkpoint(note, key=VKEY).checkpoint == extended
    with pytest.raises(NoteFault, match="does not belong"):
        open_checkpoint(note.replace("two words", "two lies"), key=VKEY)


def test_signatures_of_others_are_ignored() -> None:
    stranger = Signature("witness.example", b"abcd", b"\x00" * 72).to_line()
    namesake = Signature(ORIGIN, b"abcd", b"\x00" * 64).to_line()
    text, line = SIGNED.note.split("\n\n")
    for note in (f"{text}\n\n{stranger}{namesake}{line}", f"{text}\n\n{line}{stranger}"):
        assert open_checkpoint(note, key=VKEY).checkpoint == SIGNED.checkpoint


def test_a_false_signature_in_the_name_of_the_key_spoils_the_note() -> None:
    for blob in (b"\x00" * 64, b"\x00" * 63):
        false = Signature(ORIGIN, VKEY.id, blob).to_line()
        with pytest.raises(NoteFault, match=r"does not belong|wrong length"):
            open_checkpoint(f"{SIGNED.note}{false}", key=VKEY)
