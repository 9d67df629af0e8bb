"""What pasted text is read as, and into which lines of which kind of record it goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.core.attributes.recognise import Kind, Recognised, recognise
from crosslight.core.entities.draft import StatementDraft
from crosslight.core.entities.schemata import SCHEMATA
from crosslight.investigations.selectors import OwnDuplicate

KIND_LABELS: Mapping[Kind, str | Promise] = {
    Kind.NAME: _("Name"),
    Kind.BIRTH_DATE: _("Birth date"),
    Kind.PHONE: _("Phone number"),
    Kind.EMAIL: _("E-mail address"),
    Kind.HANDLE: _("Online account"),
    Kind.ACCOUNT: _("IBAN"),
    Kind.DOCUMENT: _("Document number"),
    Kind.PLATE: _("Plate"),
    Kind.VESSEL: _("Vessel number"),
    Kind.VIN: _("Vehicle identification number"),
}
# Where a kind goes in each kind of record; what has no place there is a record of its own.
_PLACES: Mapping[str, Mapping[Kind, str]] = {
    "Person": {
        Kind.NAME: "name",
        Kind.BIRTH_DATE: "birthDate",
        Kind.PHONE: "phone",
        Kind.EMAIL: "email",
        Kind.DOCUMENT: "idNumber",
    },
    "Organization": {Kind.NAME: "name", Kind.PHONE: "phone", Kind.EMAIL: "email"},
    "Company": {Kind.NAME: "name", Kind.PHONE: "phone", Kind.EMAIL: "email"},
    "Vehicle": {Kind.PLATE: "registrationNumber", Kind.NAME: "model", Kind.VIN: "notes"},
    "Vessel": {Kind.NAME: "name", Kind.VESSEL: "imoNumber"},
    "BankAccount": {Kind.ACCOUNT: "iban", Kind.NAME: "name"},
    "Identification": {Kind.DOCUMENT: "number"},
    "UserAccount": {
        Kind.HANDLE: "username",
        Kind.PHONE: "phone",
        Kind.EMAIL: "email",
        Kind.NAME: "name",
    },
    "Address": {Kind.NAME: "name"},
}
# Which kind of record a text is about, by what it holds; the first that is found decides.
_SIGNS: tuple[tuple[frozenset[Kind], str], ...] = (
    (frozenset({Kind.NAME, Kind.BIRTH_DATE}), "Person"),
    (frozenset({Kind.PLATE, Kind.VIN}), "Vehicle"),
    (frozenset({Kind.VESSEL}), "Vessel"),
    (frozenset({Kind.ACCOUNT}), "BankAccount"),
    (frozenset({Kind.PHONE, Kind.EMAIL, Kind.HANDLE}), "UserAccount"),
    (frozenset({Kind.DOCUMENT}), "Identification"),
)
_PASSPORT = "pass"
_MMSI = "MMSI"
_CUE_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Given:
    """One line to fill in, with what was read for it; `is_to_check` asks a person to look.

    `is_new`: it was just asked for, so that it shows although it is empty.
    """

    property: str
    value: str = ""
    is_to_check: bool = False
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    raw: str
    is_to_check: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read for one kind of record; `left` is what needs a record of its own."""

    schema: str
    given: tuple[Given, ...]
    left: tuple[Chip, ...]


def chips_of(text: str, *, region: str) -> list[Chip]:
    return [_chip(item) for item in recognise(text, country=region)]


def read(text: str, *, region: str, schema: str = "") -> Reading:
    found = recognise(text, country=region)
    kind = schema or _schema_for(found)
    places = _PLACES[kind]
    return Reading(
        schema=kind,
        given=tuple(_given(item, text, places[item.kind]) for item in found if item.kind in places),
        left=tuple(_chip(item) for item in found if item.kind not in places),
    )


def lines_for(schema: str, given: Iterable[Given] = ()) -> tuple[Given, ...]:
    """Every property of the record once, in its order, and again for each further value."""
    known = tuple(given)
    lines: list[Given] = []
    for name in SCHEMATA[schema].properties:
        own = [item for item in known if item.property == name]
        lines += own or [Given(name)]
    return tuple(lines)


def statements_of(given: Iterable[Given]) -> list[StatementDraft]:
    """For a look at what the own unit holds; nothing of it is entered."""
    return [StatementDraft(item.property, item.value, source="") for item in given if item.value]


@dataclass(frozen=True, slots=True)
class Held:
    """A value that the own unit holds already."""

    label: str
    value: str
    entity_id: str
    caption: str
    investigation_id: str
    investigation: str


def held_words(schema: str, duplicates: Iterable[OwnDuplicate]) -> list[Held]:
    properties = SCHEMATA[schema].properties
    return [
        Held(
            label=gettext(properties[each.property].label) if each.property in properties else "",
            value=each.value,
            entity_id=each.entity_id,
            caption=each.caption,
            investigation_id=each.investigation_id,
            investigation=each.investigation_reference,
        )
        for each in duplicates
    ]


def _schema_for(found: Iterable[Recognised]) -> str:
    kinds = {item.kind for item in found if not _is_doubtful_name(item)}
    return next((schema for signs, schema in _SIGNS if signs & kinds), "Person")


def _is_doubtful_name(item: Recognised) -> bool:
    """A single capitalised word beside a plate is its model rather than a person."""
    return item.kind is Kind.NAME and item.ambiguous


def _given(item: Recognised, text: str, place: str) -> Given:
    cue = text[max(0, item.start - _CUE_LENGTH) : item.start].casefold()
    if place == "idNumber" and _PASSPORT in cue:
        place = "passportNumber"
    if place == "imoNumber" and item.raw.upper().startswith(_MMSI):
        place = "mmsi"
    return Given(place, item.raw, is_to_check=item.ambiguous)


def _chip(item: Recognised) -> Chip:
    return Chip(str(KIND_LABELS[item.kind]), item.raw, item.ambiguous)
