"""The files of packages: where they lie, and how they are written so that no power cut halves them.

A file is written under a name that nothing reads, flushed, renamed, and its folder flushed; only
then does a row say that it is there. One process at a time works on a package: the lock is one of
the kernel, so a killed process leaves none behind.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from django.conf import settings

from crosslight.custody.errors import UploadBusy

CHUNK_BYTES = 2**20
_PRIVATE = 0o700
_DRAFT = ".draft-"


def upload_path(package_id: str) -> Path:
    """What has come so far; rows say up to which byte it counts."""
    return _folder("uploads") / package_id


def sent_path(package_id: str) -> Path:
    """All of it, as it was sent."""
    return _folder("quarantine") / f"{package_id}.sent"


def plain_path(package_id: str) -> Path:
    """The package itself, where that is another file than the one that was sent."""
    return _folder("quarantine") / f"{package_id}.plain"


def sealed_path(package_id: str) -> Path:
    return _folder("sealed") / f"{package_id}.age"


def paths_of(package_id: str) -> tuple[Path, ...]:
    places = (upload_path, sent_path, plain_path, sealed_path)
    return tuple(place(package_id) for place in places)


@contextmanager
def durable(target: Path) -> Iterator[BinaryIO]:
    """Write `target` whole or not at all; an earlier whole one is replaced."""
    draft = target.with_name(f"{_DRAFT}{target.name}-{secrets.token_hex(8)}")
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.rename(target)
        flush_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def move(source: Path, target: Path) -> None:
    source.rename(target)
    flush_folder(target.parent)
    flush_folder(source.parent)


def remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def chunks_of(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK_BYTES):
        yield chunk


@contextmanager
def working_on(package_id: str) -> Iterator[None]:
    """The only one at this package on this machine, or UploadBusy at once."""
    descriptor = os.open(_folder("locks") / package_id, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UploadBusy from error
        yield
    finally:
        os.close(descriptor)


def nameless_file() -> IO[bytes]:
    """For a plain copy while it is read: it has no name, and is gone once it is closed."""
    return tempfile.TemporaryFile(dir=_folder("work"))


def drafts() -> Iterator[Path]:
    """What writers that were killed left behind."""
    for name in ("uploads", "quarantine", "sealed"):
        yield from _folder(name).glob(f"{_DRAFT}*")


def named_files() -> Iterator[tuple[str, Path]]:
    """Every file with the id of the package that it belongs to."""
    for name in ("uploads", "quarantine", "sealed"):
        for path in _folder(name).iterdir():
            if not path.name.startswith("."):
                yield path.name.partition(".")[0], path


def _folder(name: str) -> Path:
    folder = Path(settings.CUSTODY_FOLDER) / name
    folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
    return folder
