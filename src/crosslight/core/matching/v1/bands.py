"""From weights and what was found to a band.

A name alone is never more than weak; an identifier alone is at most probable where names clearly
differ or the two are of different families.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching.model import BANDS, Attribute, Band
from crosslight.core.matching.v1.figures import BandFigures
from crosslight.core.matching.v1.findings import Finding, Floats

Flags = NDArray[np.bool_]

# A phone or a mailbox changes hands; these stay with one holder.
_LASTING_IDENTIFIERS = frozenset(
    {
        Attribute.ACCOUNT,
        Attribute.DOCUMENT,
        Attribute.PLATE,
        Attribute.REGISTRATION,
        Attribute.VESSEL,
        Attribute.VIN,
    }
)
# The levels at which a rare identifier is held by both, not only nearly so.
_IDENTITY_LEVELS = {
    Attribute.PHONE: ("same",),
    Attribute.EMAIL: ("same",),
    Attribute.ACCOUNT: ("same",),
    Attribute.DOCUMENT: ("exact", "confusable"),
    Attribute.PLATE: ("exact", "confusable"),
    Attribute.REGISTRATION: ("same",),
    Attribute.VESSEL: ("same_number", "same_registration"),
    Attribute.VIN: ("same", "confusable"),
    Attribute.DEVICE: ("same",),
    Attribute.FILE: ("same",),
    Attribute.ADDRESS: ("same_door",),
}
_LOCATING_LEVELS = {
    Attribute.BIRTH_DATE: ("exact", "swapped", "one_digit", "year_month"),
    Attribute.ADDRESS: ("same_door", "within_50m"),
    Attribute.PHONE: ("same", "same_national", "tail", "one_digit"),
    Attribute.EMAIL: ("same", "same_mailbox"),
    Attribute.HANDLE: ("same_id", "same_handle", "near_handle", "same_name_other_platform"),
    Attribute.ACCOUNT: ("same", "same_phone", "national_part", "one_character"),
    Attribute.DOCUMENT: ("exact", "confusable", "trimmed", "other_country", "one_character"),
    Attribute.PLATE: ("exact", "confusable", "other_country", "partial", "one_character"),
    Attribute.REGISTRATION: ("same", "one_character"),
    Attribute.VESSEL: ("same_number", "same_registration"),
    Attribute.VIN: ("same", "confusable", "one_character"),
    Attribute.ADVERT: ("copy", "near", "same_contact"),
    Attribute.NETWORK: ("same_time",),
    Attribute.DEVICE: ("same",),
    Attribute.LINK: ("same", "same_page"),
    Attribute.FILE: ("same",),
    Attribute.CASE: ("same",),
}
_CORROBORATING = frozenset(
    {Attribute.BIRTH_PLACE, Attribute.PLACE, Attribute.ADDRESS, Attribute.HANDLE}
)
_IDENTIFYING = frozenset(_LOCATING_LEVELS) - {Attribute.BIRTH_DATE}
_NAMING = frozenset({Attribute.NAME, Attribute.ORGANISATION})
_TWO_WORDS = 2
_CODES = {band: np.int8(code) for code, band in enumerate(BANDS)}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules ask, of each pair of a batch."""

    weights: Floats
    name_agrees: Flags
    names_differ: Flags
    agreeing_words: NDArray[np.int64]
    is_contradicted: Flags
    is_one_family: Flags
    rare_identifier: Flags
    lasting_identifier: Flags
    locating: NDArray[np.int64]
    full_birth_date: Flags
    corroborated: Flags
    identified: Flags


def facts_of(
    findings: Iterable[Finding],
    weights: Floats,
    *,
    is_one_family: Flags,
    are_addresses: Flags,
    figures: BandFigures,
) -> Facts:
    size = len(weights)
    facts = Facts(
        weights=weights,
        is_one_family=is_one_family,
        agreeing_words=np.zeros(size, dtype=np.int64),
        locating=np.zeros(size, dtype=np.int64),
        **{name: np.zeros(size, dtype=np.bool_) for name in _FLAGS},
    )
    for found in findings:
        _note(facts, found, figures)
        if found.attribute in _NAMING:
            _note_name(facts, found, figures)
        else:
            _note_identity(facts, found, figures, are_addresses=are_addresses)
    return facts


_FLAGS = (
    "name_agrees",
    "names_differ",
    "is_contradicted",
    "rare_identifier",
    "lasting_identifier",
    "full_birth_date",
    "corroborated",
    "identified",
)


def _note(facts: Facts, found: Finding, figures: BandFigures) -> None:
    if found.attribute is not Attribute.KINSHIP:
        facts.is_contradicted[found.pairs[found.weights <= figures.contradiction]] = True
    carrying = found.pairs[found.weights >= figures.carries]
    if found.attribute in _CORROBORATING:
        facts.corroborated[carrying] = True
    if found.attribute in _IDENTIFYING:
        facts.identified[carrying] = True


def _note_name(facts: Facts, found: Finding, figures: BandFigures) -> None:
    facts.name_agrees[found.pairs] = found.weights >= figures.name_agrees
    facts.names_differ[found.pairs] = found.weights <= figures.names_differ
    words = _TWO_WORDS if found.words is None else found.words
    facts.agreeing_words[found.pairs] = words


def _note_identity(
    facts: Facts, found: Finding, figures: BandFigures, *, are_addresses: Flags
) -> None:
    facts.locating[found.pairs] += found.is_at(*_LOCATING_LEVELS.get(found.attribute, ()))
    if found.attribute is Attribute.BIRTH_DATE:
        facts.full_birth_date[found.pairs] = found.is_at("exact")
    same = found.is_at(*_IDENTITY_LEVELS.get(found.attribute, ()))
    rare = found.pairs[same & (found.holders <= figures.rare_holders)]
    if found.attribute is Attribute.ADDRESS:
        rare = rare[are_addresses[rare]]
    facts.rare_identifier[rare] = True
    if found.attribute in _LASTING_IDENTIFIERS:
        facts.lasting_identifier[rare] = True


def decide(facts: Facts, figures: BandFigures) -> NDArray[np.int8]:
    """Code of the band of each pair: its place in BANDS. The first rule that applies decides."""
    heavy = facts.weights >= figures.strong
    says_who = facts.name_agrees | facts.identified
    at_most_weak = np.where(says_who, _CODES[Band.WEAK], _CODES[Band.NONE])
    by_birth = facts.full_birth_date & (facts.agreeing_words >= _TWO_WORDS)
    # However rare the words, names alone do not pin down a person.
    pins_down_one = (facts.locating > 0) & (facts.agreeing_words + facts.locating > _TWO_WORDS)
    return np.select(
        [
            facts.rare_identifier,
            facts.weights < figures.weak,
            facts.is_contradicted | ~facts.name_agrees,
            by_birth & facts.corroborated & heavy,
            by_birth,
            (facts.weights >= figures.probable) & pins_down_one,
        ],
        [
            _by_identifier(facts),
            _CODES[Band.NONE],
            at_most_weak,
            _CODES[Band.STRONG],
            _CODES[Band.PROBABLE],
            _CODES[Band.PROBABLE],
        ],
        default=at_most_weak,
    ).astype(np.int8)


def _by_identifier(facts: Facts) -> NDArray[np.int8]:
    doubtful = facts.names_differ | facts.is_contradicted | ~facts.is_one_family
    sure = (facts.name_agrees & (facts.agreeing_words > 0)) | facts.lasting_identifier
    return np.where(~doubtful & sure, _CODES[Band.STRONG], _CODES[Band.PROBABLE])
