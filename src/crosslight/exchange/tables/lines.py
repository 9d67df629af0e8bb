"""Physical lines of a text file, counted, bounded in length, and able to be read again."""

from __future__ import annotations

from collections import deque
from typing import TextIO

from crosslight.exchange.tables.cells import MOST_CHARACTERS

_MOST_LINES_IN_ROW = 200
_SLACK = 4


class Lines:
    """Iterator for `csv.reader` over the lines of one row at a time.

    A quote that is never closed swallows the lines after it. `begin_row` starts a row;
    `give_back` returns all its lines but the first, so that one bad row costs one line.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._waiting: deque[str] = deque()
        self._number = 0
        self.taken: list[str] = []

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _MOST_LINES_IN_ROW:
            raise StopIteration
        line = self._waiting.popleft() if self._waiting else self._read()
        if not line:
            raise StopIteration
        self._number += 1
        self.taken.append(line)
        return line

    def begin_row(self) -> int:
        """Number of the line that the next row begins on, from 1."""
        self.taken = []
        return self._number + 1

    def give_back(self) -> None:
        self._waiting.extendleft(reversed(self.taken[1:]))
        self._number -= len(self.taken) - 1
        del self.taken[1:]

    def _read(self) -> str:
        """Next line; of one far over the cell limit only the beginning is kept."""
        line = self._stream.readline(_SLACK * MOST_CHARACTERS)
        while line and not line.endswith(("\n", "\r")):
            rest = self._stream.readline(_SLACK * MOST_CHARACTERS)
            if not rest:
                break
            if rest.endswith(("\n", "\r")):
                return line + "\n"
        return line
