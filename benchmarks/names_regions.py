"""The pairs of names of every region that the project keeps, ours beside usual comparators."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import click

from benchmarks.name_pairs import (
    COMPARATORS,
    OURS,
    Measured,
    NamePairs,
    figure,
    measured,
    measured_nomenklatura,
)
from benchmarks.outside import ROOT
from benchmarks.report import Cell, Report, json_option, quick_option, show
from benchmarks.targets import NAMES_AUC, OTHER_REGIONS_RECALL, Verdict, judge

PAIRS = ROOT / "tests" / "core" / "names" / "pairs"
_QUICK_PAIRS = 30
_ALGORITHM = "logic-v2"
_PEER = f"nomenklatura {_ALGORITHM}"


def reports(*, quick: bool = False, folder: Path = PAIRS) -> Iterator[Report]:
    yield region_report(
        folder,
        title="Name pairs by region: AUC, and recall at precision .95 (r .95)",
        notes=("The rules and the lexicon were made beside these pairs.",),
        most=_QUICK_PAIRS if quick else None,
    )


def region_report(
    folder: Path,
    *,
    title: str,
    notes: Sequence[str],
    most: int | None = None,
    judged: Collection[str] | None = None,
) -> Report:
    """One line for each file of pairs in `folder`, of `most` of its pairs at most.

    `judged` are the files that are held to the targets, all where it is None.
    """
    rows: list[dict[str, Cell]] = []
    verdicts: list[Verdict] = []
    sets = [NamePairs.read(path, most=most) for path in sorted(folder.glob("*.csv"))]
    theirs = measured_nomenklatura(sets, _ALGORITHM) or [{"comparator": _PEER}] * len(sets)
    for names, peer in zip(sets, theirs, strict=True):
        rows.append(_row(names, peer))
        if judged is not None and names.label not in judged:
            continue
        auc, recall = (float(rows[-1][f"{OURS} {name}"] or 0) for name in ("AUC", "r .95"))
        verdicts += [
            _of(names.label, judge(NAMES_AUC, auc)),
            _of(names.label, judge(OTHER_REGIONS_RECALL, recall)),
        ]
    return Report(title=title, rows=rows, notes=notes, verdicts=verdicts)


def _of(region: str, verdict: Verdict) -> Verdict:
    return Verdict(f"{region}, {verdict.measure}", verdict.value, verdict.floor, verdict.goal)


def _row(names: NamePairs, peer: Measured) -> dict[str, Cell]:
    row: dict[str, Cell] = {"region": names.label, "pairs": len(names.pairs)}
    found = [measured(names, tool, compare, repeats=1) for tool, compare in COMPARATORS.items()]
    for one in (*found, peer):
        short = str(one["comparator"]).removeprefix("rapidfuzz ").removesuffix("_ratio")
        is_there = "AUC" in one
        row[f"{short} AUC"] = figure(one, "AUC") if is_there else None
        row[f"{short} r .95"] = figure(one, "recall at p .95") if is_there else None
    return row


@click.command(epilog="Example: python -m benchmarks.names_regions --quick")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=PAIRS,
    help="Folder of CSV files with name_a, name_b and same.",
)
@quick_option
@json_option
def main(*, folder: Path, quick: bool, as_json: bool) -> None:
    """AUC and recall at precision .95 for each file of pairs, ours beside its peers."""
    show(reports(quick=quick, folder=folder), as_json=as_json)


if __name__ == "__main__":
    main()
