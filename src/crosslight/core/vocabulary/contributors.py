"""Contributor kinds, and what each class may lawfully send on which basis (procedures B.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.core.vocabulary.law import LegalBasis


class ContributorKind(StrEnum):
    SHELTER = "shelter"
    VICTIM_SUPPORT = "victim_support"
    HELPLINE = "helpline"
    LEGAL_AID = "legal_aid"
    MEDIATOR = "mediator"
    LABOUR_RIGHTS = "labour_rights"
    UNION = "union"
    LABOUR_INSPECTORATE = "labour_inspectorate"
    MUNICIPALITY = "municipality"
    LOCAL_POLICE = "local_police"
    PORT = "port"
    RECEPTION = "reception"
    RESCUE = "rescue"
    PLATFORM = "platform"
    HOSTING = "hosting"
    BANK = "bank"
    MONEY_TRANSFER = "money_transfer"
    OSINT = "osint"
    BORDER_CIVIL_SOCIETY = "border_civil_society"


LABELS: Mapping[ContributorKind, str] = {
    ContributorKind.SHELTER: "Shelter or safe house",
    ContributorKind.VICTIM_SUPPORT: "Victim-support organisation",
    ContributorKind.HELPLINE: "Helpline",
    ContributorKind.LEGAL_AID: "Legal aid",
    ContributorKind.MEDIATOR: "Cultural mediator or interpreter",
    ContributorKind.LABOUR_RIGHTS: "Labour-rights service",
    ContributorKind.UNION: "Trade union",
    ContributorKind.LABOUR_INSPECTORATE: "Labour inspectorate",
    ContributorKind.MUNICIPALITY: "Municipality",
    ContributorKind.LOCAL_POLICE: "Local police",
    ContributorKind.PORT: "Port or seafarers' welfare",
    ContributorKind.RECEPTION: "Reception or asylum service",
    ContributorKind.RESCUE: "Search and rescue",
    ContributorKind.PLATFORM: "Online platform",
    ContributorKind.HOSTING: "Hosting or internet service",
    ContributorKind.BANK: "Bank",
    ContributorKind.MONEY_TRANSFER: "Money transfer service",
    ContributorKind.OSINT: "Open-source investigators",
    ContributorKind.BORDER_CIVIL_SOCIETY: "Civil society in border communities",
}

# The observer codes of the indicator catalogue that this kind of contributor uses.
OBSERVERS: Mapping[ContributorKind, tuple[str, ...]] = {
    ContributorKind.SHELTER: ("SHELTER", "NGO_VICTIM"),
    ContributorKind.VICTIM_SUPPORT: ("NGO_VICTIM",),
    ContributorKind.HELPLINE: ("HELPLINE",),
    ContributorKind.LEGAL_AID: ("LEGAL_AID",),
    ContributorKind.MEDIATOR: ("MEDIATOR",),
    ContributorKind.LABOUR_RIGHTS: ("LABOUR_RIGHTS",),
    ContributorKind.UNION: ("UNION",),
    ContributorKind.LABOUR_INSPECTORATE: ("LABOUR_INSP",),
    ContributorKind.MUNICIPALITY: ("MUNICIPAL",),
    ContributorKind.LOCAL_POLICE: ("LOCAL_POLICE",),
    ContributorKind.PORT: ("PORT",),
    ContributorKind.RECEPTION: ("RECEPTION",),
    ContributorKind.RESCUE: ("RESCUE",),
    ContributorKind.PLATFORM: ("PLATFORM",),
    ContributorKind.HOSTING: ("ISP", "PLATFORM"),
    ContributorKind.BANK: ("BANK",),
    ContributorKind.MONEY_TRANSFER: ("MSB", "PSP"),
    ContributorKind.OSINT: ("OSINT",),
    ContributorKind.BORDER_CIVIL_SOCIETY: ("CSO_BORDER",),
}


@dataclass(frozen=True, slots=True)
class ContributorClass:
    """`bases`: the lawful bases on which it sends. `may_send`: the kinds its form offers."""

    name: str
    members: frozenset[ContributorKind]
    bases: tuple[LegalBasis, ...]
    may_send: frozenset[ContributionKind]
    may_not: str

    def bases_for(self, kind: ContributionKind) -> tuple[LegalBasis, ...]:
        """The bases that the form of this kind may show; a typology is about nobody."""
        return _ABOUT_NOBODY if kind is ContributionKind.TYPOLOGY else self.bases


_ABOUT_NOBODY = (LegalBasis.NO_PERSONAL_DATA,)
_INDICATOR = ContributionKind.RISK_INDICATOR
_RED_FLAG = ContributionKind.RED_FLAG_REPORT
_PRESERVED = ContributionKind.OSINT_PRESERVATION
_TYPOLOGY = ContributionKind.TYPOLOGY

CONTRIBUTOR_CLASSES = (
    ContributorClass(
        "Obliged financial entity",
        frozenset({ContributorKind.BANK, ContributorKind.MONEY_TRANSFER}),
        (LegalBasis.AML_DUTY, LegalBasis.GDPR_LEGITIMATE_INTERESTS),
        frozenset({_RED_FLAG, _INDICATOR, _PRESERVED, _TYPOLOGY}),
        "A suspicious transaction report goes to the FIU, not here: give only its reference.",
    ),
    ContributorClass(
        "Hosting service or platform",
        frozenset({ContributorKind.PLATFORM, ContributorKind.HOSTING}),
        (LegalBasis.DSA_ARTICLE_18, LegalBasis.GDPR_LEGITIMATE_INTERESTS),
        frozenset({_RED_FLAG, _INDICATOR, _PRESERVED, _TYPOLOGY}),
        "No lists of suspicion made by profiling users.",
    ),
    ContributorClass(
        "Support organisation",
        frozenset(
            {
                ContributorKind.SHELTER,
                ContributorKind.VICTIM_SUPPORT,
                ContributorKind.HELPLINE,
                ContributorKind.LEGAL_AID,
                ContributorKind.MEDIATOR,
            }
        ),
        (LegalBasis.GDPR_CONSENT, LegalBasis.GDPR_VITAL_INTERESTS, LegalBasis.NO_PERSONAL_DATA),
        frozenset({_RED_FLAG, _INDICATOR, _PRESERVED, _TYPOLOGY}),
        "Do not name a possible victim without their consent.",
    ),
    ContributorClass(
        "Public service or labour body",
        frozenset(
            {
                ContributorKind.LABOUR_RIGHTS,
                ContributorKind.UNION,
                ContributorKind.LABOUR_INSPECTORATE,
                ContributorKind.MUNICIPALITY,
                ContributorKind.LOCAL_POLICE,
                ContributorKind.PORT,
                ContributorKind.RECEPTION,
                ContributorKind.RESCUE,
            }
        ),
        (
            LegalBasis.GDPR_PUBLIC_TASK,
            LegalBasis.GDPR_LEGITIMATE_INTERESTS,
            LegalBasis.NO_PERSONAL_DATA,
        ),
        frozenset({_RED_FLAG, _INDICATOR, _PRESERVED, _TYPOLOGY}),
        "No health, religion, origin or sex-life data.",
    ),
    ContributorClass(
        "Open-source and civil-society investigators",
        frozenset({ContributorKind.OSINT, ContributorKind.BORDER_CIVIL_SOCIETY}),
        (LegalBasis.GDPR_LEGITIMATE_INTERESTS, LegalBasis.NO_PERSONAL_DATA),
        frozenset({_RED_FLAG, _INDICATOR, _PRESERVED, _TYPOLOGY}),
        "No covert contact, no false profiles, no hacked data.",
    ),
)


def class_of(kind: ContributorKind) -> ContributorClass:
    return next(group for group in CONTRIBUTOR_CLASSES if kind in group.members)
