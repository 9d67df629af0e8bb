from __future__ import annotations

import pytest

from crosslight.core.evidence.notes import (
    MOST_SIGNATURES,
    KeyKind,
    Note,
    NoteFault,
    Signature,
    VerifierKey,
    verifier_key,
)
from tests.core.evidence.ledgers import KEY_OF_LEDGER, ORIGIN

# The examples of https://github.com/C2SP/C2SP/blob/main/signed-note.md.
EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = (
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2O"
    "NncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
WITH_AN_EMPTY_LINE = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouF"
    "SQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)
# Keys in public use: the Go checksum database, and the example in golang.org/x/mod/sumdb/note.
PUBLIC_KEYS = [
    "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    EXAMPLE_KEY,
]
VKEY = verifier_key(name=ORIGIN, key=KEY_OF_LEDGER)
LINE = Signature("witness.example", b"abcd", b"\x00" * 64)


def test_the_example_of_the_specification_verifies() -> None:
    key, note = VerifierKey.from_text(EXAMPLE_KEY), Note.from_text(EXAMPLE)
    (line,) = note.of(key)
    key.verify(line.blob, note.text.encode())
    assert note.text == "This is an example message.\n"
    with pytest.raises(NoteFault, match="does not belong"):
        key.verify(line.blob, b"This is another message.\n")


def test_the_last_empty_line_ends_the_text() -> None:
    note = Note.from_text(WITH_AN_EMPTY_LINE)
    assert note.text.count("\n") == 4
    assert note.text.endswith("ed è subito sera.\n")
    assert [line.name for line in note.signatures] == ["quasimodo.example/salvatore"]
    assert note.to_text() == WITH_AN_EMPTY_LINE


@pytest.mark.parametrize("text", PUBLIC_KEYS)
def test_keys_made_by_others_are_read(text: str) -> None:
    assert VerifierKey.from_text(text).to_text() == text


@pytest.mark.parametrize("kind", list(KeyKind))
def test_a_verifier_key_survives_its_text(kind: KeyKind) -> None:
    key = verifier_key(name="a.example", key=KEY_OF_LEDGER, kind=kind)
    assert VerifierKey.from_text(key.to_text()) == key


def test_one_key_has_another_id_as_a_witness() -> None:
    as_witness = verifier_key(name=ORIGIN, key=KEY_OF_LEDGER, kind=KeyKind.WITNESS)
    assert as_witness.id != VKEY.id


def test_no_byte_of_a_verifier_key_can_change() -> None:
    data = VKEY.to_text().encode()
    for position in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[position] ^= 1 << bit
            with pytest.raises((NoteFault, UnicodeDecodeError)):
                VerifierKey.from_text(flipped.decode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "a+b+c",
        "a b+00000000+AAAA",
        "a\u2003b+00000000+AAAA",
        f"x{VKEY.to_text()}",
        f"{VKEY.to_text()}\n",
        EXAMPLE_KEY.replace("530d903a", "530D903A"),
        EXAMPLE_KEY.replace("530d903a", "53 0d 90 3a"),
        f"{EXAMPLE_KEY}=",
        "other.example/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ],
)
def test_a_malformed_key_is_refused(text: str) -> None:
    with pytest.raises(NoteFault):
        VerifierKey.from_text(text)


def test_unknown_lines_are_ignored_even_with_the_name_or_the_id_of_a_known_key() -> None:
    key = VerifierKey.from_text(EXAMPLE_KEY)
    namesake = Signature(key.name, b"abcd", b"\x01" * 64)
    same_id = Signature("other.example", key.id, b"\x02")
    note = Note.from_text(f"{EXAMPLE}{namesake.to_line()}{same_id.to_line()}{LINE.to_line()}")
    assert len(note.signatures) == 4
    assert note.of(key) == Note.from_text(EXAMPLE).signatures


def test_many_signatures_are_read_but_not_without_end() -> None:
    text = f"text\n\n{LINE.to_line() * MOST_SIGNATURES}"
    assert len(Note.from_text(text).signatures) == MOST_SIGNATURES >= 16
    with pytest.raises(NoteFault, match="at most"):
        Note.from_text(f"{text}{LINE.to_line()}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text\n",
        "text\n\n",
        EXAMPLE[:-1],
        f"{EXAMPLE}\n",
        EXAMPLE.replace("—", "-"),
        EXAMPLE.replace("— ", "—"),
        EXAMPLE.replace("example.com/foo ", "example.com/foo  "),
        EXAMPLE.replace("example.com/foo ", "example.com/f+o "),
        EXAMPLE.replace("=\n", "\n"),
        EXAMPLE.replace("message", "mess\tage"),
        EXAMPLE.replace("message", "mess\x00age"),
        EXAMPLE.replace("\n", "\r\n"),
        "text\n\n— a.example AAAA\n",
        "text\n\n— a.example AAAAAA==\n",
        "text\n\n— a.example AAAAAB==\n",
        "text\n\n— a.example QUJDQUJD=\n",
    ],
)
def test_a_malformed_note_is_refused(text: str) -> None:
    with pytest.raises(NoteFault):
        Note.from_text(text)
