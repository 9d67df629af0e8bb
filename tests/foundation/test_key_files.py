from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from crosslight.foundation.key_files import NoKeyInFile, create_key, is_private, read_key


def test_a_key_is_made_whole_for_its_owner_only_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "mine.key"
    create_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert list(path.parent.iterdir()) == [path]
    before = read_key(path).private_bytes_raw()
    create_key(path)
    assert read_key(path).private_bytes_raw() == before


def test_a_key_that_others_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.key"
    create_key(path)
    assert is_private(path)
    path.chmod(0o640)
    assert not is_private(path)


def another_kind() -> bytes:
    key = generate_private_key(SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def under_a_password() -> bytes:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"password")
    )


@pytest.mark.parametrize("content", [b"", b"no key", another_kind(), under_a_password()])
def test_what_is_no_key_is_told_and_left(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mine.key"
    path.write_bytes(content)
    with pytest.raises(NoKeyInFile, match=r"mine\.key"):
        read_key(path)
    assert path.read_bytes() == content


def test_a_missing_key_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(NoKeyInFile):
        read_key(tmp_path / "absent")
    assert not (tmp_path / "absent").exists()
