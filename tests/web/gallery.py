"""One page that shows every component, for looking at and for the accessibility check."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from crosslight.config.urls import urlpatterns as product
from crosslight.web.shared import errors
from crosslight.web.shared.access import PUBLIC, screen
from crosslight.web.shared.components import Agreement, Column, Compared, Row, Task, Tone
from crosslight.web.shared.forms import DatePartsField, ScreenForm

TEMPLATE = """{% extends "base.html" %}{% load crosslight %}
{% block title %}Components{% endblock %}
{% block htmx %}{% include "components/htmx.html" %}{% endblock %}
{% block content %}<div class="column">{% error_summary form %}<h1>Every component</h1>
<form method="post" action="/gallery/" data-autosave="/gallery/save/">{% csrf_token %}
{% field form.name %}{% field form.country %}{% field form.agrees %}
{% chips form.seen %}{% chips form.verdict %}
{% date_parts form.born %}{% paste_box form.pasted "/gallery/read/" %}
{% audience_line "Desk Norland." "partner units, other organisations, the public." %}
<div class="actions"><button class="btn btn-main">Continue</button>
<a class="btn btn-second" href="/">Back</a>
<button class="btn btn-danger-quiet">Withdraw</button></div></form>
<h2>States</h2><p>{% for word, tone in states %}{% state_word word tone %} {% endfor %}</p>
<h2>Facts</h2>{% summary_list rows %}{% check_answers rows title="Check your answers" %}
<h2>Tasks</h2>{% task_list tasks %}
<p class="note">A note.</p><p class="note note-done">Saved.</p>
<p class="note note-warm">Mind this.</p>
<p class="note note-fault">This went wrong.</p>
<p class="receipt">K7Q2-MX94-8ABC-DEF0</p>
<p>{{ turned|visible }}</p></div>
{% compare_table compared "Yours" "Unit B" caption="Field by field" %}
{% decision_columns yours theirs %}<h2>Nothing</h2>
{% empty_state "No contributions yet" why="A first takes 4 minutes." action="Begin" url="/" %}
{% pagination page %}{% endblock %}"""


class GalleryForm(ScreenForm):
    name = forms.CharField(label="Name", help_text="As it is written on the document.")
    country = forms.ChoiceField(label="Country", choices=[("XN", "Norland"), ("XS", "Suderland")])
    agrees = forms.BooleanField(label="The desk may contact me", required=False)
    seen = forms.MultipleChoiceField(
        label="What did you notice?",
        help_text="Choose all that apply. You do not need to be certain.",
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "Documents are held by someone else"), ("2", "Cannot leave freely")],
    )
    verdict = forms.ChoiceField(
        label="Is it the same person?",
        widget=forms.RadioSelect,
        choices=[("same", "Same person"), ("not", "Not the same person")],
        initial="same",
    )
    born = DatePartsField(label="Date of birth", initial=date(1987, 3, 14))
    pasted = forms.CharField(
        label="Anything that identifies people or places", widget=forms.Textarea, required=False
    )


def gallery(request: HttpRequest) -> HttpResponse:
    compared = (
        Compared("Family name", "KAMARO-BELL", "KAMARO BELL", "same after folding", Agreement.SAME),
        Compared("Given name", "Tavi", "Tawi", "close", Agreement.NEAR),
        Compared("Nationality", "XN", "XS", "differs", Agreement.DIFFERENT),
        Compared("Town", "Easthaven", "", "withheld by its owner", Agreement.WITHHELD),
    )
    rows = (
        Row("What you noticed", "Documents are held by someone else", "/change/"),
        Row("Where", "Easthaven", "/change/"),
        Row("In your own words", "", "/change/"),
    )
    context = {
        "form": GalleryForm(request.POST or None),
        "states": [(tone.value.capitalize(), tone) for tone in Tone],
        "rows": rows,
        "tasks": (
            Task("What did you notice?", "Done", Tone.DONE, "/"),
            Task("Where and when?", "To do", Tone.WAITING, "/", "A town is enough."),
        ),
        "turned": "plain \u202egnp.exe <b>bold</b>",
        "compared": compared,
        "yours": Column("You", "Work together", rows[:2], "Proposed", Tone.PROGRESS),
        "theirs": Column("Unit B", "Hand over B → A", (), "No answer yet", Tone.WAITING),
        "page": Paginator(range(50), 10).page(2),
    }
    return HttpResponse(engines["django"].from_string(TEMPLATE).render(context, request))


urlpatterns = [path("gallery/", screen(PUBLIC, methods=("GET", "POST"))(gallery)), *product]
handler404 = errors.page_not_found
