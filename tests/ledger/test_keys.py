from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import LazySettings

from crosslight.ledger.errors import KeyUnusable
from crosslight.ledger.keys import ensure_key, existing_key


@pytest.fixture
def path(settings: LazySettings, tmp_path: Path) -> Path:
    settings.LEDGER_KEY_FILE = tmp_path / "keys" / "ledger.ed25519"
    return settings.LEDGER_KEY_FILE


def test_a_key_is_made_once_for_its_owner_only(path: Path):
    key = ensure_key()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["ledger.ed25519"]
    assert ensure_key().private_bytes_raw() == key.private_bytes_raw()
    assert existing_key().private_bytes_raw() == key.private_bytes_raw()


def test_a_key_that_appears_meanwhile_wins(path: Path, monkeypatch: pytest.MonkeyPatch):
    rival = ensure_key()
    monkeypatch.setattr(Path, "exists", lambda _path: False)
    assert ensure_key().private_bytes_raw() == rival.private_bytes_raw()
    assert [file.name for file in path.parent.iterdir()] == ["ledger.ed25519"]


def test_a_missing_key_is_not_made_by_who_only_reads(path: Path):
    with pytest.raises(KeyUnusable, match="missing"):
        existing_key()
    assert not path.exists()


def ecdsa_key() -> bytes:
    key = generate_private_key(SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize("content", [b"", b"not a key", ecdsa_key()])
def test_a_damaged_key_file_stops_the_ledger(path: Path, content: bytes):
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(KeyUnusable):
        ensure_key()
    assert path.read_bytes() == content
