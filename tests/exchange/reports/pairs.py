"""An explained pair whose values a report must handle with care."""

from __future__ import annotations

from crosslight.core.matching import Attribute, Record, Uncounted, compare, prepare
from crosslight.exchange.reports import ExplainedPair, Overview, Side

LEFT = Record(
    "=1+1",
    "Person",
    {
        Attribute.NAME: ("<b>Fatoumata</b> Diallo",),
        Attribute.PHONE: ("+44 7700 900123", "+44 7700 900124"),
        Attribute.OCCUPATION: ("tailor",),
    },
)
RIGHT = Record(
    "203",
    "Person",
    {Attribute.NAME: ("فاطمة جالو",), Attribute.PHONE: ("+447700900123",)},
)


def pair(*, number: int = 1, file: str = "") -> ExplainedPair:
    result = compare(prepare(LEFT), prepare(RIGHT), population=Uncounted())
    return ExplainedPair(number, Side(LEFT, file), Side(RIGHT, file), result)


def overview(*, shown: int = 1, total: int = 1) -> Overview:
    matches = {pair().result.band.value: total} if total else {}
    return Overview(("people.csv",), 12, 3, 40, matches, shown, "weak")
