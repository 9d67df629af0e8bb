"""The page in docs/ that shows the figures: each benchmark's stand between two marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from benchmarks.report import Report


class NoPlace(Exception):
    """The page has no place for the figures of a benchmark."""


def put_figures(page: Path, name: str, reports: Sequence[Report]) -> None:
    """Replace the figures of one benchmark, and nothing else. Raises NoPlace."""
    start, end = f"<!-- figures: {name} -->", f"<!-- end: {name} -->"
    place = re.compile(f"({re.escape(start)}\n).*?({re.escape(end)})", re.DOTALL)
    text = page.read_text(encoding="utf-8")
    if not place.search(text):
        raise NoPlace(f"{page} has no {start} … {end}.")
    blocks = "\n".join(report.as_markdown() for report in reports)
    changed = place.sub(lambda found: f"{found[1]}{blocks}{found[2]}", text)
    page.write_text(changed, encoding="utf-8")
