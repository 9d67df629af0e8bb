from __future__ import annotations

from dataclasses import replace

from crosslight.core.contributions import Content, Identifier, Observed, RedFlag
from crosslight.core.vocabulary.contributions import (
    IdentifierKind,
    ObservationBasis,
    PartyRole,
    Sector,
    SharingWish,
    Timing,
    VictimAwareness,
)
from crosslight.core.vocabulary.contributors import ContributorKind
from crosslight.core.vocabulary.law import LegalBasis

COMPLETE = Content(
    observations=(Observed("ILO-D1-02", ObservationBasis.TOLD),),
    place="Norhaven",
    timing=Timing.THIS_WEEK,
    facts="Three men live above the workshop and are driven away before dawn.",
    how_known=ObservationBasis.TOLD,
    sharing_wish=SharingWish.DESK_DECIDES,
    victim_awareness=VictimAwareness.AGREED,
    legal_basis=LegalBasis.GDPR_CONSENT,
)


PATTERN = Content(
    title="Deck hands who owe their fare",
    sector=Sector.FISHING,
    route="Small ports, then boats that stay at sea for months",
    how_it_works=(
        "Recruiters promise work on deck and pay the fare. On board the fare is written into a "
        "book as a debt that the wage never pays off."
    ),
    red_flags=(
        RedFlag("SEA-01", (ContributorKind.PORT, ContributorKind.UNION)),
        RedFlag("ILO-D5-03", (ContributorKind.SHELTER,)),
    ),
    mitigations="Crew are asked alone, on land, with an interpreter.",
    sharing_wish=SharingWish.DESK_DECIDES,
    legal_basis=LegalBasis.NO_PERSONAL_DATA,
)


def pattern(**changes: object) -> Content:
    """A complete typology."""
    return replace(PATTERN, **changes)


def complete(**changes: object) -> Content:
    return replace(COMPLETE, **changes)


def phone(role: PartyRole = PartyRole.RECRUITER) -> Identifier:
    return Identifier(kind=IdentifierKind.PHONE, raw="+44 7700 900123", party_role=role)
