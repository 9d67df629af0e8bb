"""One HTML file with the reasons of every pair: nothing is fetched, nothing runs in it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from crosslight.core.matching import BANDS, LABELS, Attribute, Band, Card, MatchResult, card
from crosslight.exchange.reports.model import ExplainedPair, Overview, Side
from crosslight.exchange.reports.waterfall import Step, Waterfall
from crosslight.exchange.reports.wording import Wording

_COLUMNS = ("what", "value", "value", "number", "drawing", "why")


@dataclass(frozen=True, slots=True)
class Page:
    """Band filter and layout are CSS alone, so that the page opens under any policy."""

    wording: Wording
    model: Card = field(default_factory=card)
    encoding: str = "utf-8"

    def head(self, overview: Overview) -> str:
        gettext = self.wording.gettext
        # Texts to translate stand outside of f-strings, where the tools that gather them look.
        pairs = gettext("Likely pairs")
        title = f"{pairs}: {', '.join(overview.files)}"
        parts = (
            f"{self._opening(title)}{self._summary(overview)}",
            f'<p class="legend">{escape(self._model())}</p>',
            f'<p class="legend">{escape(self._legend())}</p></header>',
            *self._note(overview),
            self._filter(overview),
            "<main>",
        )
        return "\n".join(parts) + "\n"

    def _opening(self, title: str) -> str:
        return (
            f'<!doctype html>\n<html lang="{self.wording.language}" dir="{self.wording.direction}">'
            '<head><meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(title)}</title><style>{_style()}</style></head><body>\n"
            f"<header><h1>{escape(title)}</h1>"
        )

    def single(self, pair: ExplainedPair) -> str:
        """A page of this pair alone."""
        gettext = self.wording.gettext
        both = gettext("and")
        names = f"{pair.left.record.id} {both} {pair.right.record.id}"
        notes = f'<p class="legend">{escape(self._model())}</p>'
        notes += f'<p class="legend">{escape(self._legend())}</p>'
        return f"{self._opening(names)}{notes}</header>\n<main>\n{self.pair(pair)}{self.foot()}"

    def foot(self) -> str:
        return "</main></body></html>\n"

    def pair(self, pair: ExplainedPair) -> str:
        gettext = self.wording.gettext
        band, name = pair.result.band.value, f"pair-{pair.number}"
        both, weight = escape(gettext("and")), escape(gettext("weight"))
        heading = f"{_side_name(pair.left)} {both} {_side_name(pair.right)}"
        return (
            f'<article class="{band}" id="{name}" aria-labelledby="{name}-name">'
            f'<header><span class="band">{escape(self.wording.band(pair.result.band))}</span>'
            f'<h2 id="{name}-name"><a href="#{name}">{pair.number}</a>: {heading}</h2>'
            f'<span class="weight">{weight} {_figure(f"{pair.result.weight:.1f}")}</span>'
            f"</header>{self._table(pair)}</article>\n"
        )

    def _summary(self, overview: Overview) -> str:
        gettext = self.wording.gettext
        bands = self.wording.comma.join(
            f"{count} {self.wording.band(Band(band))}" for band, count in overview.matches.items()
        )
        figures = (
            (gettext("Pairs"), bands or gettext("none")),
            (gettext("Rows"), f"{overview.rows}"),
            (gettext("Rejected rows"), f"{overview.rejected}"),
            (gettext("Pairs compared"), f"{overview.compared}"),
            (gettext("From band or weight"), self._threshold(overview)),
        )
        rows = "".join(
            f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>"
            for label, value in figures
        )
        return f'<dl class="summary">{rows}</dl>'

    def _threshold(self, overview: Overview) -> str:
        wanted = overview.threshold
        return self.wording.band(Band(wanted)) if wanted in BANDS else wanted

    def _model(self) -> str:
        gettext = self.wording.gettext
        known = self.model
        return gettext(
            "Model %(model)s, lexicon %(lexicon)s. A pair's weight says in bits how much likelier "
            "its evidence is of one entity than of two: weak from %(weak)s, probable from "
            "%(probable)s, strong from %(strong)s, if the evidence is of the kind that the band "
            "asks for. A name alone is never more than weak."
        ) % {
            "model": known.model,
            "lexicon": known.lexicon_version,
            "weak": f"{known.weak:g}",
            "probable": f"{known.probable:g}",
            "strong": f"{known.strong:g}",
        }

    def _legend(self) -> str:
        gettext = self.wording.gettext
        return gettext(
            "The drawing of a pair adds its weights up from top to bottom: a bar to the right "
            "speaks for one entity, a bar to the left against it. The solid line is zero, the "
            "dashed lines are where the bands begin."
        )

    def _note(self, overview: Overview) -> Iterator[str]:
        gettext = self.wording.gettext
        if overview.shown < overview.total:
            note = gettext(
                "This page shows the %(shown)s heaviest of %(total)s pairs. For all of them write "
                "the result as CSV or JSON lines."
            ) % {"shown": overview.shown, "total": overview.total}
            yield f'<p class="note" role="note">{escape(note)}</p>'
        elif not overview.total:
            note = gettext("No pair was found.")
            yield f'<p class="note" role="note">{escape(note)}</p>'

    def _filter(self, overview: Overview) -> str:
        gettext = self.wording.gettext
        boxes = "".join(
            f'<label><input type="checkbox" id="show-{band}" checked>'
            f"{escape(self.wording.band(band))} ({overview.matches[band]})</label>"
            for band in reversed(BANDS)
            if band in overview.matches
        )
        legend = escape(gettext("Show pairs that are"))
        return f"<fieldset><legend>{legend}</legend>{boxes}</fieldset>" if boxes else ""

    def _table(self, pair: ExplainedPair) -> str:
        gettext = self.wording.gettext
        heads = (
            escape(gettext("Compared")),
            _side_name(pair.left),
            _side_name(pair.right),
            escape(gettext("Weight")),
            escape(gettext("Sum")),
            escape(gettext("Why")),
        )
        head = "".join(
            f'<th scope="col" class="{kind}">{text}</th>'
            for kind, text in zip(_COLUMNS, heads, strict=True)
        )
        rows = "".join((*self._compared(pair), *self._uncompared(pair)))
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _compared(self, pair: ExplainedPair) -> Iterator[str]:
        fall = Waterfall.of(pair.result, self.model)
        for item, step in zip(pair.result.evidence, fall.steps, strict=True):
            others = [
                [
                    value
                    for value in side.record.values.get(_held_as(item.attribute), ())
                    if value != shown
                ]
                for side, shown in ((pair.left, item.left), (pair.right, item.right))
            ]
            cells = (
                f'<th scope="row" class="what">{escape(self.wording.gettext(item.label))}</th>',
                _values(item.left, others[0]),
                _values(item.right, others[1]),
                f'<td class="number">{_figure(f"{item.weight:+.1f}")}</td>',
                f'<td class="drawing">{_drawing(fall, step)}</td>',
                f'<td class="why">{escape(self.wording.isolated().why(item))}</td>',
            )
            yield f"<tr>{''.join(cells)}</tr>"

    def _uncompared(self, pair: ExplainedPair) -> Iterator[str]:
        gettext = self.wording.gettext
        left, right = pair.left.record.values, pair.right.record.values
        for attribute in _left_over(pair.result, (*left, *right)):
            ours, theirs = left.get(attribute, ()), right.get(attribute, ())
            why = gettext("Not compared.") if ours and theirs else gettext("One side has none.")
            cells = (
                f'<th scope="row" class="what">{escape(_label(attribute, self.wording))}</th>',
                _values("", ours),
                _values("", theirs),
                '<td class="number"></td><td class="drawing"></td>',
                f'<td class="why">{escape(why)}</td>',
            )
            yield f'<tr class="quiet">{"".join(cells)}</tr>'


def _left_over(result: MatchResult, attributes: Sequence[Attribute]) -> list[Attribute]:
    said = {_held_as(item.attribute) for item in result.evidence}
    return [attribute for attribute in dict.fromkeys(attributes) if attribute not in said]


def _held_as(attribute: Attribute) -> Attribute:
    """Names of organisations are compared in ways of their own."""
    return Attribute.NAME if attribute is Attribute.ORGANISATION else attribute


def _label(attribute: Attribute, wording: Wording) -> str:
    return wording.gettext(LABELS[attribute])


def _side_name(side: Side) -> str:
    file = f" ({escape(side.file)})" if side.file else ""
    return f"<bdi>{escape(side.record.id)}</bdi>{file}"


def _figure(written: str) -> str:
    """A sign stands before its figure, in a page from right to left, too."""
    return f'<bdi dir="ltr">{written}</bdi>'


def _values(shown: str, others: Sequence[str]) -> str:
    """Names are isolated, so that one written from right to left leaves its neighbours alone."""
    first = f"<bdi>{escape(shown)}</bdi>" if shown else ""
    rest = "".join(f'<span class="other"><bdi>{escape(value)}</bdi></span>' for value in others)
    return f'<td class="value">{first}{rest}</td>'


def _drawing(fall: Waterfall, step: Step) -> str:
    low, high = sorted((fall.place(step.before), fall.place(step.after)))
    kind = "up" if step.after >= step.before else "down"
    lines = "".join(
        f'<line class="{name}" x1="{x:.2f}" x2="{x:.2f}" y1="0" y2="10"/>'
        for name, x in (
            ("zero", 100 * fall.place(0)),
            *(("limit", 100 * fall.place(limit)) for limit in fall.limits),
        )
    )
    # A bar of no weight is still seen.
    width = max(100 * (high - low), 0.6)
    bar = f'<rect class="{kind}" x="{100 * low:.2f}" width="{width:.2f}" y="2" height="6"/>'
    return (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" '
        f'aria-label="{step.before:.1f} → {step.after:.1f}">{lines}{bar}</svg>'
    )


@cache
def _style() -> str:
    return files("crosslight.exchange.reports").joinpath("page.css").read_text(encoding="utf-8")


@cache
def _policy() -> str:
    """Only the page's own style sheet, known by its hash; no script, no image, no connection."""
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
