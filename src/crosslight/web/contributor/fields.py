"""Answers that are lists: what was noticed with how it is known, and what identifies someone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from crosslight.core.attributes.recognise import recognise
from crosslight.core.contributions import Identifier
from crosslight.core.vocabulary.contributions import (
    BASIS_LABELS,
    IDENTIFIER_LABELS,
    PARTY_ROLE_LABELS,
    IdentifierKind,
    PartyRole,
)
from crosslight.core.vocabulary.contributors import ContributorKind
from crosslight.web.shared.forms import DatePartsField, DatePartsWidget

Row = dict[str, str]


class ObservationsInput(forms.Widget):
    """Check boxes `indicator`, each with the radio buttons `basis_<id>`; drawn by the page."""

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any],  # noqa: ARG002  the signature is Django's
        name: str,  # noqa: ARG002  the signature is Django's
    ) -> list[Row]:
        chosen = dict.fromkeys(_texts(data, "indicator"))
        return [
            {"indicator_id": each, "basis": _known(BASIS_LABELS, data.get(f"basis_{each}"), "")}
            for each in chosen
        ]


class RedFlagsInput(forms.Widget):
    """Check boxes `indicator`, each with the check boxes `seen_by_<id>`; drawn by the page."""

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any],  # noqa: ARG002  the signature is Django's
        name: str,  # noqa: ARG002  the signature is Django's
    ) -> list[dict[str, Any]]:
        chosen = dict.fromkeys(_texts(data, "indicator"))
        return [
            {
                "indicator_id": each,
                "seen_by": [
                    kind for kind in _texts(data, f"seen_by_{each}") if kind in set(ContributorKind)
                ],
            }
            for each in chosen
        ]


class IdentifiersInput(forms.Widget):
    """Rows of `kind`, `raw` and `role`, without the row whose `remove` button was pressed."""

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any],  # noqa: ARG002  the signature is Django's
        name: str,  # noqa: ARG002  the signature is Django's
    ) -> list[Row]:
        rows = [
            {
                "kind": _known(IDENTIFIER_LABELS, kind, IdentifierKind.OTHER),
                "raw": raw,
                "value": value,
                "party_role": _known(PARTY_ROLE_LABELS, role, PartyRole.NOT_SURE),
            }
            for kind, raw, value, role in zip(
                _texts(data, "kind"),
                _texts(data, "raw"),
                _texts(data, "value"),
                _texts(data, "role"),
                strict=False,
            )
        ]
        removed = str(data.get("remove", ""))
        return [row for at, row in enumerate(rows) if str(at) != removed]


class RowsField(forms.Field):
    """A list of rows as its widget reads it; what the rows may hold is judged by the service."""

    def to_python(self, value: list[Row] | None) -> list[Row]:
        return list(value or ())


def _known(labels: Iterable[str], code: object, otherwise: str) -> str:
    """A code that was not offered counts as not answered."""
    return str(code) if code in set(labels) else str(otherwise)


def _texts(data: Mapping[str, Any], name: str) -> list[str]:
    return data.getlist(name) if isinstance(data, QueryDict) else list(data.get(name, ()))


def read_pasted(text: str, *, region: str, role: PartyRole) -> list[Identifier]:
    """What the box holds: what is recognised; of a text without anything known, its lines."""
    found = recognise(text, country=region)
    if not found:
        return [_unread(line, role=role) for line in text.splitlines() if line.strip()]
    return [
        Identifier(
            kind=IdentifierKind(each.kind.value), raw=each.raw, value=each.value, party_role=role
        )
        for each in found
    ]


def _unread(line: str, *, role: PartyRole) -> Identifier:
    return Identifier(kind=IdentifierKind.OTHER, raw=" ".join(line.split()), party_role=role)


def with_added(rows: Iterable[Row], added: Iterable[Identifier]) -> list[Row]:
    """Nothing twice: the same kind and value is one row."""
    known = list(rows)
    seen = {(row["kind"], row["value"] or row["raw"]) for row in known}
    for each in added:
        mark = (each.kind.value, each.value or each.raw)
        if mark not in seen:
            seen.add(mark)
            known.append({key: str(value) for key, value in each.to_dict().items()})
    return known


class PartialDateField(forms.Field):
    """A date without its day, or without day and month, too: `2026-03-14`, `2026-03`, `2026`."""

    widget = DatePartsWidget
    default_error_messages: ClassVar[dict[str, Any]] = DatePartsField.default_error_messages

    def to_python(self, value: tuple[str, str, str] | None) -> str:
        day, month, year = value or ("", "", "")
        if not (day or month or year):
            return ""
        try:
            known = date(int(year), int(month or 1), int(day or 1))
        except (ValueError, OverflowError):
            known = None
        if known is None or (day and not month):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return known.isoformat()[: _LENGTHS[bool(month), bool(day)]]


_LENGTHS = {(True, True): 10, (True, False): 7, (False, False): 4}


def parts_of(text: str) -> tuple[str, str, str]:
    """Day, month and year of `2026-03-14`, as far as they are known."""
    year, month, day = ([*text.split("-"), "", ""])[:3]
    return (day, month, year)
