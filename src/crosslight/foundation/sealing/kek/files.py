"""The default: raw keys in files that only their owner reads, such as a systemd credential."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap,
    aes_key_wrap,
)

from crosslight.foundation.key_files import create_raw_key, is_private
from crosslight.foundation.sealing.errors import KekUnusable
from crosslight.foundation.sealing.kek.wrapped import Wrapped
from crosslight.foundation.sealing.purposes import Purpose

_BYTES = 32
_FINGERPRINT = 8


class FileKeys:
    """`kek-victim.1`, `kek-victim.2` …: 32 random bytes each, AES key wrap (RFC 3394).

    The stored name holds a fingerprint, so that a wrong file is told from a damaged store.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def is_ready(self, *, purpose: Purpose) -> bool:
        return bool(self._generations(purpose))

    def newest(self, *, purpose: Purpose) -> str:
        generations = self._generations(purpose)
        if not generations:
            raise KekUnusable(f"The key-encryption key for {purpose.value} is missing.")
        return self._name(purpose, max(generations))

    def renew(self, *, purpose: Purpose) -> str:
        number = max(self._generations(purpose), default=0) + 1
        create_raw_key(self._path(purpose, number), size=_BYTES)
        return self._name(purpose, number)

    def wrap(self, key: bytes, *, purpose: Purpose) -> Wrapped:
        name = self.newest(purpose=purpose)
        return Wrapped(name, aes_key_wrap(self._key(purpose, name), key))

    def unwrap(self, wrapped: Wrapped, *, purpose: Purpose) -> bytes:
        try:
            return aes_key_unwrap(self._key(purpose, wrapped.kek), wrapped.data)
        except InvalidUnwrap as error:
            raise KekUnusable("A key of the key store does not open.") from error

    def discard(self, kek: str, *, purpose: Purpose) -> None:
        self._path(purpose, _number_of(kek)).unlink(missing_ok=True)

    def _generations(self, purpose: Purpose) -> list[int]:
        files = self._folder.glob(f"kek-{purpose.value}.*")
        return [int(path.suffix[1:]) for path in files if path.suffix[1:].isdecimal()]

    def _path(self, purpose: Purpose, number: int) -> Path:
        return self._folder / f"kek-{purpose.value}.{number}"

    def _name(self, purpose: Purpose, number: int) -> str:
        return f"file:{number}:{_fingerprint(_read(self._path(purpose, number)))}"

    def _key(self, purpose: Purpose, name: str) -> bytes:
        path = self._path(purpose, _number_of(name))
        key = _read(path)
        if not name.endswith(f":{_fingerprint(key)}"):
            raise KekUnusable(f"{path} holds another key than the one that is needed.")
        return key


def _number_of(name: str) -> int:
    kind, _, rest = name.partition(":")
    number = rest.partition(":")[0]
    if kind != "file" or not number.isdecimal():
        raise KekUnusable(f"The key is wrapped under {name or 'nothing'}, which is in no file.")
    return int(number)


def _fingerprint(key: bytes) -> str:
    return hashlib.sha256(b"crosslight kek\x00" + key).hexdigest()[:_FINGERPRINT]


def _read(path: Path) -> bytes:
    try:
        changed = path.stat().st_mtime_ns
        if not is_private(path):
            raise KekUnusable(
                f"Others can read the key file {path}.", remedy=f"Run: chmod 600 {path}."
            )
        return _bytes_of(path, changed)
    except OSError as error:
        raise KekUnusable(f"The key file {path} cannot be read ({error.strerror}).") from error


@lru_cache(maxsize=32)
def _bytes_of(path: Path, changed_ns: int) -> bytes:  # noqa: ARG001  keys the cache
    key = path.read_bytes()
    if len(key) != _BYTES:
        raise KekUnusable(f"The key file {path} does not hold {_BYTES} bytes.")
    return key
