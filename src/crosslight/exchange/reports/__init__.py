"""Results for readers: JSON lines, CSV, a page with the reasons, plain text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from crosslight.core.matching import Card, card
from crosslight.exchange.reports.json_lines import JsonLines, pair_as_json
from crosslight.exchange.reports.model import (
    MOST_SHOWN,
    ExplainedPair,
    Overview,
    Report,
    Side,
    Style,
    style_of,
)
from crosslight.exchange.reports.page import Page
from crosslight.exchange.reports.spreadsheet import Spreadsheet
from crosslight.exchange.reports.text import as_text
from crosslight.exchange.reports.wording import LANGUAGES, Wording, has_catalogue, wording

_REPORTS: Mapping[Style, Callable[[Wording], Report]] = {
    Style.JSON_LINES: JsonLines,
    Style.CSV: Spreadsheet,
}


def report_of(style: Style, *, language: str, model: Card | None = None) -> Report:
    """`model` is what a page says of the figures, those of the release where it is None."""
    if style is Style.HTML:
        return Page(wording(language), model or card())
    return _REPORTS[style](wording(language))


__all__ = [
    "LANGUAGES",
    "MOST_SHOWN",
    "ExplainedPair",
    "Overview",
    "Page",
    "Report",
    "Side",
    "Style",
    "as_text",
    "has_catalogue",
    "pair_as_json",
    "report_of",
    "style_of",
    "wording",
]
