from __future__ import annotations

from datetime import timedelta

from crosslight.coordination.services import entry
from crosslight.core.entities.draft import EntityDraft, StatementDraft
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.coordination import CasePhase, CrimeArea
from crosslight.foundation import clock
from crosslight.investigations.models import Investigation
from crosslight.investigations.services import InvestigationDraft, start_investigation

SOURCE = "Interview note 7"


def investigation_draft(**said) -> InvestigationDraft:
    values = {
        "title": "Crew boats at the north quay",
        "purpose": "Find who recruits for the crew boats",
        "crime_area": CrimeArea.LABOUR_EXPLOITATION,
        "phase": CasePhase.OPEN,
        **said,
    }
    return InvestigationDraft(**values)


def started(officer: Actor, **said) -> Investigation:
    return start_investigation(actor=officer, draft=investigation_draft(**said))


def registered(officer: Actor, head: Actor, **said) -> Investigation:
    investigation = started(officer, **said)
    return entry.approve_investigation(
        actor=head,
        investigation_id=investigation.pk,
        review_on=clock.today() + timedelta(days=90),
    )


def said(name: str, value: str, **rest) -> StatementDraft:
    return StatementDraft(name, value, rest.pop("source", SOURCE), **rest)


def person(*statements: StatementDraft, **rest) -> EntityDraft:
    return EntityDraft("Person", statements or (said("name", "Ada Example"),), **rest)
