"""Runs every benchmark and prints every figure. Example: python -m benchmarks"""

from __future__ import annotations

import click

from benchmarks import febrl3, historical_persons, names_west_african

BENCHMARKS = (names_west_african, febrl3, historical_persons)


@click.command(epilog="Example: python -m benchmarks")
def main() -> None:
    """Run every benchmark, each beside its peer in the same run."""
    for benchmark in BENCHMARKS:
        benchmark.main([], standalone_mode=False)
        click.echo("")


if __name__ == "__main__":
    main()
