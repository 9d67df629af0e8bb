"""How long one comparison of two names takes, as users' words vary: ours beside rapidfuzz."""

from __future__ import annotations

import random
from collections.abc import Iterator

import click

from benchmarks.measures import seconds_of
from benchmarks.name_pairs import COMPARATORS, OURS
from benchmarks.people import people
from benchmarks.report import Cell, Report, json_option, quick_option, ratio, show, tell
from benchmarks.targets import NAME_MICROSECONDS, judge

_PAIRS, _QUICK_PAIRS = 50_000, 5_000
_PERSONS = 20_000
_SEED = 1


def reports(*, quick: bool = False) -> Iterator[Report]:
    names = [row["name"] or "" for row in people(_PERSONS).rows]
    rng = random.Random(_SEED)
    pairs = [
        (rng.choice(names), rng.choice(names)) for _ in range(_QUICK_PAIRS if quick else _PAIRS)
    ]
    rows: list[dict[str, Cell]] = []
    for tool, compare in COMPARATORS.items():
        tell(f"{tool} on {len(pairs)} pairs …")
        passes = [seconds_of(lambda: [compare(a, b) for a, b in pairs]) for _ in range(3)]  # noqa: B023
        rows.append(
            {
                "comparator": tool,
                "first pass, µs per pair": passes[0] / len(pairs) * 1e6,
                "warm, µs per pair": min(passes[1:]) / len(pairs) * 1e6,
            }
        )
    ours, *theirs = (float(row["warm, µs per pair"] or 0) for row in rows)
    beside = ", ".join(
        f"{ratio(ours, time)} {row['comparator']}"
        for row, time in zip(rows[1:], theirs, strict=True)
    )
    yield Report(
        title=f"Time to compare two names: {len(pairs)} random pairs of {_PERSONS} persons",
        rows=rows,
        notes=(f"Warm, {OURS} beside: {beside}.",),
        verdicts=[judge(NAME_MICROSECONDS, ours)],
    )


@click.command(epilog="Example: python -m benchmarks.name_speed")
@quick_option
@json_option
def main(*, quick: bool, as_json: bool) -> None:
    """Microseconds for a pair of names, cold and warm."""
    show(reports(quick=quick), as_json=as_json)


if __name__ == "__main__":
    main()
