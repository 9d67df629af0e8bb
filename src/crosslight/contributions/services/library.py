"""Reading the library of typologies: open to everyone accredited, and each reading on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crosslight.contributions.models import Typology
from crosslight.contributions.selectors import LONGEST_LIST, library, typology_in_library
from crosslight.core.contributions import Content
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_read_typologies
from crosslight.foundation.guard import require
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

LIBRARY_PURPOSE = "library"


@dataclass(frozen=True, slots=True)
class SeenTypology:
    """What a reader sees: the pattern, and nothing of who sent it or of who took it in (J2)."""

    id: str
    content: Content
    catalogue_version: str
    taken_in_at: datetime


def list_typologies(*, actor: Actor) -> tuple[SeenTypology, ...]:
    """At most 200, the newest first."""
    require(may_read_typologies, actor)
    with act():
        seen = tuple(map(_seen, library()[:LONGEST_LIST]))
        record(
            actor=actor,
            act=Act.TYPOLOGY_LISTED,
            objects=[each.id for each in seen],
            justification=LIBRARY_PURPOSE,
        )
    return seen


def consult_typology(*, actor: Actor, typology_id: str) -> SeenTypology:
    require(may_read_typologies, actor)
    with act():
        seen = _seen(typology_in_library(typology_id))
        record(
            actor=actor,
            act=Act.TYPOLOGY_CONSULTED,
            objects=[seen.id],
            justification=LIBRARY_PURPOSE,
        )
    return seen


def _seen(typology: Typology) -> SeenTypology:
    contribution = typology.contribution
    return SeenTypology(
        id=typology.pk,
        content=Content.from_dict(contribution.content),
        catalogue_version=contribution.catalogue_version,
        taken_in_at=typology.taken_in_at,
    )
