"""Runs every benchmark and prints every figure. Example: python -m benchmarks --quick"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import chain
from pathlib import Path

import click

from benchmarks.page import put_figures
from benchmarks.report import Report, json_option, quick_option, show, tell

ROWS = (
    "names_west_african",
    "names_blind",
    "names_regions",
    "name_speed",
    "febrl3",
    "febrl4",
    "historical_persons",
    "synthetic_persons",
    "blocking",
    "online_check",
    "bulk_dedupe",
    "memory_and_growth",
    "spark",
    "ledger",
    "packages",
)


class Runs:
    """A benchmark that fails is named, and the next one is run."""

    def __init__(self, names: Sequence[str], *, quick: bool) -> None:
        self.names = names or ROWS
        self.quick = quick
        self.failed: list[str] = []

    def each(self) -> Iterator[tuple[str, list[Report]]]:
        for name in self.names:
            tell(f"== {name}")
            try:
                yield name, list(import_module(f"benchmarks.{name}").reports(quick=self.quick))
            except Exception as error:  # noqa: BLE001  the others are still to be measured
                traceback.print_exc()
                self.failed.append(name)
                yield name, [Report(f"{name}: could not be measured", [], notes=(repr(error),))]

    def put_into(self, page: Path) -> Iterator[tuple[str, list[Report]]]:
        """As `each`, and the figures of whatever could be measured go into the page."""
        for name, reports in self.each():
            if name not in self.failed:
                put_figures(page, name, reports)
            yield name, reports


@click.command(epilog="Example: python -m benchmarks --quick febrl3 febrl4")
@click.argument("names", nargs=-1, type=click.Choice(ROWS), metavar="[NAME…]")
@quick_option
@click.option("--markdown", "as_markdown", is_flag=True, help="Each table fenced for markdown.")
@click.option(
    "--page",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Put the figures into this page, too: docs/reference/benchmarks.md.",
)
@json_option
def main(
    *, names: tuple[str, ...], quick: bool, as_markdown: bool, page: Path | None, as_json: bool
) -> None:
    """Run every benchmark, or those named, each beside its peers in the same run."""
    runs = Runs(names, quick=quick)
    measured = runs.put_into(page) if page else runs.each()
    reports = chain.from_iterable(found for _, found in measured)
    show(reports, as_json=as_json, as_markdown=as_markdown)
    if runs.failed:
        raise click.ClickException(f"Not measured: {', '.join(runs.failed)}.")


if __name__ == "__main__":
    main()
