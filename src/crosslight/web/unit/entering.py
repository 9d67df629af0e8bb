"""K4: a new record, from pasted text or an empty form. No answer says anything of matches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from crosslight.coordination.services import entry
from crosslight.core.entities.schemata import SCHEMATA
from crosslight.core.lifecycle.investigation import InvestigationState
from crosslight.core.policy.rules import may_enter_entity
from crosslight.core.vocabulary.coordination import Audience
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.foundation.guard import require
from crosslight.investigations.selectors import facts_of, investigation_for
from crosslight.investigations.services import consult_investigation, find_own_duplicates
from crosslight.review.services import consult_input
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.settle import NEEDS_CORRECTION, settled
from crosslight.web.unit.pasted import (
    Given,
    Held,
    Reading,
    chips_of,
    held_words,
    lines_for,
    read,
    statements_of,
)
from crosslight.web.unit.record_forms import PasteForm, RecordForm, joined

if TYPE_CHECKING:
    from crosslight.investigations.models import Entity, Investigation

PURPOSE = "entry"


@screen(may_enter_entity, methods=("GET", "POST"))
def new(request: ScreenRequest, investigation_id: str) -> HttpResponse:
    file = _opened(request, investigation_id)
    if request.method == "POST":
        return _entered(request, file)
    schema = request.GET.get("kind", "")
    if schema in SCHEMATA:
        form = RecordForm(schema=schema, given=lines_for(schema), start=_origin(request))
        return _show_record(request, file, form)
    return _show_paste(request, file, PasteForm(recognise_url=_url(file), start=_pasted(request)))


@screen(may_enter_entity, methods=("POST",))
def recognise(request: ScreenRequest, investigation_id: str) -> HttpResponse:
    """What was pasted, as chips while typing, or as a form to confirm.

    The strip of own-unit records comes from here too: never anything of another unit.
    """
    if "HX-Request" in request.headers:
        file = investigation_for(request.actor, investigation_id)
        require(may_enter_entity, request.actor, facts_of(file))
        return _live(request, file)
    file = _opened(request, investigation_id)
    form = PasteForm(request.POST, recognise_url=_url(file))
    if not form.is_valid():
        return _show_paste(request, file, form)
    reading = read(form.cleaned_data["text"], region=file.country.dialling_region)
    return _show_reading(request, file, reading, input_id=form.cleaned_data["input"])


# --- entering ---------------------------------------------------------------------------------


def _entered(request: ScreenRequest, file: Investigation) -> HttpResponse:
    form = _record_form(request)
    if "more" in request.POST:
        return _show_record(request, file, _with_line(form, request.POST.get("more_name", "")))
    saved: list[Entity] = []

    def enter() -> None:
        saved.append(_enter(request, file, form))

    if settled(form, enter):
        messages.success(request, _said(file, saved[0]))
        return redirect("unit:entity", saved[0].pk)
    return _show_record(request, file, form)


def _enter(request: ScreenRequest, file: Investigation, form: RecordForm) -> Entity:
    input_id = form.cleaned_data["input"]
    if input_id:
        consult_input(actor=request.actor, input_id=input_id, purpose=PURPOSE)
    return entry.enter_entity(
        actor=request.actor,
        investigation_id=file.pk,
        draft=form.draft(),
        origin_input=input_id,
    )


def _said(file: Investigation, entity: Entity) -> str:
    """The same words whether or not anyone else holds it: a match is told by notice only (I2)."""
    if entity.audience == Audience.ONLY_US:
        return gettext("Saved. Only your unit reads it, and it is not matched.")
    if file.state == InvestigationState.DRAFT:
        return gettext("Saved. It is not matched until the case is registered.")
    return gettext("Saved. Matching runs now; both sides are always told at the same moment.")


def _record_form(request: ScreenRequest) -> RecordForm:
    """The form as it was sent; a kind or a line that no page offers is no form of ours."""
    schema = request.POST.get("schema", "")
    if schema not in SCHEMATA:
        raise NotFoundOrHidden
    names = request.POST.get("lines", "").split(",")
    given = [Given(name) for name in names if name in SCHEMATA[schema].properties]
    return RecordForm(request.POST, schema=schema, given=given)


def _with_line(form: RecordForm, name: str) -> RecordForm:
    """The same with one more line, and nothing judged yet."""
    typed = {key: str(form[key].value() or "") for key in form.fields if key != "lines"}
    more = [Given(name, is_new=True)] if name in SCHEMATA[form.schema_name].properties else []
    given = [*form.typed(), *more]
    return RecordForm(schema=form.schema_name, given=given, start=typed)


# --- showing ----------------------------------------------------------------------------------


def _show_paste(request: ScreenRequest, file: Investigation, form: PasteForm) -> HttpResponse:
    kinds = [(schema.name, gettext(schema.label)) for schema in SCHEMATA.values()]
    context = {"file": file, "form": form, "kinds": kinds, "input": form["input"].value() or ""}
    status = NEEDS_CORRECTION if form.is_bound else 200
    return render(request, "unit/entity_new.html", context, status=status)


def _show_reading(
    request: ScreenRequest, file: Investigation, reading: Reading, *, input_id: str
) -> HttpResponse:
    left = joined(reading.left)
    start = {"input": input_id, "left": left, **_source_of(request, input_id)}
    given = lines_for(reading.schema, reading.given)
    form = RecordForm(schema=reading.schema, given=given, start=start)
    return _show_record(request, file, form, was_read=True)


def _show_record(
    request: ScreenRequest, file: Investigation, form: RecordForm, *, was_read: bool = False
) -> HttpResponse:
    schema = SCHEMATA[form.schema_name]
    context = {
        "file": file,
        "is_draft": file.state == InvestigationState.DRAFT,
        "form": form,
        "kind": gettext(schema.label),
        "is_person": schema.name in {"Person", "Identification"},
        "more": [(name, gettext(each.label)) for name, each in schema.properties.items()],
        "was_read": was_read,
        **_strip(request, file, form),
    }
    status = NEEDS_CORRECTION if form.is_bound else 200
    return render(request, "unit/record_form.html", context, status=status)


def _live(request: ScreenRequest, file: Investigation) -> HttpResponse:
    """A fragment: chips and the strip under the box; under the form, the strip alone."""
    if "lines" in request.POST:
        form = _record_form(request)
        return render(request, "unit/_held.html", _strip(request, file, form))
    text = request.POST.get("text", "")
    region = file.country.dialling_region
    reading = read(text, region=region)
    context = {
        "chips": chips_of(text, region=region),
        "is_asked": True,
        "held": _held(request, file, reading.schema, given=reading.given),
    }
    return render(request, "unit/_read.html", context)


def _strip(request: ScreenRequest, file: Investigation, form: RecordForm) -> dict[str, object]:
    """An empty form has asked nothing."""
    typed = form.typed()
    return {
        "held": _held(request, file, form.schema_name, given=typed),
        "is_asked": any(line.value for line in typed),
    }


def _held(
    request: ScreenRequest, file: Investigation, schema: str, *, given: Iterable[Given]
) -> list[Held]:
    """What the own unit holds already (I9); each record and case that is shown is on record."""
    return held_words(
        schema,
        find_own_duplicates(
            actor=request.actor,
            schema=schema,
            statements=statements_of(given),
            country=file.country.dialling_region,
            purpose="own-duplicates",
        ),
    )


def _opened(request: ScreenRequest, investigation_id: str) -> Investigation:
    file = consult_investigation(
        actor=request.actor, investigation_id=investigation_id, purpose=PURPOSE
    )
    require(may_enter_entity, request.actor, facts_of(file))
    return file


def _url(file: Investigation) -> str:
    return reverse("unit:recognise", args=[file.pk])


# --- from an intelligence input ---------------------------------------------------------------


def _pasted(request: ScreenRequest) -> dict[str, str]:
    """With `?input=`, its identifiers stand in the box."""
    input_id = request.GET.get("input", "")
    if not input_id:
        return {}
    found = consult_input(actor=request.actor, input_id=input_id, purpose=PURPOSE)
    lines = [str(each.get("raw", "")) for each in found.identifiers]
    return {"text": "\n".join(lines), "input": found.pk}


def _origin(request: ScreenRequest) -> dict[str, str]:
    input_id = request.GET.get("input", "")
    return {"input": input_id, **_source_of(request, input_id)}


def _source_of(request: ScreenRequest, input_id: str) -> dict[str, str]:
    """The grades and the handling code that the desk gave go with what it found."""
    if not input_id:
        return {}
    found = consult_input(actor=request.actor, input_id=input_id, purpose=PURPOSE)
    return {
        "source": gettext("Input %(reference)s") % {"reference": found.reference},
        "source_grade": found.source_grade,
        "information_grade": found.information_grade,
        "handling_code": found.handling_code,
        "observed_on": "",
    }
