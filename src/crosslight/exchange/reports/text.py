"""One pair as plain text: both sides, what was compared, and how the weights add up."""

from __future__ import annotations

from collections.abc import Iterator

from crosslight.core.matching import Card, MatchResult, Record
from crosslight.exchange.reports.model import ExplainedPair
from crosslight.exchange.reports.waterfall import Step, Waterfall
from crosslight.exchange.reports.wording import Wording

_BAR = 40
_LABEL = 16
_VALUE = 34
_LEVEL = 13


def as_text(pair: ExplainedPair, wording: Wording, *, model: Card | None = None) -> str:
    lines = [*_sides(pair, wording), "", *_comparisons(pair.result, wording, model=model), ""]
    lines += [f"- {wording.sentence(item)}" for item in pair.result.evidence]
    return "\n".join(lines) + "\n"


def _sides(pair: ExplainedPair, wording: Wording) -> Iterator[str]:
    gettext = wording.gettext
    left, right = pair.left.record, pair.right.record
    yield _row("", _named(left, pair.left.file), _named(right, pair.right.file))
    yield _row(gettext("Kind"), left.schema, right.schema)
    for attribute in dict.fromkeys((*left.values, *right.values)):
        ours, theirs = left.values.get(attribute, ()), right.values.get(attribute, ())
        for place in range(max(len(ours), len(theirs))):
            label = attribute.value.replace("_", " ") if not place else ""
            yield _row(label, *("".join(side[place : place + 1]) for side in (ours, theirs)))


def _named(record: Record, file: str) -> str:
    return f"{record.id} ({file})" if file else record.id


def _row(label: str, left: str, right: str) -> str:
    return f"{_cut(label, _LABEL)}  {_cut(left, _VALUE)}  {_cut(right, _VALUE).rstrip()}".rstrip()


def _cut(text: str, width: int) -> str:
    shown = text if len(text) <= width else f"{text[: width - 1]}…"
    return shown.ljust(width)


def _comparisons(result: MatchResult, wording: Wording, *, model: Card | None) -> Iterator[str]:
    gettext = wording.gettext
    fall = Waterfall.of(result, model)
    for item, step in zip(result.evidence, fall.steps, strict=True):
        label = _cut(item.attribute.value.replace("_", " "), _LABEL)
        yield f"{label}  {_cut(item.level, _LEVEL)} {item.weight:+9.3f}  {_bar(fall, step)}"
    total = _cut(gettext("Weight"), _LABEL)
    yield f"{total}  {_cut(result.band.value, _LEVEL)} {result.weight:+9.3f}  ({result.model})"


def _bar(fall: Waterfall, step: Step) -> str:
    """`+` where the comparison adds, `-` where it takes away, from the sum before it."""
    low, high = sorted((step.before, step.after))
    start, end = (round(fall.place(weight) * _BAR) for weight in (low, high))
    sign = "+" if step.after >= step.before else "-"
    return " " * start + sign * max(end - start, 1)
