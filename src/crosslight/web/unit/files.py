"""An investigation in one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from crosslight.core.lifecycle.investigation import STATE_LABELS, InvestigationState
from crosslight.core.vocabulary.coordination import CRIME_AREA_LABELS, CrimeArea
from crosslight.web.shared.components import Tone
from crosslight.web.shared.words import word

if TYPE_CHECKING:
    from crosslight.investigations.models import Investigation

TONES: Mapping[InvestigationState, Tone] = {
    InvestigationState.DRAFT: Tone.WAITING,
    InvestigationState.REGISTERED: Tone.DONE,
    InvestigationState.CLOSED: Tone.STOPPED,
}


@dataclass(frozen=True, slots=True)
class FileLine:
    id: str
    reference: str
    title: str
    state: str
    tone: Tone
    crime_area: str
    is_urgent: bool
    opened_at: datetime
    review_on: date | None


def file_line(investigation: Investigation) -> FileLine:
    state = InvestigationState(investigation.state)
    return FileLine(
        id=investigation.pk,
        reference=investigation.reference,
        title=investigation.title,
        state=word(STATE_LABELS, state),
        tone=TONES[state],
        crime_area=word(CRIME_AREA_LABELS, CrimeArea(investigation.crime_area)),
        is_urgent=investigation.is_urgent,
        opened_at=investigation.opened_at,
        review_on=investigation.review_on,
    )
