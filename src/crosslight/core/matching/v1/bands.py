"""From weight and evidence to a band."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crosslight.core.matching.model import Attribute, Band
from crosslight.core.matching.v1.constants import constants
from crosslight.core.matching.v1.families import Family
from crosslight.core.matching.v1.findings import Finding

_STRONG_IDENTIFIERS = frozenset(
    {
        Attribute.PHONE,
        Attribute.EMAIL,
        Attribute.ACCOUNT,
        Attribute.DOCUMENT,
        Attribute.PLATE,
        Attribute.REGISTRATION,
        Attribute.VESSEL,
        Attribute.VIN,
    }
)
# A phone or a mailbox changes hands; these stay with one holder.
_LASTING_IDENTIFIERS = _STRONG_IDENTIFIERS - {Attribute.PHONE, Attribute.EMAIL}
_LOCATING_LEVELS = {
    Attribute.BIRTH_DATE: frozenset({"exact", "swapped", "one_digit", "year_month"}),
    Attribute.ADDRESS: frozenset({"exact", "near"}),
    Attribute.PHONE: frozenset({"exact", "near"}),
    Attribute.EMAIL: frozenset({"exact", "near"}),
    Attribute.HANDLE: frozenset({"exact", "near"}),
    Attribute.ACCOUNT: frozenset({"exact", "near"}),
    Attribute.DOCUMENT: frozenset({"exact", "near", "other_country"}),
    Attribute.PLATE: frozenset({"exact", "near", "other_country"}),
    Attribute.REGISTRATION: frozenset({"exact", "near"}),
    Attribute.VESSEL: frozenset({"exact"}),
    Attribute.VIN: frozenset({"exact", "near"}),
}
_CORROBORATING = frozenset(
    {Attribute.BIRTH_PLACE, Attribute.PLACE, Attribute.ADDRESS, Attribute.HANDLE}
)
_IDENTIFYING = frozenset(_LOCATING_LEVELS) - {Attribute.BIRTH_DATE}
_TWO_WORDS = 2


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the rules ask of the findings."""

    weight: float
    findings: tuple[Finding, ...]
    is_one_family: bool
    are_addresses: bool

    @property
    def name(self) -> Finding | None:
        return next((item for item in self.findings if item.name_kind is not None), None)

    @property
    def name_agrees(self) -> bool:
        return self.name is not None and self.name.weight >= constants().bands.name_agrees

    @property
    def names_differ(self) -> bool:
        return self.name is not None and self.name.weight <= constants().bands.names_differ

    @property
    def agreeing_words(self) -> int:
        return self.name.agreeing_words if self.name else 0

    @property
    def is_contradicted(self) -> bool:
        limit = constants().bands.contradiction
        return any(item.weight <= limit for item in self.findings)

    @property
    def rare_identifiers(self) -> frozenset[Attribute]:
        rare = constants().bands.rare_holders
        return frozenset(
            item.attribute
            for item in self.findings
            if item.level == "exact" and item.holders <= rare and self._identifies(item)
        )

    def _identifies(self, item: Finding) -> bool:
        if item.attribute is Attribute.ADDRESS:
            return self.are_addresses
        return item.attribute in _STRONG_IDENTIFIERS

    def agrees_on(self, attributes: Iterable[Attribute]) -> bool:
        carries = constants().bands.carries
        wanted = frozenset(attributes)
        return any(item.attribute in wanted and item.weight >= carries for item in self.findings)

    @property
    def has_full_birth_date(self) -> bool:
        return any(
            item.attribute is Attribute.BIRTH_DATE and item.level == "exact"
            for item in self.findings
        )

    @property
    def pins_down_one(self) -> bool:
        """Two words of the name and a date, door or near identifier; or one word and two of those.

        However rare the words, names alone do not pin down a person.
        """
        locating = sum(
            item.level in _LOCATING_LEVELS.get(item.attribute, ()) for item in self.findings
        )
        return locating > 0 and self.agreeing_words + locating > _TWO_WORDS


def decide(findings: tuple[Finding, ...], *, weight: float, left: Family, right: Family) -> Band:
    """Band under the rules of the model, strongest rule first.

    A name alone is never more than weak; an identifier alone is at most probable where names
    clearly differ or the two are of different families.
    """
    facts = _Facts(
        weight=weight,
        findings=findings,
        is_one_family=left is right,
        are_addresses=left is right is Family.ADDRESS,
    )
    if facts.rare_identifiers:
        return _by_identifier(facts)
    if weight < constants().bands.weak:
        return Band.NONE
    if facts.is_contradicted:
        return _at_most_weak(facts)
    if not facts.name_agrees:
        return _at_most_weak(facts)
    if facts.has_full_birth_date and facts.agreeing_words >= _TWO_WORDS:
        return _by_name_and_birth(facts)
    if weight >= constants().bands.probable and facts.pins_down_one:
        return Band.PROBABLE
    return _at_most_weak(facts)


def _by_identifier(facts: _Facts) -> Band:
    if facts.names_differ or facts.is_contradicted or not facts.is_one_family:
        return Band.PROBABLE
    if facts.name_agrees and facts.agreeing_words:
        return Band.STRONG
    return Band.STRONG if facts.rare_identifiers & _LASTING_IDENTIFIERS else Band.PROBABLE


def _by_name_and_birth(facts: _Facts) -> Band:
    is_corroborated = facts.agrees_on(_CORROBORATING)
    is_heavy = facts.weight >= constants().bands.strong
    return Band.STRONG if is_corroborated and is_heavy else Band.PROBABLE


def _at_most_weak(facts: _Facts) -> Band:
    """Traits alone, such as one birth date and one sex, are nothing: thousands share them."""
    says_who = facts.name_agrees or facts.agrees_on(_IDENTIFYING)
    return Band.WEAK if says_who else Band.NONE
