"""From a row of somebody's table to the values of a content, with each fault in its cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crosslight.core.attributes import dates
from crosslight.core.contributions.faults import FormatFault
from crosslight.core.vocabulary.contributions import (
    ANSWER_LABELS,
    BASIS_LABELS,
    DANGER_LABELS,
    PARTY_ROLE_LABELS,
    SHARING_LABELS,
    SURENESS_LABELS,
    TIMING_LABELS,
    VICTIM_AWARENESS_LABELS,
    ContributionKind,
    IdentifierKind,
)
from crosslight.core.vocabulary.imports import ImportColumn, RowDamage
from crosslight.core.vocabulary.law import LEGAL_BASIS_LABELS

MOST_ROWS = 10_000
MOST_COLUMNS = 100
# Longer than any field of the form: what is cut off here was too long for it in any case.
LONGEST_CELL = 10_000

_C = ImportColumn
_IDENTIFIERS = tuple(_C(kind.value) for kind in IdentifierKind)
_OF_WORDS = (*_IDENTIFIERS, _C.PARTY_ROLE, _C.FACTS, _C.ASSESSMENT, _C.HOW_KNOWN, _C.SURENESS)
COLUMNS_OF: Mapping[ContributionKind, tuple[ImportColumn, ...]] = {
    ContributionKind.RED_FLAG_REPORT: tuple(_C),
    # J4: complete without a word about any person.
    ContributionKind.RISK_INDICATOR: tuple(each for each in _C if each not in _OF_WORDS),
}
_NEEDED = (_C.INDICATORS, _C.BASIS, _C.TIMING, _C.SHARING_WISH, _C.VICTIM_AWARENESS, _C.LEGAL_BASIS)
NEEDED_OF: Mapping[ContributionKind, tuple[ImportColumn, ...]] = {
    ContributionKind.RED_FLAG_REPORT: (*_NEEDED, _C.FACTS, _C.HOW_KNOWN),
    ContributionKind.RISK_INDICATOR: _NEEDED,
}
# Answers from a closed list: a cell holds the code or its words in any language of the pages.
CHOICES: Mapping[ImportColumn, Mapping[Any, str]] = {
    _C.BASIS: BASIS_LABELS,
    _C.DANGER: DANGER_LABELS,
    _C.TIMING: TIMING_LABELS,
    _C.IS_ONGOING: ANSWER_LABELS,
    _C.PARTY_ROLE: PARTY_ROLE_LABELS,
    _C.HOW_KNOWN: BASIS_LABELS,
    _C.SURENESS: SURENESS_LABELS,
    _C.SHARING_WISH: SHARING_LABELS,
    _C.VICTIM_AWARENESS: VICTIM_AWARENESS_LABELS,
    _C.LEGAL_BASIS: LEGAL_BASIS_LABELS,
}
FLAGS = (_C.REGION_ONLY, _C.MAY_CONTACT)
_TEXTS = (_C.PLACE, _C.FACTS, _C.ASSESSMENT, _C.REFERENCE_OF_FIU, _C.CAMPAIGN_TAG)
_SINGLE_CHOICES = (
    *(_C.TIMING, _C.IS_ONGOING, _C.HOW_KNOWN, _C.SURENESS),
    *(_C.SHARING_WISH, _C.VICTIM_AWARENESS, _C.LEGAL_BASIS),
)
_SEVERAL = re.compile(r"[;\n|؛]")
_WORD = re.compile(r"[^\W_]+")
_COUNTRY = re.compile(r"[A-Za-z]{2}")

Cells = Mapping[ImportColumn, str]


@dataclass(frozen=True, slots=True)
class Words:
    """What cells and headings may say, folded: headings to columns, answers to codes."""

    headings: Mapping[str, ImportColumn]
    answers: Mapping[ImportColumn, Mapping[str, str]]

    def code(self, column: ImportColumn, text: str) -> str:
        """The code that `text` stands for; unknown text as it is, for the check to name it."""
        return self.answers.get(column, {}).get(folded(text), text)


def folded(text: str) -> str:
    """Whatever its case, accents, punctuation and spaces."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "_".join(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


def guess_columns(
    names: Sequence[str], *, kind: ContributionKind, words: Words
) -> tuple[ImportColumn | None, ...]:
    """What each named column holds, as far as its name tells; nothing is held twice."""
    allowed = set(COLUMNS_OF[kind])
    guessed: list[ImportColumn | None] = []
    for name in names:
        column = words.headings.get(folded(name))
        is_free = column in allowed and column not in guessed
        guessed.append(column if is_free else None)
    return tuple(guessed)


def column_faults(
    columns: Iterable[ImportColumn | None], *, kind: ContributionKind
) -> tuple[ImportColumn, ...]:
    """Columns without which no row could be sent."""
    held = set(columns)
    return tuple(column for column in NEEDED_OF[kind] if column not in held)


def values_of(cells: Cells, *, words: Words) -> tuple[dict[str, object], tuple[FormatFault, ...]]:
    """Values as a form would send them, and what is wrong with cells that no form could send."""
    values: dict[str, object] = {}
    faults: list[FormatFault] = []
    for column in (*_TEXTS, *_SINGLE_CHOICES):
        if text := cells.get(column, ""):
            values[column.value] = words.code(column, text)
    for column in FLAGS:
        if text := cells.get(column, ""):
            values[column.value] = _flag(words.code(column, text))
    if text := cells.get(_C.DANGER, ""):
        values["danger"] = [words.code(_C.DANGER, part) for part in parts_of(text)]
    values["observations"] = _observations(cells, words)
    values["identifiers"] = _identifiers(cells, words)
    _read_date(cells.get(_C.OBSERVED_ON, ""), values, faults)
    _read_country(cells.get(_C.COUNTRY, ""), values, faults)
    return values, tuple(faults)


