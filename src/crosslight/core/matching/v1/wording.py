"""Sentences of the explanation, in English; `params` let a screen say them in its own language."""

from __future__ import annotations

from crosslight.core.matching.model import Attribute, Evidence
from crosslight.core.matching.v1.findings import Finding
from crosslight.core.names import explain

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
    "consonants": "the same but for vowels",
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


def to_evidence(found: Finding) -> Evidence:
    """The finding with its sentences written out."""
    label = _LABELS[found.attribute]
    said = _said(found)
    why = _why(found)
    return Evidence(
        attribute=found.attribute,
        level=found.level,
        weight=round(found.weight, 3),
        left=found.left,
        right=found.right,
        sentence=f"{label}: {found.left} and {found.right} are {said}{f' ({why})' if why else ''}",
        pointer=f"{label}: {said}",
        params=_params(found, why=why),
    )


def _why(found: Finding) -> str:
    if found.name_kind is None:
        return ""
    return "; ".join(explain(found.left, found.right, kind=found.name_kind))


def _params(found: Finding, *, why: str) -> dict[str, str]:
    params = {"left": found.left, "right": found.right}
    if found.holders:
        params["holders"] = str(found.holders)
    if why:
        params["why"] = why
    return params


def _said(found: Finding) -> str:
    if found.level == "slip":
        return _NAME_SLIP if found.name_kind else _TRAIT_SLIP
    said = _LEVELS[found.level]
    if found.level == "exact" and 0 < found.holders <= _RARE_HOLDERS:
        return f"{said}, and rare"
    return said
