"""Sentences of the explanation, in English; `params` let a screen say them in its own language."""

from __future__ import annotations

from collections.abc import Mapping

from crosslight.core.matching.model import Attribute, Evidence

_LABELS = {
    Attribute.NAME: "Name",
    Attribute.ALIAS: "Alias",
    Attribute.BIRTH_DATE: "Birth date",
    Attribute.BIRTH_PLACE: "Birth place",
    Attribute.SEX: "Sex",
    Attribute.NATIONALITY: "Nationality",
    Attribute.PHONE: "Phone number",
    Attribute.EMAIL: "E-mail address",
    Attribute.HANDLE: "Online account",
    Attribute.ACCOUNT: "Account",
    Attribute.DOCUMENT: "Document number",
    Attribute.PLATE: "Plate",
    Attribute.ADDRESS: "Address",
    Attribute.PLACE: "Place",
    Attribute.REGISTRATION: "Registration number",
    Attribute.VESSEL: "Vessel number",
    Attribute.VIN: "Vehicle identification number",
    Attribute.OCCUPATION: "Occupation",
}
_LEVELS = {
    "same": "the same",
    "partial": "the same, with a word that only one side has",
    "spelling": "the same under a spelling of another country",
    "rule": "the same under the letter rules",
    "short_form": "the same but for a short or related form",
    "letter": "the same but for a letter",
    "initial": "the same as far as initials show",
    "conflicting": "partly the same, partly different",
    "exact": "the same",
    "swapped": "the same with day and month exchanged",
    "one_digit": "one digit apart",
    "year_month": "the same year and month, day not known",
    "year": "the same year, day not known",
    "placeholder": "the same year; 1 January often stands for an unknown day",
    "near_year": "one year apart, day not known",
    "other_year": "different years",
    "unknown": "a placeholder for an unknown date",
    "same_year": "the same year, but different days",
    "near": "nearly the same",
    "common": "the same, but held by many: a common value",
    "other_country": "the same characters, but of different countries",
    "different": "different",
}
_NAME_SLIP = "the same but for a typing slip"
_TRAIT_SLIP = "nearly the same"
_RARE_HOLDERS = 5


def evidence(
    attribute: Attribute,
    level: str,
    *,
    weight: float,
    left: str,
    right: str,
    params: Mapping[str, str] | None = None,
) -> Evidence:
    """Evidence with its sentences written out."""
    details = dict(params or {})
    said = _said(attribute, level, holders=details.get("holders"))
    why = f" ({details['why']})" if details.get("why") else ""
    return Evidence(
        attribute=attribute,
        level=level,
        weight=round(weight, 3),
        left=left,
        right=right,
        sentence=f"{_LABELS[attribute]}: {left} and {right} are {said}{why}",
        pointer=f"{_LABELS[attribute]}: {said}",
        params={"left": left, "right": right, **details},
    )


def _said(attribute: Attribute, level: str, *, holders: str | None) -> str:
    if level == "slip":
        is_name = attribute in (Attribute.NAME, Attribute.ALIAS)
        return _NAME_SLIP if is_name else _TRAIT_SLIP
    said = _LEVELS[level]
    if level == "exact" and holders is not None and int(holders) <= _RARE_HOLDERS:
        return f"{said}, and rare"
    return said
