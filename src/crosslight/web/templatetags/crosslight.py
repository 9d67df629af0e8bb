"""The components and filters of every screen: `{% load crosslight %}`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms import BoundField
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from crosslight.foundation import clock
from crosslight.web.shared.components import Column, Compared, Row, Task, Tone
from crosslight.web.shared.dates import DAY, MOMENT, written
from crosslight.web.shared.listing import comma, listed

register = template.Library()
register.filter(listed)
register.simple_tag(comma)

# Characters that turn the direction of text around: shown, so that nobody is misled by them.
_TURNS = {
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}


# --- text -------------------------------------------------------------------------------------


@register.filter
def visible(value: object) -> SafeString:
    """Any text that a person typed: isolated in its own direction, with direction marks shown."""
    shown = escape("" if value is None else str(value))
    for mark, name in _TURNS.items():
        shown = mark_safe(shown.replace(mark, f'<span class="mark">‹{name}›</span>'))  # noqa: S308  escaped above
    return format_html('<bdi dir="auto">{}</bdi>', shown)


@register.filter
def moment(value: datetime | None) -> SafeString:
    """`21 Nov 2026 14:06 UTC`, month in words."""
    if value is None:
        return SafeString("")
    exact = value.astimezone(UTC)
    words = written(exact, MOMENT)
    return format_html(
        '<time dir="auto" datetime="{}">{}\u00a0UTC</time>', exact.isoformat(), words
    )


@register.filter
def day(value: date | None) -> SafeString:
    if value is None:
        return SafeString("")
    return format_html(
        '<time dir="auto" datetime="{}">{}</time>', value.isoformat(), written(value, DAY)
    )


@register.filter
def due(value: datetime | None) -> str:
    """How long is left, in words: `due in 46 hours`, `overdue by 3 days`."""
    if value is None:
        return ""
    left = value - clock.now()
    words = _span(abs(left))
    is_late = left < timedelta(0)
    sentence = gettext("overdue by %(time)s") if is_late else gettext("due in %(time)s")
    return sentence % {"time": words}


@register.filter
def is_overdue(value: datetime | None) -> bool:
    return value is not None and value < clock.now()


# Up to three days people count in hours, as the procedures' clocks do.
_HOURS_SAID_AS_HOURS = 72


def _span(length: timedelta) -> str:
    hours = int(length.total_seconds() // 3600)
    if hours >= _HOURS_SAID_AS_HOURS:
        days = hours // 24
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if hours >= 1:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    minutes = max(1, int(length.total_seconds() // 60))
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


# --- forms ------------------------------------------------------------------------------------


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, object]:
    """At the top of the page, with a link to each field that needs a correction."""
    faults = [
        {"anchor": _anchor(bound), "message": _self_contained(bound, str(message))}
        for bound in form
        for message in bound.errors
    ]
    general = [{"anchor": "", "message": message} for message in form.non_field_errors()]
    return {"faults": general + faults}


def _anchor(bound: BoundField) -> str:
    """The first box that the pointer can be put into; a choice has one per option."""
    return bound.id_for_label or f"{bound.auto_id}_0"


def _self_contained(bound: BoundField, message: str) -> str:
    """Django's own sentence for an empty field does not say which field."""
    is_bare = message == str(forms.Field.default_error_messages["required"])
    return f"{bound.label}: {message}" if is_bare else message


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, object]:
    """One labelled box with its hint and its faults, tied together for a screen reader."""
    return _field_context(bound, hint)


@register.inclusion_tag("components/chips.html")
def chips(bound: BoundField, hint: str = "", heading: str = "h2") -> dict[str, object]:
    """A choice as large buttons that wrap; radio or check boxes, as the form's widget says."""
    return _field_context(bound, hint) | {"heading": heading}


@register.inclusion_tag("components/date_parts.html")
def date_parts(bound: BoundField, hint: str = "") -> dict[str, object]:
    return _field_context(bound, hint)


@register.inclusion_tag("components/paste_box.html")
def paste_box(bound: BoundField, recognise_url: str, hint: str = "") -> dict[str, object]:
    """A box that reads identifiers in pasted text; with no script, a button does the same."""
    context = _field_context(bound, hint)
    extra = {
        "hx-post": recognise_url,
        "hx-trigger": "input changed delay:500ms, change",
        "hx-target": f"#{bound.auto_id}_found",
        "hx-swap": "innerHTML",
    }
    context["widget"] = _widget(bound, hint, extra)
    return context | {"found_id": f"{bound.auto_id}_found", "recognise_url": recognise_url}


def _field_context(bound: BoundField, hint: str) -> dict[str, object]:
    hint = hint or str(bound.help_text)
    return {
        "bound": bound,
        "hint": hint,
        "hint_id": f"{bound.auto_id}_hint",
        "fault_id": f"{bound.auto_id}_fault",
        "is_check": isinstance(bound.field.widget, forms.CheckboxInput),
        "described_by": _described_by(bound, hint),
        "widget": _widget(bound, hint, {}),
    }


def _described_by(bound: BoundField, hint: str) -> str:
    parts = []
    if hint:
        parts.append(f"{bound.auto_id}_hint")
    if bound.errors:
        parts.append(f"{bound.auto_id}_fault")
    return " ".join(parts)


def _widget(bound: BoundField, hint: str, extra: dict[str, str]) -> SafeString:
    attributes: dict[str, Any] = {"class": _class_of(bound.field.widget), **extra}
    if described := _described_by(bound, hint):
        attributes["aria-describedby"] = described
    if bound.errors:
        attributes["aria-invalid"] = "true"
    if isinstance(bound.field.widget, (forms.TextInput, forms.Textarea)):
        attributes["dir"] = "auto"
    if "placeholder" in bound.field.widget.attrs:
        # It vanishes while one types; the label and the hint stay.
        attributes["placeholder"] = ""
    return bound.as_widget(attrs=attributes)


def _class_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


# --- facts and states -------------------------------------------------------------------------


@register.inclusion_tag("components/state_word.html")
def state_word(word: str, tone: Tone | str = Tone.NEUTRAL) -> dict[str, object]:
    return {"word": word, "tone": str(tone)}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Iterable[Row]) -> dict[str, object]:
    return {"rows": rows}


@register.inclusion_tag("components/check_answers.html")
def check_answers(rows: Iterable[Row], title: str = "") -> dict[str, object]:
    return {"rows": rows, "title": title}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks: Iterable[Task]) -> dict[str, object]:
    return {"tasks": tasks}


@register.inclusion_tag("components/audience_line.html")
def audience_line(seen_by: str, not_by: str = "") -> dict[str, object]:
    """Beside every button that sends something: who will see it, and who will not."""
    return {"seen_by": seen_by, "not_by": not_by}


@register.inclusion_tag("components/compare_table.html")
def compare_table(
    rows: Iterable[Compared], yours: str, theirs: str, *, caption: str = ""
) -> dict[str, object]:
    rows = tuple(rows)
    return {
        "rows": rows,
        "yours": yours,
        "theirs": theirs,
        "caption": caption,
        "has_words": any(row.words for row in rows),
    }


@register.inclusion_tag("components/decision_columns.html")
def decision_columns(yours: Column, theirs: Column) -> dict[str, object]:
    return {"columns": (yours, theirs)}


@register.inclusion_tag("components/empty_state.html")
def empty_state(title: str, *, why: str = "", action: str = "", url: str = "") -> dict[str, object]:
    """What this is, why it is empty, what to do."""
    return {"title": title, "why": why, "action": action, "url": url}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any]) -> dict[str, object]:
    return {"page": page, "request": context["request"]}
