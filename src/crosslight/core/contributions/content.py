"""The content of a contribution as a draft holds it: every answer may still be missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from crosslight.core.contributions import reading
from crosslight.core.contributions.reading import Reader
from crosslight.core.vocabulary.contributions import (
    PERSONAL_IDENTIFIERS,
    Answer,
    ContributionKind,
    DangerReason,
    IdentifierKind,
    ObservationBasis,
    PartyRole,
    Sector,
    SharingWish,
    Sureness,
    Timing,
    VictimAwareness,
)
from crosslight.core.vocabulary.contributors import ContributorKind
from crosslight.core.vocabulary.law import LegalBasis

MOST_OBSERVATIONS = 200
MOST_IDENTIFIERS = 50
MOST_RED_FLAGS = 100
# Characters of each text; a field that is not named here has no text of its own.
LIMITS: Mapping[str, int] = {
    "place": 200,
    "country": 2,
    "observed_on": 10,
    "facts": 2000,
    "assessment": 2000,
    "reference_of_fiu": 60,
    "campaign_tag": 60,
    "title": 120,
    "route": 300,
    "how_it_works": 4000,
    "mitigations": 2000,
    "raw": 300,
    "value": 300,
}
LONGEST_CODE = 60
_NOT_PERSONS = frozenset({PartyRole.WORKPLACE, PartyRole.VEHICLE})


class Page(StrEnum):
    NOTICED = "noticed"
    WHERE_WHEN = "where_when"
    IDENTIFIERS = "identifiers"
    WORDS = "words"
    SHARING = "sharing"
    PATTERN = "pattern"
    RED_FLAGS = "red_flags"
    RELEASE = "release"


FIELDS_OF_PAGE: Mapping[Page, tuple[str, ...]] = {
    Page.NOTICED: ("observations", "danger"),
    Page.WHERE_WHEN: ("place", "region_only", "country", "timing", "observed_on", "is_ongoing"),
    Page.IDENTIFIERS: ("identifiers",),
    Page.WORDS: ("facts", "assessment", "how_known", "sureness"),
    Page.SHARING: (
        "sharing_wish",
        "may_contact",
        "victim_awareness",
        "legal_basis",
        "reference_of_fiu",
        "campaign_tag",
    ),
    Page.PATTERN: ("title", "sector", "route", "how_it_works", "mitigations"),
    Page.RED_FLAGS: ("red_flags",),
    Page.RELEASE: ("may_contact", "sharing_wish", "legal_basis", "campaign_tag"),
}
FIELDS = tuple(dict.fromkeys(name for names in FIELDS_OF_PAGE.values() for name in names))
PAGES_OF_KIND: Mapping[ContributionKind, tuple[Page, ...]] = {
    ContributionKind.RED_FLAG_REPORT: (
        Page.NOTICED,
        Page.WHERE_WHEN,
        Page.IDENTIFIERS,
        Page.WORDS,
        Page.SHARING,
    ),
    # J4: complete without a word about any person.
    ContributionKind.RISK_INDICATOR: (Page.NOTICED, Page.WHERE_WHEN, Page.SHARING),
    # Its substance is files; they have a page of their own, after these.
    ContributionKind.OSINT_PRESERVATION: (Page.WORDS, Page.IDENTIFIERS, Page.SHARING),
    ContributionKind.TYPOLOGY: (Page.PATTERN, Page.RED_FLAGS, Page.RELEASE),
}


def fields_of_kind(kind: ContributionKind) -> frozenset[str]:
    return frozenset(name for page in PAGES_OF_KIND[kind] for name in FIELDS_OF_PAGE[page])


@dataclass(frozen=True, slots=True)
class Observed:
    """`basis` None: the contributor has not said yet how they know."""

    indicator_id: str
    basis: ObservationBasis | None = None

    def to_dict(self) -> dict[str, object]:
        return {"indicator_id": self.indicator_id, "basis": reading.code(self.basis)}


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A sign of a typology; `seen_by` are the kinds of contributor that can come across it."""

    indicator_id: str
    seen_by: tuple[ContributorKind, ...] = ()

    def to_dict(self) -> dict[str, object]:
        return {
            "indicator_id": self.indicator_id,
            "seen_by": [kind.value for kind in self.seen_by],
        }


