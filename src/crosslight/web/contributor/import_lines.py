"""An import in words: its state, its rows with the reason in the cell, its columns of reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext, pgettext

from crosslight.contributions.services import Reason, SeenImport, SeenRow
from crosslight.core.contributions import FormatFault
from crosslight.core.lifecycle.importing import IMPORT_LABELS, ImportState
from crosslight.core.vocabulary.contributions import CONTRIBUTION_KIND_LABELS
from crosslight.core.vocabulary.imports import (
    IMPORT_COLUMN_LABELS,
    OUTCOME_LABELS,
    ImportColumn,
    RowOutcome,
)
from crosslight.foundation.errors import FieldError
from crosslight.web.shared.components import Tone
from crosslight.web.shared.sizes import size_words
from crosslight.web.shared.words import word

_SHOWN_CHARACTERS = 160
_SAMPLE_CHARACTERS = 40
_TONES = {
    ImportState.UPLOADED: Tone.WAITING,
    ImportState.CHECKING: Tone.PROGRESS,
    ImportState.CHECKED: Tone.WAITING,
    ImportState.SENDING: Tone.PROGRESS,
    ImportState.SENT: Tone.ATTENTION,
    ImportState.ENDED: Tone.DONE,
    ImportState.CANCELLED: Tone.STOPPED,
}
_ROW_TONES = {
    RowOutcome.WAITING: Tone.NEUTRAL,
    RowOutcome.READY: Tone.DONE,
    RowOutcome.BAD: Tone.STOPPED,
    RowOutcome.SENT: Tone.DONE,
}
# What stays of a reason when the row is gone: its code, and this.
REASON_LABELS = {
    "C-220": "Without agreement we can only accept information that does not identify the person.",
    "F-101": "No indicator is named.",
    "F-102": "The catalogue has no such indicator.",
    "F-103": "It is not said how you know this.",
    "F-104": "Neither a place nor an identifier is given.",
    "F-105": "When it happened is missing.",
    "F-106": "What happened is missing or very short.",
    "F-107": "This text is too long.",
    "F-108": "The legal basis on which you send this is missing.",
    "F-109": "This is not a date.",
    "F-110": "This date is in the future.",
    "F-111": "This is not an e-mail address.",
    "F-112": "It is not said how you know what you wrote.",
    "F-113": "It is not said whether a possible victim knows about this.",
    "F-114": "It is not said whether this may be passed to partner countries.",
    "I-031": "This row holds a character that cannot be shown or stored.",
    "I-032": "This text is too long.",
    "I-033": "This list is too long.",
    "I-034": "This is not one of the answers on the list.",
    "I-037": "This is neither yes nor no.",
    "I-041": "This row is the same as another one.",
    "I-042": "This is not the code of a country.",
    "I-043": "This row has more or fewer cells than the first line.",
    "I-044": "This row holds bytes that are not text.",
    "I-045": "A cell of this row is longer than 10,000 characters; the rest was cut off.",
    "I-046": "This row holds a character that turns the direction of the text around.",
    "I-047": "This is not a row of JSON.",
    "I-048": "A cell of this row holds an object; only text, numbers and lists of them are read.",
    "I-049": "A cell of this row is a formula that was never calculated.",
    "L-202": "This legal basis is not open to your kind of organisation.",
    "L-203": "The reference of your report to the financial intelligence unit is missing.",
    "L-204": "This is personal data, although the basis says that there is none.",
}


@dataclass(frozen=True, slots=True)
class ImportLine:
    seen: SeenImport
    kind: str
    state: str
    tone: Tone
    counts: str
    size: str


@dataclass(frozen=True, slots=True)
class CellLine:
    label: str
    text: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowLine:
    """`faults` are of the whole row; `text` is what can be shown of one that was not read."""

    number: int
    state: str
    tone: Tone
    cells: tuple[CellLine, ...]
    faults: tuple[str, ...]
    text: str


def line_of_import(seen: SeenImport) -> ImportLine:
    return ImportLine(
        seen=seen,
        kind=word(CONTRIBUTION_KIND_LABELS, seen.kind),
        state=word(IMPORT_LABELS, seen.state),
        tone=_TONES[seen.state],
        counts=_counts(seen),
        size=size_words(seen.size),
    )


def lines_of_rows(seen: SeenImport, rows: Iterable[SeenRow]) -> tuple[RowLine, ...]:
    return tuple(_row_line(seen, row) for row in rows)


def samples_of(seen: SeenImport, rows: Iterable[SeenRow]) -> tuple[str, ...]:
    """What the first rows hold in each column of the file."""
    read = [row.cells for row in rows if len(row.cells) == len(seen.columns)]
    return tuple(
        " · ".join(cells[at][:_SAMPLE_CHARACTERS] for cells in read if cells[at])
        for at in range(len(seen.columns))
    )


def reasons_of(seen: SeenImport) -> tuple[tuple[str, str, int], ...]:
    """Code, words and how often, the most frequent first."""
    counted = sorted(seen.reasons.items(), key=lambda each: (-each[1], each[0]))
    return tuple((code, gettext(REASON_LABELS.get(code, "")), count) for code, count in counted)


def said(fault: FormatFault | FieldError) -> str:
    return f"{gettext(fault.message)} {gettext(fault.remedy)} ({fault.code})"


def label_of(column: ImportColumn | None) -> str:
    return "" if column is None else gettext(IMPORT_COLUMN_LABELS[column])


def bad_rows_table(
    seen: SeenImport, rows: Iterable[SeenRow]
) -> tuple[tuple[str, ...], Iterator[Sequence[str]]]:
    """The columns of the file, then the row and its reasons.

    A repaired table comes back with both, so that columns of these names are left out.
    """
    added = (pgettext("of a table", "Row"), gettext("Reasons"))
    kept = [at for at, name in enumerate(seen.columns) if name not in added]
    head = (*(seen.columns[at] for at in kept), *added)
    return head, (_bad_row(row, kept) for row in rows)


def _bad_row(row: SeenRow, kept: Sequence[int]) -> Sequence[str]:
    cells = [row.cells[at] if at < len(row.cells) else "" for at in kept]
    reasons = [_with_column(reason, row) for reason in row.reasons]
    return (*cells, str(row.number), "\n".join(reasons))


def _with_column(reason: Reason, row: SeenRow) -> str:
    """A reason that does not stand in its cell, with the column or the row that it speaks of."""
    if reason.column is not None:
        return f"{label_of(reason.column)}: {said(reason.fault)}"
    if row.repeats is not None:
        first = gettext("Row %(number)s") % {"number": row.repeats}
        return f"{said(reason.fault)} ({first})"
    return said(reason.fault)


def _counts(seen: SeenImport) -> str:
    counts = [ngettext("%(n)d row", "%(n)d rows", seen.rows) % {"n": seen.rows}]
    if seen.sent:
        counts.append(ngettext("%(n)d sent", "%(n)d sent", seen.sent) % {"n": seen.sent})
    elif seen.ready:
        counts.append(ngettext("%(n)d ready", "%(n)d ready", seen.ready) % {"n": seen.ready})
    if seen.bad:
        counts.append(ngettext("%(n)d not taken", "%(n)d not taken", seen.bad) % {"n": seen.bad})
    return " · ".join(counts)


def _row_line(seen: SeenImport, row: SeenRow) -> RowLine:
    is_read = len(row.cells) == len(seen.columns)
    cells = tuple(_cell(seen, row, at) for at in _shown(seen)) if is_read else ()
    in_cells = {seen.mapping[at] for at in _shown(seen)} if is_read else set()
    return RowLine(
        number=row.number,
        state=word(OUTCOME_LABELS, row.outcome),
        tone=_ROW_TONES[row.outcome],
        cells=cells,
        faults=tuple(
            _with_column(reason, row)
            for reason in row.reasons
            if reason.column is None or reason.column not in in_cells
        ),
        text="" if is_read else " ".join(row.cells)[:_SHOWN_CHARACTERS],
    )


def _shown(seen: SeenImport) -> list[int]:
    return [at for at, column in enumerate(seen.mapping) if column is not None]


def _cell(seen: SeenImport, row: SeenRow, at: int) -> CellLine:
    column, text = seen.mapping[at], row.cells[at]
    return CellLine(
        label=label_of(column),
        text=text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…",
        faults=tuple(said(reason.fault) for reason in row.reasons if reason.column is column),
    )
