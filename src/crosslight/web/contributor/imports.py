"""C6, importing in bulk: template, file, columns, preview with the reason in the cell, result."""

from __future__ import annotations

from time import monotonic

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from crosslight.contributions.services import (
    SeenImport,
    accept_import,
    consult_import,
    continue_import,
    end_import,
    list_imports,
    match_columns,
    start_import,
    take_bad_rows,
)
from crosslight.core.contributions.importing import COLUMNS_OF
from crosslight.core.lifecycle.importing import IN_WORK, ImportState
from crosslight.core.policy.rules import (
    may_accept_import,
    may_continue_import,
    may_end_import,
    may_match_columns,
    may_start_import,
    may_take_bad_rows,
    may_view_import,
)
from crosslight.core.vocabulary.contributions import CONTRIBUTION_KIND_LABELS, ContributionKind
from crosslight.core.vocabulary.imports import ImportFormat, RowOutcome
from crosslight.exchange.imports import read_file
from crosslight.foundation.errors import FieldErrors, NotFoundOrHidden
from crosslight.web.contributor.audience import audience_of, emergency_number_of
from crosslight.web.contributor.import_forms import ColumnsForm, UploadForm, kinds_for
from crosslight.web.contributor.import_lines import (
    line_of_import,
    lines_of_rows,
    reasons_of,
    said,
    samples_of,
)
from crosslight.web.contributor.import_tables import bad_rows_file, template_file
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.settle import NEEDS_CORRECTION, posted, settled
from crosslight.web.shared.words import word

PER_PAGE = 25
_SAMPLES = 3
# How long one request goes on; what is left is done by the next, or by the timer.
_SECONDS = 5.0
_SHOWN = {
    "ready": (RowOutcome.READY,),
    "bad": (RowOutcome.BAD, RowOutcome.WAITING),
}


@screen(may_view_import)
def imports(request: ScreenRequest) -> HttpResponse:
    context = {
        "lines": [line_of_import(seen) for seen in list_imports(actor=request.actor)],
        "may_start": bool(may_start_import(request.actor)),
    }
    return render(request, "contributor/imports.html", context)


@screen(may_start_import, methods=("GET", "POST"))
def new(request: ScreenRequest) -> HttpResponse:
    form = UploadForm(posted(request), request.FILES or None, actor=request.actor)
    started: list[str] = []
    if settled(form, lambda: started.append(_started(request, form))):
        return redirect("contributor:import", started[0])
    kinds = kinds_for(request.actor)
    context = {
        "form": form,
        "templates": [(kind, word(CONTRIBUTION_KIND_LABELS, kind)) for kind in kinds],
        "audience": audience_of(request.actor),
    }
    status = NEEDS_CORRECTION if form.is_bound else 200
    return render(request, "contributor/import_new.html", context, status=status)


@screen(may_start_import)
def template(request: ScreenRequest, kind: str, form: str) -> HttpResponse:
    """The same empty table for everyone of a kind of organisation."""
    if kind not in set(COLUMNS_OF) or form not in set(ImportFormat):
        raise NotFoundOrHidden
    return template_file(request.actor, ContributionKind(kind), ImportFormat(form))


@screen(may_view_import)
def show(request: ScreenRequest, import_id: str) -> HttpResponse:
    return _show(request, import_id)


@screen(may_match_columns, methods=("POST",))
def columns(request: ScreenRequest, import_id: str) -> HttpResponse:
    seen, _ = consult_import(actor=request.actor, import_id=import_id)
    form = ColumnsForm(request.POST, seen=seen)
    if settled(
        form,
        lambda: match_columns(actor=request.actor, import_id=import_id, columns=form.columns),
    ):
        return _worked(request, import_id)
    return _show(request, import_id, form=form)


@screen(may_accept_import, methods=("POST",))
def accept(request: ScreenRequest, import_id: str) -> HttpResponse:
    try:
        is_again = request.POST.get("again") == "yes"
        accept_import(actor=request.actor, import_id=import_id, is_again=is_again)
    except FieldErrors as error:
        return _show(request, import_id, faults=error)
    return _worked(request, import_id)


@screen(may_continue_import, methods=("POST",))
def go_on(request: ScreenRequest, import_id: str) -> HttpResponse:
    return _worked(request, import_id)


@screen(may_take_bad_rows, methods=("POST",))
def bad_rows(request: ScreenRequest, import_id: str) -> HttpResponse:
    seen, rows = take_bad_rows(actor=request.actor, import_id=import_id)
    form = request.POST.get("form")
    return bad_rows_file(seen, rows, ImportFormat.XLSX if form == "xlsx" else ImportFormat.CSV)


@screen(may_end_import, methods=("POST",))
def end(request: ScreenRequest, import_id: str) -> HttpResponse:
    end_import(actor=request.actor, import_id=import_id)
    messages.success(request, gettext("The rows of the file were erased."))
    return redirect("contributor:import", import_id)


# --- parts ----------------------------------------------------------------------------------


def _started(request: ScreenRequest, form: UploadForm) -> str:
    file = form.cleaned_data["file"]
    table = read_file(file.chunks(), folder=settings.FILE_UPLOAD_TEMP_DIR)
    return start_import(actor=request.actor, kind=form.chosen_kind, table=table).pk


def _worked(request: ScreenRequest, import_id: str) -> HttpResponse:
    """Batch after batch for a few seconds, then its page, which says how far it is."""
    until = monotonic() + _SECONDS
    found = continue_import(actor=request.actor, import_id=import_id)
    while found.state in IN_WORK and monotonic() < until:
        found = continue_import(actor=request.actor, import_id=import_id)
    return redirect("contributor:import", import_id)


def _show(
    request: ScreenRequest,
    import_id: str,
    *,
    form: ColumnsForm | None = None,
    faults: FieldErrors | None = None,
) -> HttpResponse:
    wanted = "ready" if request.GET.get("show") == "ready" else "bad"
    number = _page_number(request)
    seen, rows = consult_import(
        actor=request.actor,
        import_id=import_id,
        outcomes=_SHOWN[wanted],
        first=PER_PAGE * (number - 1),
        most=PER_PAGE,
    )
    count = seen.ready if wanted == "ready" else seen.bad
    status = NEEDS_CORRECTION if form or faults else 200
    is_matching = _is_matching(request, seen, form)
    form = form or ColumnsForm(None, seen=seen)
    context = {
        "line": line_of_import(seen),
        "seen": seen,
        "show": wanted,
        "is_matching": is_matching,
        "form": form,
        "columns": list(zip(form, samples_of(seen, rows[:_SAMPLES]), strict=True)),
        "rows": lines_of_rows(seen, rows),
        "page": Paginator(range(count), PER_PAGE).get_page(number),
        "faults": [said(each) for each in faults.errors] if faults else (),
        "reasons": reasons_of(seen),
        "audience": audience_of(request.actor),
        "emergency_number": emergency_number_of(request.actor),
        "may_act": request.actor.has(*may_match_columns.roles),
    }
    return render(request, "contributor/import.html", context, status=status)


def _is_matching(request: ScreenRequest, seen: SeenImport, form: ColumnsForm | None) -> bool:
    if seen.state is ImportState.UPLOADED or form is not None:
        return True
    return seen.state is ImportState.CHECKED and "columns" in request.GET


def _page_number(request: ScreenRequest) -> int:
    text = request.GET.get("page", "")
    return max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1  # noqa: PLR2004