@dataclass(frozen=True, slots=True)
class Identifier:
    """`raw` is what was typed, `value` the form it is compared in; both are kept."""

    kind: IdentifierKind
    raw: str
    value: str = ""
    party_role: PartyRole = PartyRole.NOT_SURE

    @property
    def is_personal(self) -> bool:
        """Whether it may point to one person; a business's phone or a van's plate does not."""
        return self.kind in PERSONAL_IDENTIFIERS and self.party_role not in _NOT_PERSONS

    @property
    def may_be_of_victim(self) -> bool:
        return self.is_personal and self.party_role is PartyRole.NOT_SURE

    def to_dict(self) -> dict[str, object]:
        return {
            "kind": self.kind.value,
            "raw": self.raw,
            "value": self.value,
            "party_role": self.party_role.value,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """`facts` and `assessment` are two fields from the first draft on (J3)."""

    observations: tuple[Observed, ...] = ()
    danger: tuple[DangerReason, ...] = ()
    place: str = ""
    region_only: bool = False
    country: str = ""
    timing: Timing | None = None
    observed_on: str = ""
    is_ongoing: Answer | None = None
    identifiers: tuple[Identifier, ...] = ()
    facts: str = ""
    assessment: str = ""
    how_known: ObservationBasis | None = None
    sureness: Sureness | None = None
    sharing_wish: SharingWish | None = None
    may_contact: bool = False
    victim_awareness: VictimAwareness | None = None
    legal_basis: LegalBasis | None = None
    reference_of_fiu: str = ""
    campaign_tag: str = ""
    title: str = ""
    sector: Sector | None = None
    route: str = ""
    how_it_works: str = ""
    red_flags: tuple[RedFlag, ...] = ()
    mitigations: str = ""

    @classmethod
    def from_dict(cls, values: Mapping[str, object]) -> Content:
        """Read what `to_dict` wrote or a form sent; what is absent is unanswered.

        Raises ContentFaults that names every unknown key and every value of a wrong kind.
        """
        reader = Reader(values)
        reader.refuse_unknown(FIELDS)
        content = cls(
            observations=reader.rows("observations", _observed, most=MOST_OBSERVATIONS),
            danger=reader.members("danger", DangerReason),
            place=reader.line("place"),
            region_only=reader.flag("region_only"),
            country=reader.line("country").upper(),
            timing=reader.member("timing", Timing),
            observed_on=reader.line("observed_on"),
            is_ongoing=reader.member("is_ongoing", Answer),
            identifiers=reader.rows("identifiers", _identifier, most=MOST_IDENTIFIERS),
            facts=reader.text("facts"),
            assessment=reader.text("assessment"),
            how_known=reader.member("how_known", ObservationBasis),
            sureness=reader.member("sureness", Sureness),
            sharing_wish=reader.member("sharing_wish", SharingWish),
            may_contact=reader.flag("may_contact"),
            victim_awareness=reader.member("victim_awareness", VictimAwareness),
            legal_basis=reader.member("legal_basis", LegalBasis),
            reference_of_fiu=reader.line("reference_of_fiu"),
            campaign_tag=reader.line("campaign_tag"),
            title=reader.line("title"),
            sector=reader.member("sector", Sector),
            route=reader.line("route"),
            how_it_works=reader.text("how_it_works"),
            red_flags=reader.rows("red_flags", _red_flag, most=MOST_RED_FLAGS),
            mitigations=reader.text("mitigations"),
        )
        reader.raise_faults()
        return content

    def to_dict(self) -> dict[str, object]:
        """Plain JSON, the same for the same content."""
        return {
            "observations": [observed.to_dict() for observed in self.observations],
            "danger": [reason.value for reason in self.danger],
            "place": self.place,
            "region_only": self.region_only,
            "country": self.country,
            "timing": reading.code(self.timing),
            "observed_on": self.observed_on,
            "is_ongoing": reading.code(self.is_ongoing),
            "identifiers": [identifier.to_dict() for identifier in self.identifiers],
            "facts": self.facts,
            "assessment": self.assessment,
            "how_known": reading.code(self.how_known),
            "sureness": reading.code(self.sureness),
            "sharing_wish": reading.code(self.sharing_wish),
            "may_contact": self.may_contact,
            "victim_awareness": reading.code(self.victim_awareness),
            "legal_basis": reading.code(self.legal_basis),
            "reference_of_fiu": self.reference_of_fiu,
            "campaign_tag": self.campaign_tag,
            "title": self.title,
            "sector": reading.code(self.sector),
            "route": self.route,
            "how_it_works": self.how_it_works,
            "red_flags": [flag.to_dict() for flag in self.red_flags],
            "mitigations": self.mitigations,
        }


def _observed(reader: Reader) -> Observed:
    reader.refuse_unknown(("indicator_id", "basis"))
    return Observed(
        indicator_id=reader.line("indicator_id", is_required=True),
        basis=reader.member("basis", ObservationBasis),
    )


def _red_flag(reader: Reader) -> RedFlag:
    reader.refuse_unknown(("indicator_id", "seen_by"))
    return RedFlag(
        indicator_id=reader.line("indicator_id", is_required=True),
        seen_by=reader.members("seen_by", ContributorKind),
    )


def _identifier(reader: Reader) -> Identifier:
    reader.refuse_unknown(("kind", "raw", "value", "party_role"))
    return Identifier(
        kind=reader.member("kind", IdentifierKind, is_required=True) or IdentifierKind.OTHER,
        raw=reader.line("raw", is_required=True),
        value=reader.line("value"),
        party_role=reader.member("party_role", PartyRole) or PartyRole.NOT_SURE,
    )
