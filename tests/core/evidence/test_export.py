from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.core.evidence.checkpoint import Checkpoint, sign_checkpoint
from crosslight.core.evidence.export import (
    CHECKPOINT,
    KEY,
    README,
    SUMS,
    Known,
    expected_names,
    verify_export,
)
from crosslight.core.evidence.merkle import leaf_hash, root_of
from crosslight.core.evidence.notes import verifier_key
from tests.core.evidence.ledgers import (
    KEY_OF_LEDGER,
    ORIGIN,
    an_entry,
    bodies_of,
    export_of,
    signed,
    with_sums,
)

VKEY = verifier_key(name=ORIGIN, key=KEY_OF_LEDGER)
SIZE = 300
BODIES = bodies_of(SIZE)
EXPORT = export_of(BODIES)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 513])
def test_a_sound_export_holds(size: int):
    bodies = bodies_of(size)
    result = verify_export(export_of(bodies), known=Known(key=VKEY))
    assert result.holds
    assert (result.entries, result.checkpoints) == (size, 1)
    assert result.root == signed(bodies).root.hex()


def test_the_test_export_has_tiles_above_the_leaves():
    assert set(EXPORT) == set(expected_names(SIZE))
    assert {"tile/entries/000", "tile/entries/001.p/44", "tile/1/000.p/1"} <= set(EXPORT)


@pytest.mark.parametrize("name", sorted(EXPORT))
def test_a_flipped_byte_anywhere_is_found(name: str):
    positions = flip_positions(EXPORT[name])
    assert positions
    for position in positions:
        for bits in (0x01, 0x20, 0x80, 0xFF):
            assert not verify_export(flipped(name, position, bits)).holds, (name, position, bits)


def flip_positions(data: bytes) -> list[int]:
    """The head, the end and an even sample of what lies between."""
    return sorted({*range(4), *range(0, len(data), len(data) // 8 + 1), len(data) - 1})


def flipped(name: str, position: int, bits: int) -> dict[str, bytes]:
    data = bytearray(EXPORT[name])
    data[position] ^= bits
    return {**EXPORT, name: bytes(data)}


def test_the_first_entry_that_does_not_hold_is_named():
    offset = sum(len(body) + 2 for body in BODIES[:131]) + 40
    result = verify_export(flipped("tile/entries/000", offset, 0x01))
    assert result.entry == 131
    assert "Entry 131" in result.first_fault


@pytest.mark.parametrize("name", sorted(EXPORT))
def test_a_missing_file_is_found(name: str):
    files = {other: data for other, data in EXPORT.items() if other != name}
    assert not verify_export(files).holds


@pytest.mark.parametrize("name", ["notes.txt", "tile/0/000.p/3", "tsr/0300.tsr"])
def test_a_file_too_many_is_found(name: str):
    result = verify_export(with_sums({**EXPORT, name: b"x"}))
    assert not result.holds
    assert name in result.first_fault


@pytest.mark.parametrize("cut", [1, 31, 32, 100])
@pytest.mark.parametrize("name", ["tile/entries/000", "tile/entries/001.p/44", "tile/0/000"])
def test_a_cut_file_is_found(name: str, cut: int):
    assert not verify_export(with_sums({**EXPORT, name: EXPORT[name][:-cut]})).holds


@pytest.mark.parametrize("name", ["tile/entries/000", "tile/entries/001.p/44", "tile/0/001.p/44"])
def test_something_appended_is_found(name: str):
    more = b"\x00\x01x" if "entries" in name else b"\x00" * 32
    assert not verify_export(with_sums({**EXPORT, name: EXPORT[name] + more})).holds


def test_a_rewritten_history_does_not_have_the_signed_root():
    """A forger with all the files but not the key: new entry, new tiles, new sums."""
    bodies = [*BODIES[:7], an_entry(7, justification="other").to_bytes(), *BODIES[8:]]
    files = with_sums({**export_of(bodies), CHECKPOINT: EXPORT[CHECKPOINT]})
    result = verify_export(files)
    assert "not the signed one" in result.first_fault


def test_a_history_signed_with_another_key_needs_the_auditors_own_key():
    """A forger who replaces the key too is found only by who holds the true one."""
    stranger = Ed25519PrivateKey.from_private_bytes(b"\x09" * 32)
    bodies = BODIES[:5]
    checkpoint = Checkpoint(ORIGIN, 5, root_of(map(leaf_hash, bodies)))
    forged = with_sums(
        {
            **export_of(bodies),
            CHECKPOINT: sign_checkpoint(checkpoint, key=stranger).note.encode(),
            KEY: f"{verifier_key(name=ORIGIN, key=stranger).to_text()}\n".encode(),
        }
    )
    assert verify_export(forged).holds
    assert "not the key that you hold" in verify_export(forged, known=Known(key=VKEY)).first_fault


@pytest.mark.parametrize(
    "changes",
    [
        {KEY: b""},
        {KEY: EXPORT[KEY][:-1]},
        {KEY: b"\xff\n"},
        {CHECKPOINT: b""},
        {CHECKPOINT: b"\xff"},
        {CHECKPOINT: EXPORT[CHECKPOINT] + EXPORT[CHECKPOINT]},
        {SUMS: b""},
        {SUMS: EXPORT[SUMS] + b"\n"},
        {README: b""},
    ],
)
def test_damaged_files_are_faults_and_no_crash(changes: dict[str, bytes]):
    result = verify_export({**EXPORT, **changes})
    assert result.first_fault
    assert not result.holds


def test_an_empty_folder_does_not_hold():
    assert "missing" in verify_export({}).first_fault
