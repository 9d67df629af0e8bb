"""Contributions at each step, made through the services that a door would call."""

from __future__ import annotations

from crosslight.contributions.models import Contribution
from crosslight.contributions.services import (
    save_content,
    start_contribution,
    submit_contribution,
)
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.contributions import ContributionKind

FACTS = "Three men live above the workshop and are driven to the fields before dawn."


def red_flag(**changes: object) -> dict[str, object]:
    """A complete red-flag report of a support organisation."""
    return {
        "observations": [
            {"indicator_id": "ILO-D1-02", "basis": "told"},
            {"indicator_id": "ILO-D5-03", "basis": "seen"},
        ],
        "place": "Norhaven",
        "country": "XN",
        "timing": "this_week",
        "is_ongoing": "yes",
        "identifiers": [
            {"kind": "phone", "raw": "+44 7700 900123", "party_role": "recruiter"},
        ],
        "facts": FACTS,
        "assessment": "They seem to be controlled by the driver.",
        "how_known": "told",
        "sureness": "likely",
        "sharing_wish": "desk_decides",
        "may_contact": True,
        "victim_awareness": "agreed",
        "legal_basis": "gdpr_consent",
    } | changes


def risk_indicator(**changes: object) -> dict[str, object]:
    """A complete indicator list without a single personal datum (J4)."""
    return {
        "observations": [{"indicator_id": "ILO-D1-02", "basis": "seen"}],
        "place": "Norhaven",
        "region_only": True,
        "timing": "not_sure",
        "victim_awareness": "no_one",
        "sharing_wish": "desk_decides",
        "legal_basis": "no_personal_data",
    } | changes


def typology(**changes: object) -> dict[str, object]:
    """A complete typology: a pattern, and nobody in it."""
    return {
        "title": "Deck hands who owe their fare",
        "sector": "fishing",
        "route": "Small ports, then boats that stay at sea for months",
        "how_it_works": (
            "Recruiters promise work on deck and pay the fare. On board the fare is written into a "
            "book as a debt that the wage never pays off."
        ),
        "red_flags": [
            {"indicator_id": "SEA-01", "seen_by": ["port", "union"]},
            {"indicator_id": "ILO-D5-03", "seen_by": ["shelter"]},
        ],
        "mitigations": "Crew are asked alone, on land, with an interpreter.",
        "sharing_wish": "desk_decides",
        "may_contact": True,
        "legal_basis": "no_personal_data",
    } | changes


def draft(
    actor: Actor,
    content: dict[str, object] | None = None,
    *,
    kind: ContributionKind = ContributionKind.RED_FLAG_REPORT,
) -> Contribution:
    contribution = start_contribution(actor=actor, kind=kind)
    if content is None:
        return contribution
    return save_content(
        actor=actor,
        contribution_id=contribution.pk,
        version=contribution.version,
        content=content,
    )


def received(actor: Actor, **changes: object) -> Contribution:
    contribution = draft(actor, red_flag(**changes))
    submission = submit_contribution(actor=actor, contribution_id=contribution.pk)
    assert submission.is_received, submission.faults
    return submission.contribution


def received_typology(actor: Actor, **changes: object) -> Contribution:
    contribution = draft(actor, typology(**changes), kind=ContributionKind.TYPOLOGY)
    submission = submit_contribution(actor=actor, contribution_id=contribution.pk)
    assert submission.is_received, submission.faults
    return submission.contribution
