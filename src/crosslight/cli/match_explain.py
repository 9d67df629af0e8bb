"""`crosslight match explain`: two records side by side, and how their weights add up."""

from __future__ import annotations

from pathlib import Path

import click

from crosslight.cli.match_deployment import explained_pair
from crosslight.cli.match_options import (
    TerminalWatcher,
    as_unusable,
    language_option,
    model_option,
    source_of,
    source_options,
)
from crosslight.cli.support import USAGE, Command, fail, json_option, print_json
from crosslight.core.matching import Figures, card
from crosslight.exchange.bulk import Means, explain_rows
from crosslight.exchange.reports import ExplainedPair, Page, as_text, pair_as_json, wording
from crosslight.exchange.tables.outputs import check_output, whole_file
from crosslight.exchange.tables.workers import processors

_PATH = click.Path(path_type=Path)
_MOST_FILES = 2


@click.command(
    cls=Command, epilog="Example: crosslight match explain 17 203 --in people.csv --id-column id"
)
@click.argument("left", metavar="A")
@click.argument("right", metavar="[B]", required=False)
@click.option(
    "--in",
    "paths",
    multiple=True,
    type=_PATH,
    help="File that holds both, or given twice that of A and that of B.",
)
@source_options
@language_option
@model_option
@click.option("--html", type=_PATH, help="Write a page to this file instead.")
@json_option
def explain(
    *,
    left: str,
    right: str | None,
    paths: tuple[Path, ...],
    language: str,
    model: Figures | None,
    html: Path | None,
    as_json: bool,
    **reading: object,
) -> None:
    """Say why two records match: values side by side, each comparison, its weight and the sum.

    With --in, A and B are ids of rows. Without, they are entities of the deployment, or A alone
    is a match of it.
    """
    with as_unusable(html or left):
        if html:
            check_output(html, inputs=paths)
        if paths:
            pair = _of_files(paths, left=left, right=right, model=model, reading=reading)
        elif model:
            raise fail(
                "A deployment weighs by the released model: --model-file needs --in.", status=USAGE
            )
        else:
            pair = explained_pair(left=left, right=right or "")
        _show(pair, language=language, html=html, model=model, as_json=as_json)


def _of_files(
    paths: tuple[Path, ...],
    *,
    left: str,
    right: str | None,
    model: Figures | None,
    reading: dict[str, object],
) -> ExplainedPair:
    if right is None:
        raise fail("Two ids are wanted with --in.", status=USAGE)
    if len(paths) > _MOST_FILES:
        raise fail("--in may be given twice, once for each side.", status=USAGE)
    return explain_rows(
        source_of(paths, reading),
        left=left,
        right=right,
        means=Means(processes=processors()),
        watcher=TerminalWatcher(),
        model=model,
    )


def _show(
    pair: ExplainedPair,
    *,
    language: str,
    html: Path | None,
    model: Figures | None,
    as_json: bool,
) -> None:
    words = wording(language)
    if html:
        page = Page(words, card(model))
        with whole_file(html, encoding=page.encoding) as stream:
            stream.write(page.single(pair))
        click.echo(f"Written to {html}.", err=True)
    if as_json:
        print_json(_as_json(pair, language=language))
    elif not html:
        click.echo(as_text(pair, words, model=card(model)), nl=False)


def _as_json(pair: ExplainedPair, *, language: str) -> dict[str, object]:
    sides = {
        f"{name}_values": {
            attribute.value: list(values) for attribute, values in side.record.values.items()
        }
        for name, side in (("left", pair.left), ("right", pair.right))
    }
    return {**pair_as_json(pair, wording(language)), **sides, "model": pair.result.model}
