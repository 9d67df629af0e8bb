"""What each benchmark prints: a table for people, JSON with --json, markdown with --markdown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

import click

from benchmarks.targets import Verdict

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Report:
    """Rows share their columns; ratios and remarks stand in `notes`, targets in `verdicts`."""

    title: str
    rows: Sequence[Mapping[str, Cell]]
    notes: Sequence[str] = field(default_factory=tuple)
    verdicts: Sequence[Verdict] = field(default_factory=tuple)

    def as_text(self) -> str:
        lines = _table(self.rows) if self.rows else []
        remarks = [*self.notes, *(verdict.as_text() for verdict in self.verdicts)]
        return "\n".join([self.title, *_apart(lines), *_apart(remarks)])

    def as_markdown(self) -> str:
        return f"```text\n{self.as_text()}\n```\n"


def _apart(lines: Sequence[str]) -> list[str]:
    return ["", *lines] if lines else []


def _table(rows: Sequence[Mapping[str, Cell]]) -> list[str]:
    columns = list(rows[0])
    cells = [columns, *([_text(row[name]) for name in columns] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    lines = [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return lines


def _text(cell: Cell) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:.3f}" if abs(cell) < 10 else f"{cell:.1f}"
    return str(cell)


def ratio(ours: float, theirs: float) -> str:
    """`ours` as a multiple of `theirs`."""
    return f"{ours / theirs:.2f}×" if theirs else "–"


def show(reports: Iterable[Report], *, as_json: bool = False, as_markdown: bool = False) -> None:
    """Each table as soon as it is measured, or one JSON list at the end."""
    if as_json:
        click.echo(_json([asdict(report) for report in reports]))
        return
    for report in reports:
        click.echo(report.as_markdown() if as_markdown else f"{report.as_text()}\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def tell(sentence: str) -> None:
    """A word on progress, kept off stdout."""
    click.echo(sentence, err=True)


json_option = click.option("--json", "as_json", is_flag=True, help="Print a JSON list of tables.")
quick_option = click.option("--quick", is_flag=True, help="Small sizes: whether it runs at all.")
rows_option = click.option(
    "--rows", type=click.IntRange(min=2), help="Only the first rows, for a quick look."
)
