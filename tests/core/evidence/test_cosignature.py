from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.core.evidence.checkpoint import Checkpoint, open_checkpoint
from crosslight.core.evidence.cosignature import cosign, cosigned_at
from crosslight.core.evidence.notes import KeyKind, Note, NoteFault, Signature, verifier_key
from tests.core.evidence.ledgers import KEY_OF_LEDGER, ORIGIN, bodies_of, signed

KEY = Ed25519PrivateKey.from_private_bytes(b"\x0a" * 32)
NAME = "witness.example.com/w1"
WITNESS = verifier_key(name=NAME, key=KEY, kind=KeyKind.WITNESS)
LEDGER = verifier_key(name=ORIGIN, key=KEY_OF_LEDGER)
SIGNED = Note.from_text(signed(bodies_of(3)).note)
TIME = 1679315147
# The example of https://github.com/C2SP/C2SP/blob/main/tlog-cosignature.md; its keys are not given.
EXAMPLE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcy"
    "v2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9D"
    "Yn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)


def with_lines(*lines: Signature) -> Note:
    return replace(SIGNED, signatures=(*SIGNED.signatures, *lines))


def cosignature(seconds: int = TIME) -> Signature:
    return cosign(SIGNED.text, name=NAME, key=KEY, seconds=seconds)


def test_the_example_of_the_specification_is_read() -> None:
    note = Note.from_text(EXAMPLE)
    of_the_log, of_the_witness = note.signatures
    assert Checkpoint.from_text(note.text).size == 20852163
    assert (of_the_log.name, len(of_the_log.blob)) == ("example.com/behind-the-sofa", 64)
    assert (of_the_witness.name, len(of_the_witness.blob)) == (NAME, 8 + 64)
    assert int.from_bytes(of_the_witness.blob[:8], "big") == TIME
    assert note.to_text() == EXAMPLE


def test_the_message_is_that_of_the_specification() -> None:
    body = EXAMPLE.partition("\n\n")[0] + "\n"
    line = cosign(body, name=NAME, key=KEY, seconds=TIME)
    said = (
        "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )
    KEY.public_key().verify(line.blob[8:], said.encode())
    assert line.key_id == WITNESS.id


def test_a_cosignature_tells_its_time_and_leaves_the_checkpoint_open() -> None:
    note = with_lines(cosignature())
    assert cosigned_at(note, key=WITNESS) == TIME
    assert cosigned_at(SIGNED, key=WITNESS) is None
    assert open_checkpoint(note.to_text(), key=LEDGER).size == 3


def test_of_several_the_latest_counts() -> None:
    note = with_lines(cosignature(TIME + 5), cosignature(TIME))
    assert cosigned_at(note, key=WITNESS) == TIME + 5


def test_no_byte_of_a_cosignature_can_change() -> None:
    line = cosignature()
    for position in range(len(line.blob)):
        blob = bytearray(line.blob)
        blob[position] ^= 0x01
        with pytest.raises(NoteFault):
            cosigned_at(with_lines(replace(line, blob=bytes(blob))), key=WITNESS)


def test_a_cosignature_of_another_checkpoint_is_refused() -> None:
    elsewhere = cosign(SIGNED.text.replace("\n3\n", "\n4\n"), name=NAME, key=KEY, seconds=TIME)
    with pytest.raises(NoteFault, match="does not belong"):
        cosigned_at(with_lines(cosignature(), elsewhere), key=WITNESS)


@pytest.mark.parametrize(
    "blob", [b"\x00" * 72, (2**63).to_bytes(8, "big") + b"\x00" * 64, b"\x01" * 71, b"\x01" * 73]
)
def test_an_impossible_cosignature_is_refused(blob: bytes) -> None:
    with pytest.raises(NoteFault, match=r"no possible time|wrong length"):
        cosigned_at(with_lines(Signature(NAME, WITNESS.id, blob)), key=WITNESS)


def test_a_plain_signature_of_the_witness_is_no_cosignature() -> None:
    """Else whoever gets a witness to sign any text would have a cosignature."""
    plain = Signature(NAME, WITNESS.id, TIME.to_bytes(8, "big") + KEY.sign(SIGNED.text.encode()))
    with pytest.raises(NoteFault, match="does not belong"):
        cosigned_at(with_lines(plain), key=WITNESS)


def test_keys_of_ledgers_and_of_witnesses_are_not_exchanged() -> None:
    with pytest.raises(NoteFault, match="not the key of a witness"):
        cosigned_at(SIGNED, key=LEDGER)
    as_witness = verifier_key(name=ORIGIN, key=KEY_OF_LEDGER, kind=KeyKind.WITNESS)
    with pytest.raises(NoteFault, match="of a witness, not of a ledger"):
        open_checkpoint(SIGNED.to_text(), key=as_witness)


@pytest.mark.parametrize("seconds", [0, -1, 2**63])
def test_a_cosignature_needs_a_time(seconds: int) -> None:
    with pytest.raises(ValueError, match="time after 1970"):
        cosignature(seconds)
