"""Reading a contributor's file: by a child with limits, and without the network where it can be.

The file is a stranger's. It lies in a folder of ours while it is read, and nowhere afterwards.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import crosslight
from crosslight.contributions.import_files import (
    LARGEST_FILE_BYTES,
    FileFault,
    FileNotTaken,
    ReadRow,
    ReadTable,
)
from crosslight.core.vocabulary.imports import ImportFormat, RowDamage

_MODULE = "crosslight.exchange.imports.child"
_SECONDS = 120
_CODE = str(Path(crosslight.__file__).resolve().parents[1])


def read_file(pieces: Iterable[bytes], *, folder: str | None = None) -> ReadTable:
    """The table in a file that comes in pieces; raises FileNotTaken with what to do.

    `folder`: where the file may lie for the seconds that this takes.
    """
    with TemporaryDirectory(dir=folder) as place:
        # The reader of workbooks wants this name; what it is, is seen from its bytes.
        path = Path(place) / "table.xlsx"
        size, sha256 = _write(pieces, path)
        if not size:
            raise FileNotTaken(FileFault.EMPTY)
        head, rows = _read(path)
    return ReadTable(
        form=ImportFormat(head["form"]),
        columns=tuple(head["columns"]),
        rows=rows,
        size=size,
        sha256=sha256,
        is_guessed_encoding=head["is_guessed_encoding"],
    )


def _write(pieces: Iterable[bytes], path: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for piece in pieces:
            size += len(piece)
            if size > LARGEST_FILE_BYTES:
                raise FileNotTaken(FileFault.TOO_BIG)
            digest.update(piece)
            file.write(piece)
    return size, digest.hexdigest()


def _read(path: Path) -> tuple[dict[str, Any], list[ReadRow]]:
    """What the child says: the head, then one row a line; anything else is a file not taken."""
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module
            [sys.executable, "-P", "-s", "-B", "-m", _MODULE, str(path)],
            capture_output=True,
            cwd="/",
            env={"PYTHONPATH": _CODE},
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FileNotTaken(FileFault.TOO_MUCH) from error
    lines = done.stdout.splitlines()
    if done.returncode != 0 or not lines:
        raise FileNotTaken(FileFault.TOO_MUCH)
    head = json.loads(lines[0])
    if "fault" in head:
        raise FileNotTaken(FileFault(head["fault"]))
    return head, [_row(line) for line in lines[1:]]


def _row(line: bytes) -> ReadRow:
    number, cells, damage = json.loads(line)
    return ReadRow(number, tuple(cells), RowDamage(damage) if damage else None)
