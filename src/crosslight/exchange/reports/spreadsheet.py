"""One line of CSV for each pair, safe to open in a spreadsheet program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from crosslight.exchange.reports.model import ExplainedPair, Overview
from crosslight.exchange.reports.wording import Wording
from crosslight.exchange.tables.rejects import formula_safe

_COLUMNS = ("left", "right", "weight", "band", "comparisons", "explanation")
_FILES = ("left_file", "right_file")
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """UTF-8 with a byte order mark, which spreadsheet programs need to read it as UTF-8."""

    wording: Wording
    encoding: str = "utf-8-sig"

    def head(self, overview: Overview) -> str:
        files = _FILES if len(overview.files) >= _SEVERAL else ()
        return _line((*_COLUMNS, *files))

    def pair(self, pair: ExplainedPair) -> str:
        result = pair.result
        files = (pair.left.file, pair.right.file) if pair.left.file else ()
        safe = map(
            formula_safe,
            (
                "; ".join(f"{e.attribute} {e.level} {e.weight:+.3f}" for e in result.evidence),
                " ".join(map(self.wording.sentence, result.evidence)),
                *files,
            ),
        )
        ids = map(formula_safe, (pair.left.record.id, pair.right.record.id))
        return _line((*ids, f"{result.weight:.3f}", result.band.value, *safe))

    def foot(self) -> str:
        return ""


def _line(cells: Iterable[str]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerow(cells)
    return stream.getvalue()
