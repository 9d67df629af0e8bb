"""Opens an input file by what it is, whatever its name."""

from __future__ import annotations

from pathlib import Path

from crosslight.exchange.tables.delimited import open_delimited
from crosslight.exchange.tables.errors import WRONG_FILE, UnusableInput
from crosslight.exchange.tables.json_lines import open_json_lines
from crosslight.exchange.tables.model import Table
from crosslight.exchange.tables.parquet import open_parquet
from crosslight.exchange.tables.workbooks import open_workbook

_START_BYTES = 4_096
_JSON_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json", ".ijson", ".ftm"})
_KNOWN_JUNK = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (XLS)", "Save it as XLSX or CSV."),
    (b"\x1f\x8b", "compressed with gzip", "Unpack it first."),
    (b"BZh", "compressed with bzip2", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it first."),
    (b"%PDF", "a PDF document", "Export the table as CSV or XLSX."),
    (b"SQLite format 3\x00", "an SQLite database", "Export the table as CSV."),
)


def open_table(path: Path) -> Table:
    """The table in `path`. Raises UnusableInput with what to do where there is none."""
    start = _start(path)
    for magic, what, remedy in _KNOWN_JUNK:
        if start.startswith(magic):
            raise UnusableInput(f"{path.name} is {what}.", remedy=remedy)
    if start.startswith(b"PK\x03\x04"):
        return open_workbook(path)
    if start.startswith(b"PAR1"):
        return open_parquet(path)
    if _is_json(start, suffix=path.suffix.lower()):
        return open_json_lines(path)
    return open_delimited(path)


def _start(path: Path) -> bytes:
    if not path.exists():
        raise UnusableInput(f"There is no file {path}.", remedy="Check the path.")
    if path.is_dir():
        raise UnusableInput(f"{path} is a folder.", remedy="Name a file in it.")
    if not path.is_file():
        raise UnusableInput(
            f"{path} is a pipe or a device.", remedy="Save its content to a file first."
        )
    try:
        with path.open("rb") as stream:
            start = stream.read(_START_BYTES)
    except OSError as error:
        raise UnusableInput(
            f"{path} can't be opened: {error.strerror}.", remedy="Check who may read it."
        ) from error
    if not start.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise UnusableInput(f"{path.name} is empty.", remedy=WRONG_FILE)
    return start


def _is_json(start: bytes, *, suffix: str) -> bool:
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith((b"{", b"[{")) or suffix in _JSON_SUFFIXES
