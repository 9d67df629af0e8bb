"""`crosslight match` on the entities of a deployment: index, common values, one pair."""

from __future__ import annotations

from dataclasses import asdict

import click

from crosslight.cli.match_options import TerminalWatcher
from crosslight.cli.support import Command, json_option, print_json, start_django
from crosslight.exchange.reports import ExplainedPair, Side


def explained_pair(*, left: str, right: str) -> ExplainedPair:
    """Two entities, or the two of the match `left`. Raises CrosslightError for unknown ones."""
    start_django()
    from crosslight.coordination.services import upkeep

    found = upkeep.explained_pair(left=left, right=right)
    return ExplainedPair(1, Side(found.left), Side(found.right), found.result)


@click.command(cls=Command, epilog="Example: crosslight match rebuild --batch 500")
@click.option(
    "--batch",
    type=click.IntRange(min=1),
    default=1_000,
    show_default=True,
    help="How many entities to index in one transaction.",
)
@click.option("--resume", is_flag=True, help="Go on after the last batch of a broken-off run.")
@json_option
def rebuild(*, batch: int, resume: bool, as_json: bool) -> None:
    """Index the deployment's entities anew under the current model; units may go on working."""
    start_django()
    from crosslight.coordination.services import upkeep

    watcher = TerminalWatcher()
    with watcher.stage("Indexing entities", length=upkeep.entities_to_index()) as advance:
        done = upkeep.rebuild_index(batch=batch, resume=resume, progress=advance)
    if as_json:
        print_json(asdict(done))
        return
    click.echo(f"{done.entities} entities indexed under {done.keys} keys, model {done.model}.")


@click.command("common-values", cls=Command, epilog="Example: crosslight match common-values")
@json_option
def common_values(*, as_json: bool) -> None:
    """List the values that too many entities hold to make matches, the most common first."""
    start_django()
    from crosslight.coordination.services import upkeep

    found = upkeep.common_values()
    if as_json:
        print_json({"common_values": [asdict(value) for value in found]})
        return
    for value in found:
        click.echo(f"{value.holders}\t{value.kind}\t{value.value}")
    if not found:
        click.echo("No value is common.", err=True)
