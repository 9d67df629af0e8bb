"""Runs every benchmark and prints every figure. Example: python -m benchmarks --quick"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator, Sequence
from importlib import import_module

import click

from benchmarks.report import Report, json_option, quick_option, show, tell

ROWS = (
    "names_west_african",
    "names_regions",
    "febrl3",
    "febrl4",
    "historical_persons",
    "synthetic_persons",
    "name_speed",
    "online_check",
    "bulk_dedupe",
    "blocking",
    "memory_and_growth",
    "spark",
)


class Runs:
    """A benchmark that fails is named, and the next one is run."""

    def __init__(self, names: Sequence[str], *, quick: bool) -> None:
        self.names = names or ROWS
        self.quick = quick
        self.failed: list[str] = []

    def reports(self) -> Iterator[Report]:
        for name in self.names:
            tell(f"== {name}")
            try:
                yield from import_module(f"benchmarks.{name}").reports(quick=self.quick)
            except Exception as error:  # noqa: BLE001  the others are still to be measured
                traceback.print_exc()
                self.failed.append(name)
                yield Report(f"{name}: could not be measured", [], notes=(repr(error),))


@click.command(epilog="Example: python -m benchmarks --quick febrl3 febrl4")
@click.argument("names", nargs=-1, type=click.Choice(ROWS), metavar="[NAME…]")
@quick_option
@click.option("--markdown", "as_markdown", is_flag=True, help="Fenced, for the page in docs/.")
@json_option
def main(*, names: tuple[str, ...], quick: bool, as_markdown: bool, as_json: bool) -> None:
    """Run every benchmark, or those named, each beside its peers in the same run."""
    runs = Runs(names, quick=quick)
    show(runs.reports(), as_json=as_json, as_markdown=as_markdown)
    if runs.failed:
        sys.exit(f"Not measured: {', '.join(runs.failed)}.")


if __name__ == "__main__":
    main()
