"""Dissemination (procedures B.3, R8a): a named officer signs a sanitised product to named units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crosslight.accounts.models import NoticeKind
from crosslight.contributions.models import Contribution
from crosslight.contributions.services import desk
from crosslight.core.contributions import Content
from crosslight.core.lifecycle.contribution import ContributionVerb
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_disseminate_contribution
from crosslight.core.vocabulary.contributions import SharingWish
from crosslight.core.vocabulary.contributors import ContributorKind, class_of
from crosslight.foundation import clock
from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.foundation.identifiers import is_id
from crosslight.foundation.text import clean, clean_line
from crosslight.foundation.transactions import act, lock_ledger
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.partnerships.models import Unit
from crosslight.partnerships.selectors import units
from crosslight.partnerships.services import notify_unit
from crosslight.review.models import Dissemination, IntelligenceInput
from crosslight.review.sanitising import names_in, pseudonym_of
from crosslight.review.selectors import assessment_of, was_asked_to_share
from crosslight.review.services.locking import locked_for_desk

LONGEST_TITLE = 200
LONGEST_BODY = 10_000


@dataclass(frozen=True, slots=True)
class _Product:
    title: str
    body: str
    identifiers: tuple[dict[str, object], ...]
    units: tuple[Unit, ...]


def disseminate(
    *,
    actor: Actor,
    contribution_id: str,
    unit_ids: Sequence[str],
    title: str,
    body: str,
    identifiers: Sequence[str] = (),
) -> IntelligenceInput:
    """Make the input and send it. `identifiers` picks some of the contribution's by raw or value.

    Refused where a text names the contributor (D-120), or a unit lies abroad although the
    contributor did not wish that (D-121).
    """
    with act():
        contribution = locked_for_desk(contribution_id, actor, rule=may_disseminate_contribution)
        product = _product(
            contribution, unit_ids=unit_ids, title=title, body=body, identifiers=identifiers
        )
        desk.transition(contribution=contribution, verb=ContributionVerb.DISSEMINATE)
        sent = _make_input(contribution, product, actor=actor)
        _send(sent, product.units)
        record(
            actor=actor,
            act=Act.CONTRIBUTION_DISSEMINATED,
            objects=[contribution.pk, sent.pk],
            justification="dissemination",
            basis=contribution.validation.legal_basis,
            recipients=[unit.pk for unit in product.units],
        )
    return sent


def _product(
    contribution: Contribution,
    *,
    unit_ids: Sequence[str],
    title: str,
    body: str,
    identifiers: Sequence[str],
) -> _Product:
    content = Content.from_dict(contribution.content)
    product = _Product(
        title=clean_line(title, field="title", max_length=LONGEST_TITLE),
        body=clean(body, field="body", max_length=LONGEST_BODY),
        identifiers=tuple(
            each.to_dict()
            for each in content.identifiers
            if each.raw in identifiers or (each.value and each.value in identifiers)
        ),
        units=tuple(units().filter(pk__in=[each for each in unit_ids if is_id(each, kind="uni")])),
    )
    faults = (
        *_missing(product),
        *_unknown(product, unit_ids=unit_ids, identifiers=identifiers),
        *names_in(_texts(product), contribution),
        *_against_wish(product, contribution, content),
    )
    if faults:
        raise FieldErrors(faults)
    return product


def _texts(product: _Product) -> dict[str, str]:
    """All that units will read of it: an identifier can be the contributor's own address."""
    given = (str(each[part]) for each in product.identifiers for part in ("raw", "value"))
    return {"title": product.title, "body": product.body, "identifiers": "\n".join(given)}


def _missing(product: _Product) -> Iterator[FieldError]:
    for field, is_empty in {
        "title": not product.title,
        "body": not product.body,
        "unit_ids": not product.units,
    }.items():
        if is_empty:
            yield FieldError("D-118", field, "This is missing.", "Fill it in.")


def _unknown(
    product: _Product, *, unit_ids: Sequence[str], identifiers: Sequence[str]
) -> Iterator[FieldError]:
    if len(product.units) < len(set(unit_ids)):
        yield FieldError("D-119", "unit_ids", "There is no such unit.", "Choose from the list.")
    held = {text for each in product.identifiers for text in (each["raw"], each["value"])}
    if not set(identifiers) <= held:
        yield FieldError(
            "D-119",
            "identifiers",
            "The contribution holds no such identifier.",
            "Choose from those that the contributor gave.",
        )


def _against_wish(
    product: _Product, contribution: Contribution, content: Content
) -> Iterator[FieldError]:
    """What the contributor answered to “May it be passed to partner countries?” is kept."""
    if all(unit.country_id == contribution.country_id for unit in product.units):
        return
    if content.sharing_wish is SharingWish.NO:
        remedy = "Send it to units of your own country only."
    elif content.sharing_wish is SharingWish.ASK_FIRST and not was_asked_to_share(contribution):
        remedy = "Ask the contributor first, with the question about agreement."
    else:
        return
    yield FieldError(
        "D-121",
        "unit_ids",
        "The contributor has not agreed to pass this to another country.",
        remedy,
    )


def _make_input(
    contribution: Contribution, product: _Product, *, actor: Actor
) -> IntelligenceInput:
    validation = contribution.validation
    kind = ContributorKind(contribution.organisation.contributor_kind)
    return IntelligenceInput.objects.create(
        contribution=contribution,
        country_id=contribution.country_id,
        reference=_next_reference(contribution.country_id),
        title=product.title,
        body=product.body,
        identifiers=list(product.identifiers),
        assessment=list(assessment_of(contribution).sentences()),
        contributor_pseudonym=pseudonym_of(contribution),
        contributor_class=class_of(kind).name,
        source_grade=validation.source_grade,
        information_grade=validation.information_grade,
        scheme=validation.scheme,
        handling_code=validation.handling_code,
        subject_category=validation.subject_category,
        priority=contribution.prioritisation.priority,
        retention_until=validation.retention_until,
        created_by_id=actor.id,
    )


def _next_reference(country: str) -> str:
    """Counted for each country and year, one writer at a time."""
    lock_ledger()
    prefix = f"IN-{clock.today().year}-"
    made = IntelligenceInput.objects.filter(country_id=country, reference__startswith=prefix)
    return f"{prefix}{made.count() + 1:04d}"


def _send(sent: IntelligenceInput, receivers: Sequence[Unit]) -> None:
    for unit in receivers:
        Dissemination.objects.create(input=sent, unit=unit)
        notify_unit(unit_id=unit.pk, kind=NoticeKind.INPUT_WAITING, object_id=sent.pk)
