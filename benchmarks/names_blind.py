"""Pairs of names that nobody who works on the rules looked at, ours beside usual comparators."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from benchmarks.names_regions import region_report
from benchmarks.report import Report, json_option, quick_option, show

PAIRS = Path(__file__).with_name("blind_pairs")
# Those that the targets name; of the others there are so few that one pair decides.
_JUDGED = frozenset({"arabic", "slavic_balkan", "west_african"})
_QUICK_PAIRS = 30


def reports(*, quick: bool = False) -> Iterator[Report]:
    yield region_report(
        PAIRS,
        title="Name pairs kept blind: AUC, and recall at precision .95 (r .95)",
        notes=(
            "Written without sight of rules and lexicon, and not looked at since.",
            "In the small sets one pair of two people that looks best of all leaves no recall.",
            "No rule and no file of the lexicon is of South Asia.",
        ),
        most=_QUICK_PAIRS if quick else None,
        judged=_JUDGED,
    )


@click.command(epilog="Example: python -m benchmarks.names_blind")
@quick_option
@json_option
def main(*, quick: bool, as_json: bool) -> None:
    """AUC and recall at precision .95 on pairs that were kept blind, ours beside its peers."""
    show(reports(quick=quick), as_json=as_json)


if __name__ == "__main__":
    main()
