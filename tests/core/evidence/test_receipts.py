from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.core.evidence.export import CHECKPOINT, receipt_from
from crosslight.core.evidence.notes import NoteFault, Signature, verifier_key
from crosslight.core.evidence.receipts import Proof, ReceiptFault
from crosslight.core.evidence.verification import LedgerFault
from tests.core.evidence.ledgers import KEY_OF_LEDGER, ORIGIN, an_entry, bodies_of, export_of

VKEY = verifier_key(name=ORIGIN, key=KEY_OF_LEDGER)
BODIES = bodies_of(300)
EXPORT = export_of(BODIES)
PROOF = receipt_from(EXPORT, 131)
# The example of https://github.com/C2SP/C2SP/blob/main/tlog-proof.md; what it leaves out of the
# signatures, and the line `extra`, which is no base64 there, are put in.
EXAMPLE = """\
c2sp.org/tlog-proof@v1
extra YWdlLXYxLjIuMQ==
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=
RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=
AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=

example.com/fancylog
109482
sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

— example.com/fancylog hI2DJ1roloI=
— witness1.example mJirIklj
"""


def test_the_example_of_the_specification_is_read() -> None:
    proof = Proof.from_text(EXAMPLE)
    assert (proof.index, len(proof.hashes), proof.entry) == (73894, 5, b"age-v1.2.1")
    assert proof.note.startswith("example.com/fancylog\n109482\n")
    assert proof.to_text() == EXAMPLE
    without = EXAMPLE.replace("extra YWdlLXYxLjIuMQ==\n", "")
    assert Proof.from_text(without) == replace(proof, entry=None)


@pytest.mark.parametrize("size", [1, 2, 256, 300])
def test_every_entry_of_an_export_has_a_receipt(size: int) -> None:
    export = export_of(BODIES[:size])
    for index in {0, size // 2, size - 1}:
        proof = Proof.from_text(receipt_from(export, index).to_text())
        assert proof.entry == BODIES[index]
        assert proof.verify(key=VKEY).size == size


def test_a_receipt_without_its_entry_is_checked_with_the_entry() -> None:
    bare = replace(PROOF, entry=None)
    assert bare.verify(key=VKEY, entry=BODIES[131]).size == 300
    with pytest.raises(ReceiptFault, match="does not carry its entry"):
        bare.verify(key=VKEY)
    with pytest.raises(ReceiptFault, match="not number 131"):
        bare.verify(key=VKEY, entry=BODIES[132])
    with pytest.raises(ReceiptFault, match="another entry"):
        PROOF.verify(key=VKEY, entry=BODIES[132])


def test_no_byte_of_a_receipt_can_change() -> None:
    data = PROOF.to_text().encode()
    for position in range(len(data)):
        flipped = bytearray(data)
        flipped[position] ^= 0x01
        with pytest.raises((NoteFault, UnicodeDecodeError)):
            Proof.from_text(flipped.decode()).verify(key=VKEY)


@pytest.mark.parametrize(
    "forged",
    [
        replace(PROOF, index=132),
        replace(PROOF, hashes=PROOF.hashes[:-1]),
        replace(PROOF, hashes=(*PROOF.hashes, PROOF.hashes[0])),
        replace(PROOF, hashes=PROOF.hashes[::-1]),
        replace(PROOF, entry=an_entry(131, justification="other").to_bytes()),
        replace(PROOF, note=EXPORT[CHECKPOINT].decode().replace("\n300\n", "\n299\n")),
        replace(PROOF, note=receipt_from(export_of(BODIES[:200]), 131).note),
    ],
)
def test_a_forged_receipt_is_refused(forged: Proof) -> None:
    with pytest.raises(NoteFault):
        forged.verify(key=VKEY)


def test_a_receipt_of_a_foreign_key_is_refused() -> None:
    stranger = verifier_key(name=ORIGIN, key=Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))
    with pytest.raises(NoteFault, match="another key"):
        PROOF.verify(key=stranger)


def test_cosignatures_travel_with_the_receipt() -> None:
    line = Signature("witness.example", b"abcd", b"\x00" * 72).to_line()
    proof = receipt_from({**EXPORT, CHECKPOINT: EXPORT[CHECKPOINT] + line.encode()}, 7)
    assert proof.to_text().endswith(line)
    assert proof.verify(key=VKEY).size == 300


@pytest.mark.parametrize(
    "text",
    [
        "",
        EXAMPLE.replace("@v1", "@v2"),
        EXAMPLE.replace("index 73894\n", ""),
        EXAMPLE.replace("index 73894", "index 073894"),
        EXAMPLE.replace("index 73894", "index -1"),
        EXAMPLE.replace("extra YWdl", "extra  YWdl"),
        EXAMPLE.replace("extra YWdlLXYxLjIuMQ==", "extra YWdlLXYxLjIuMR=="),
        EXAMPLE.replace("gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=", "gSKy"),
        EXAMPLE.replace("\n\n", "\n"),
        EXAMPLE.replace(
            "\n\n", "\n" + "AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=\n" * 60 + "\n"
        ),
    ],
)
def test_a_malformed_receipt_is_refused(text: str) -> None:
    with pytest.raises(NoteFault):
        Proof.from_text(text).verify(key=VKEY)


@pytest.mark.parametrize("index", [300, 10**9])
def test_there_is_no_receipt_of_an_entry_that_is_not_there(index: int) -> None:
    with pytest.raises(LedgerFault, match="entries 0 to 299"):
        receipt_from(EXPORT, index)


@pytest.mark.parametrize("name", ["tile/0/001.p/44", "tile/entries/000", CHECKPOINT])
def test_no_receipt_is_made_from_a_damaged_export(name: str) -> None:
    for data in (None, EXPORT[name][:-1], EXPORT[name][:40] + b"x" + EXPORT[name][41:]):
        files = {each: content for each, content in EXPORT.items() if each != name}
        with pytest.raises(LedgerFault):
            receipt_from(files if data is None else {**files, name: data}, 0)
