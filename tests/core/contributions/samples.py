from __future__ import annotations

from dataclasses import replace

from crosslight.core.contributions import Content, Identifier, Observed
from crosslight.core.vocabulary.contributions import (
    IdentifierKind,
    ObservationBasis,
    PartyRole,
    SharingWish,
    Timing,
    VictimAwareness,
)
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


def complete(**changes: object) -> Content:
    return replace(COMPLETE, **changes)


def phone(role: PartyRole = PartyRole.RECRUITER) -> Identifier:
    return Identifier(kind=IdentifierKind.PHONE, raw="+44 7700 900123", party_role=role)