def column_of(field: str, values: Mapping[str, object]) -> ImportColumn | None:
    """The column in which the fault of a content's `field` stands; None: it is of the whole row."""
    name, _, rest = field.partition(".")
    if name == "observations":
        return _C.BASIS if rest.endswith("basis") else _C.INDICATORS
    if name == "identifiers":
        return _of_identifier(rest, values)
    return _C(name) if name in set(_C) else None


def damage_fault(damage: RowDamage) -> FormatFault:
    """What is said of a row that could not be read."""
    return _DAMAGES[damage]


def parts_of(text: str) -> tuple[str, ...]:
    """What a cell with several values holds, divided by semicolons or line breaks."""
    return tuple(part.strip() for part in _SEVERAL.split(text) if part.strip())


def _flag(code: str) -> object:
    return {"yes": True, "no": False}.get(code, code)


def _observations(cells: Cells, words: Words) -> list[dict[str, object]]:
    """One basis is that of all indicators; several belong to them one by one."""
    indicators = parts_of(cells.get(_C.INDICATORS, ""))
    bases = [words.code(_C.BASIS, part) for part in parts_of(cells.get(_C.BASIS, ""))]
    if len(bases) == 1:
        bases *= len(indicators)
    bases += [""] * len(indicators)
    return [
        {"indicator_id": words.code(_C.INDICATORS, each), "basis": basis}
        for each, basis in zip(indicators, bases, strict=False)
    ]


def _identifiers(cells: Cells, words: Words) -> list[dict[str, object]]:
    role = words.code(_C.PARTY_ROLE, cells.get(_C.PARTY_ROLE, ""))
    return [
        {"kind": column.value, "raw": part, "party_role": role}
        for column in _IDENTIFIERS
        for part in parts_of(cells.get(column, ""))
    ]


def _of_identifier(rest: str, values: Mapping[str, object]) -> ImportColumn | None:
    """`0.raw` of the identifiers that were read: the column it came from."""
    at, _, name = rest.partition(".")
    rows = values.get("identifiers")
    if name == "party_role":
        return _C.PARTY_ROLE
    if not isinstance(rows, list) or not at.isdecimal() or int(at) >= len(rows):
        return None
    return _C(rows[int(at)]["kind"])


def _read_date(text: str, values: dict[str, object], faults: list[FormatFault]) -> None:
    if not text:
        return
    day = dates.parse(text)
    if day is None:
        faults.append(
            FormatFault(
                "F-109",
                "observed_on",
                "This is not a date.",
                "Write it as in 2026-02-28; the year, or year and month, is enough.",
            )
        )
    else:
        values["observed_on"] = str(day)


def _read_country(text: str, values: dict[str, object], faults: list[FormatFault]) -> None:
    if not text:
        return
    if _COUNTRY.fullmatch(text):
        values["country"] = text.upper()
    else:
        faults.append(
            FormatFault(
                "I-042",
                "country",
                "This is not the code of a country.",
                "Write its two letters, such as FR.",
            )
        )


REPEATED = FormatFault(
    "I-041",
    "row",
    "This row is the same as an earlier one.",
    "Leave one of them out; only the first is imported.",
)
_DAMAGES: Mapping[RowDamage, FormatFault] = {
    RowDamage.RAGGED: FormatFault(
        "I-043",
        "row",
        "This row has more or fewer cells than the first line.",
        "Look for a missing cell, or for a quotation mark that is not closed.",
    ),
    RowDamage.UNDECODABLE: FormatFault(
        "I-044",
        "row",
        "This row holds bytes that are not text.",
        "Save the file as UTF-8, or as XLSX.",
    ),
    RowDamage.CELL_TOO_LARGE: FormatFault(
        "I-045",
        "row",
        "A cell of this row is longer than 10,000 characters; the rest was cut off.",
        "Shorten it; say what matters most.",
    ),
    RowDamage.CONTROL_CHARACTER: FormatFault(
        "I-031",
        "row",
        "This row holds a character that cannot be shown or stored.",
        "Type it again, or paste it as plain text.",
    ),
    RowDamage.DIRECTION_OVERRIDE: FormatFault(
        "I-046",
        "row",
        "This row holds a character that turns the direction of the text around.",
        "Type it again, or paste it as plain text.",
    ),
    RowDamage.NOT_JSON: FormatFault(
        "I-047",
        "row",
        "This is not a row of JSON.",
        "Write one object for each row, its keys named as the columns.",
    ),
    RowDamage.NESTED_VALUE: FormatFault(
        "I-048",
        "row",
        "A cell of this row holds an object; only text, numbers and lists of them are read.",
        "Write it as text.",
    ),
    RowDamage.FORMULA_WITHOUT_VALUE: FormatFault(
        "I-049",
        "row",
        "A cell of this row is a formula that was never calculated.",
        "Open the file in a spreadsheet program, put the value in its place and save it.",
    ),
}
