"""Files in a ZIP that stores: the same files give the same bytes, whenever they are packed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

# Beyond this it lies on the disk while it is sent.
_IN_MEMORY = 8 * 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)


def packed(files: Iterable[tuple[str, bytes]]) -> IO[bytes]:
    """An open file at its beginning; whoever gets it closes it."""
    target: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  handed on
    with zipfile.ZipFile(target, "w", compression=zipfile.ZIP_STORED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name, date_time=_EPOCH), data)
    target.seek(0)
    return target


def files_in(folder: Path) -> Iterable[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
