"""One record of the own unit: its statements with their sources, corrected and withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from crosslight.coordination.services import entry
from crosslight.coordination.services.common_values import common_values_held
from crosslight.core.entities.schemata import SCHEMATA, property_label
from crosslight.core.entities.states import WITHDRAWAL_LABELS, EntityState, WithdrawalReason
from crosslight.core.policy.rules import (
    may_appeal_common_value,
    may_correct_entity,
    may_view_investigation,
)
from crosslight.core.vocabulary.coordination import Audience, EntityRole, Visibility
from crosslight.core.vocabulary.law import (
    HANDLING_LABELS,
    INFORMATION_GRADE_LABELS,
    NATURE_LABELS,
    SOURCE_GRADE_LABELS,
    DataSubjectCategory,
    HandlingCode,
    InformationGrade,
    Nature,
    SourceGrade,
)
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.foundation.guard import require
from crosslight.foundation.identifiers import is_id
from crosslight.investigations.selectors import facts_of, statements_of
from crosslight.investigations.services import EntityChange, consult_entity
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.settle import NEEDS_CORRECTION, settled
from crosslight.web.shared.words import choices, word
from crosslight.web.unit.lines import record_line, record_rows
from crosslight.web.unit.particulars import PARTICULARS
from crosslight.web.unit.statement_forms import (
    AddStatementForm,
    ChangeForm,
    StatementForm,
    WithdrawForm,
)

if TYPE_CHECKING:
    from crosslight.investigations.models import Entity, Statement

PURPOSE = "investigation"
_BOTH = ("GET", "POST")


@dataclass(frozen=True, slots=True)
class StatementLine:
    id: str
    label: str
    value: str
    source: str
    grades: str
    handling: str
    nature: str
    observed_on: str
    originator: str
    entered_by: str
    entered_at: datetime


@screen(may_view_investigation)
def entity(request: ScreenRequest, entity_id: str) -> HttpResponse:
    found = consult_entity(actor=request.actor, entity_id=entity_id, purpose=PURPOSE)
    return _show(request, found, withdrawal=_withdrawal())


@screen(may_correct_entity, methods=_BOTH)
def correct(request: ScreenRequest, entity_id: str, statement_id: str) -> HttpResponse:
    found = _opened(request, entity_id)
    old = _statement(request, found, statement_id)
    form = _correction(request, found, old)

    def act() -> None:
        entry.correct_statement(
            actor=request.actor,
            statement_id=statement_id,
            version=form.cleaned_data["version"],
            draft=form.draft(),
        )

    return _settle(request, found, form, act=act, title=_correcting(found, old))


@screen(may_correct_entity, methods=_BOTH)
def add(request: ScreenRequest, entity_id: str) -> HttpResponse:
    found = _opened(request, entity_id)
    form = AddStatementForm(
        request.POST or None, schema=found.schema, start={"version": found.version}
    )

    def act() -> None:
        entry.add_statements(
            actor=request.actor,
            entity_id=entity_id,
            version=form.cleaned_data["version"],
            statements=[form.draft()],
        )

    return _settle(request, found, form, act=act, title=gettext("Add a value"))


@screen(may_correct_entity, methods=_BOTH)
def change(request: ScreenRequest, entity_id: str) -> HttpResponse:
    found = _opened(request, entity_id)
    names = ("role", "subject_category", "is_minor", "audience", "visibility", "version")
    form = ChangeForm(request.POST or None, start={name: getattr(found, name) for name in names})

    def act() -> None:
        entry.change_entity(
            actor=request.actor,
            entity_id=entity_id,
            version=form.cleaned_data["version"],
            change=_change(form),
        )

    return _settle(request, found, form, act=act, title=gettext("Role and audience"))


@screen(may_correct_entity, methods=("POST",))
def withdraw(request: ScreenRequest, entity_id: str) -> HttpResponse:
    form = _withdrawal(request)

    def act() -> None:
        reason = WithdrawalReason(form.cleaned_data["reason"])
        entry.withdraw_entity(actor=request.actor, entity_id=entity_id, reason=reason)

    if settled(form, act):
        messages.success(request, gettext("Withdrawn. Open matches on it are annulled."))
        return redirect("unit:entity", entity_id)
    return _show(request, _opened(request, entity_id), withdrawal=form)


def _correction(request: ScreenRequest, found: Entity, old: Statement) -> StatementForm:
    particulars = {name: getattr(old, name) for name in ("value", *PARTICULARS)}
    return StatementForm(
        request.POST or None,
        schema=found.schema,
        start={"version": found.version, **particulars},
        corrected=old.property,
    )


def _correcting(found: Entity, old: Statement) -> str:
    label = gettext(property_label(found.schema, old.property))
    return gettext("Correct: %(what)s") % {"what": label}


def _settle(
    request: ScreenRequest, found: Entity, form: ScreenForm, *, act: Callable[[], None], title: str
) -> HttpResponse:
    if form.is_bound and settled(form, act):
        messages.success(request, gettext("Saved."))
        return redirect("unit:entity", found.pk)
    context = {
        "entity": found,
        "line": record_line(found),
        "form": form,
        "title": title,
        "is_change": isinstance(form, ChangeForm),
    }
    status = NEEDS_CORRECTION if form.is_bound else 200
    return render(request, "unit/statement.html", context, status=status)


def _show(request: ScreenRequest, found: Entity, *, withdrawal: WithdrawForm) -> HttpResponse:
    statements = list(statements_of(request.actor, found.pk, current=False))
    is_active = found.state == EntityState.ACTIVE
    context = {
        "entity": found,
        "line": record_line(found),
        "kind": gettext(SCHEMATA[found.schema].label),
        "facts": record_rows(found),
        "statements": [_line(found, each) for each in statements if each.is_current],
        "corrected": [_line(found, each) for each in statements if not each.is_current],
        "grades": _grades(statements),
        "may_correct": is_active
        and bool(may_correct_entity(request.actor, facts_of(found.investigation))),
        "withdrawal": withdrawal,
        "common": common_values_held(found) if is_active else (),
        "may_appeal": bool(may_appeal_common_value.roles & request.actor.roles),
    }
    status = NEEDS_CORRECTION if withdrawal.is_bound else 200
    return render(request, "unit/entity.html", context, status=status)


def _line(found: Entity, statement: Statement) -> StatementLine:
    originator = statement.originator_unit
    return StatementLine(
        id=statement.pk,
        label=gettext(property_label(found.schema, statement.property)),
        value=statement.value,
        source=statement.source,
        grades=f"{statement.source_grade}{statement.information_grade}",
        handling=word(HANDLING_LABELS, HandlingCode(statement.handling_code)),
        nature=word(NATURE_LABELS, Nature(statement.nature)),
        observed_on=statement.observed_on,
        originator=originator.name if originator else "",
        entered_by=statement.entered_by.name,
        entered_at=statement.entered_at,
    )


def _grades(statements: Iterable[Statement]) -> list[str]:
    """The grades on the page, in words."""
    shown = [each for each in statements if each.is_current]
    sources = {word(SOURCE_GRADE_LABELS, SourceGrade(each.source_grade)) for each in shown}
    facts = {
        word(INFORMATION_GRADE_LABELS, InformationGrade(each.information_grade)) for each in shown
    }
    return [*sorted(sources), *sorted(facts)]


def _opened(request: ScreenRequest, entity_id: str) -> Entity:
    found = consult_entity(actor=request.actor, entity_id=entity_id, purpose="correction")
    require(may_correct_entity, request.actor, facts_of(found.investigation))
    return found


def _statement(request: ScreenRequest, found: Entity, statement_id: str) -> Statement:
    if not is_id(statement_id, kind="sta"):
        raise NotFoundOrHidden
    chosen = statements_of(request.actor, found.pk).filter(pk=statement_id).first()
    if chosen is None:
        raise NotFoundOrHidden
    return chosen


def _withdrawal(request: ScreenRequest | None = None) -> WithdrawForm:
    return WithdrawForm(request.POST if request else None, reasons=choices(WITHDRAWAL_LABELS)())


def _change(form: ChangeForm) -> EntityChange:
    given = form.cleaned_data
    return EntityChange(
        role=EntityRole(given["role"]),
        subject_category=DataSubjectCategory(given["subject_category"]),
        is_minor=given["is_minor"],
        audience=Audience(given["audience"]),
        visibility=Visibility(given["visibility"]),
    )
