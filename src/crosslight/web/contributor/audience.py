"""Who will see what is sent: one sentence, worked out here and never written into a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from crosslight.core.policy import Actor
from crosslight.partnerships import selectors as partnerships


@dataclass(frozen=True, slots=True)
class Audience:
    seen_by: str
    not_by: str


def audience_of(actor: Actor) -> Audience:
    """The desk of the country in whose remit the organisation is, and nobody else."""
    seen_by = gettext("the desk of %(country)s, and reporters of your own organisation.")
    return Audience(
        seen_by=seen_by % {"country": _country(actor)},
        not_by=gettext("investigation units, other organisations, other countries, the public."),
    )


def emergency_number_of(actor: Actor) -> str:
    return partnerships.country(actor.country).emergency_number if actor.country else "112"


def _country(actor: Actor) -> str:
    return partnerships.country(actor.country).name if actor.country else gettext("your country")
