"""Which encoding a text file is in, found from its bytes and said aloud when assumed."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from crosslight.exchange.tables.errors import UnusableInput

_SAMPLE_BYTES = 65_536
_CHUNK_BYTES = 1_048_576
_MOST_CONTROL_SHARE = 0.05
_UTF16_NUL_SHARE = 0.4
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0c\x1a\x1b")
CP1252_NOTE = (
    "The file is not UTF-8; it was read as Windows-1252 (Western European). "
    "If names look wrong, save it as UTF-8 and run again."
)
DAMAGED_NOTE = "The file is UTF-8 with damaged places; the rows that hold them were rejected."


@dataclass(frozen=True, slots=True)
class Encoding:
    name: str
    note: str | None = None

    def open(self, path: Path) -> TextIO:
        """The file as text, its line ends kept; undecodable bytes become lone surrogates.

        The cell rules reject lone surrogates, so that a row with a damaged place is named.
        """
        return path.open(encoding=self.name, errors=_MARKING, newline="")


_MARKING = "crosslight-mark-undecodable"


def _mark_undecodable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udcff", error.end


codecs.register_error(_MARKING, _mark_undecodable)


def detect_encoding(path: Path) -> Encoding:
    """Encoding by byte order mark, else by NUL pattern, else UTF-8 if it holds, else cp1252."""
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE_BYTES)
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return Encoding(name)
    unmarked = _unmarked_utf16(sample)
    if unmarked:
        return Encoding(unmarked, note="The file has no byte order mark; it was read as UTF-16.")
    if _is_binary(sample):
        raise UnusableInput(f"{path.name} is a binary file, not a table.")
    return _eight_bit(path)


def _unmarked_utf16(sample: bytes) -> str | None:
    """UTF-16 of mostly Latin text has NUL in every other byte."""
    half = len(sample) // 2
    if not half:
        return None
    even, odd = sample[0 : 2 * half : 2].count(0) / half, sample[1 : 2 * half : 2].count(0) / half
    if odd > _UTF16_NUL_SHARE and even < odd / 10:
        return "utf-16-le"
    if even > _UTF16_NUL_SHARE and odd < even / 10:
        return "utf-16-be"
    return None


def _is_binary(sample: bytes) -> bool:
    controls = sum(1 for byte in sample if byte < 32 and byte not in _TEXT_CONTROLS)  # noqa: PLR2004
    return controls > _MOST_CONTROL_SHARE * len(sample)


def _eight_bit(path: Path) -> Encoding:
    if _decodes_as_utf8(path):
        return Encoding("utf-8")
    good, bad = _utf8_census(path)
    # More sound multi-byte characters than broken ones: UTF-8 that was damaged on its way.
    if good > bad:
        return Encoding("utf-8", note=DAMAGED_NOTE)
    return Encoding("cp1252", note=CP1252_NOTE)


def _decodes_as_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _utf8_census(path: Path) -> tuple[int, int]:
    """How many non-ASCII characters decode as UTF-8, and how many places do not."""
    good = bad = 0
    with path.open(encoding="utf-8", errors=_MARKING, newline="") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            broken = chunk.count("\udcff")
            good += sum(not char.isascii() for char in chunk) - broken
            bad += broken
    return good, bad
