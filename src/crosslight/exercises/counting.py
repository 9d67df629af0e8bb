"""What a practice world holds now: every number is read from its tables or its ledger."""

from __future__ import annotations

from dataclasses import dataclass

from crosslight.contributions.models import Contribution, Feedback
from crosslight.coordination.models import Decision, Match
from crosslight.core.evidence.verification import Verification
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.vocabulary.coordination import DecisionKind, Verdict
from crosslight.investigations.models import Entity, Investigation
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from crosslight.ledger.verification import verify_database
from crosslight.partnerships.models import Country, Organisation, Unit
from crosslight.review.models import IntelligenceInput, Validation

_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class WorldSize:
    """What the world consists of, for the line that the command prints."""

    countries: int
    units: int
    contributors: int
    contributions: int
    investigations: int
    matches: int


def size_of_world() -> WorldSize:
    contributors = Organisation.objects.filter(nature=Organisation.Nature.CONTRIBUTOR)
    return WorldSize(
        countries=Country.objects.count(),
        units=Unit.objects.count(),
        contributors=contributors.count(),
        contributions=Contribution.objects.count(),
        investigations=Investigation.objects.count(),
        matches=Match.objects.count(),
    )


def tally() -> dict[str, object]:
    """The counts of the whole story, as `crosslight demo --headless --json` prints them."""
    return {
        "contributions": _contributions(),
        "entities": Entity.objects.count(),
        "matches": _matches(),
        "decisions": {kind.value: _decided(kind) for kind in DecisionKind},
        "refusals": _recorded(Act.ACT_REFUSED),
        "ledger": _ledger(verify_database()),
    }


def _contributions() -> dict[str, int]:
    """`submitted` counts what was received; `returned` each time one was sent back."""
    returned = (Act.CONTRIBUTION_RETURNED_FORMAT, Act.CONTRIBUTION_RETURNED)
    return {
        "submitted": Contribution.objects.exclude(submitted_at=None).count(),
        "returned": sum(_recorded(act) for act in returned),
        "validated": Validation.objects.count(),
        "disseminated": IntelligenceInput.objects.count(),
        "feedback": Feedback.objects.count(),
    }


def _matches() -> dict[str, int]:
    """`cannot_tell` counts the matches of which at least one unit could not."""
    unsure = Match.objects.filter(sides__verdict=Verdict.CANNOT_TELL.value)
    return {
        "notified": Match.objects.count(),
        "same": Match.objects.exclude(confirmed_at=None).count(),
        "not_same": Match.objects.filter(state=MatchState.NOT_SAME.value).count(),
        "cannot_tell": unsure.distinct().count(),
    }


def _decided(kind: DecisionKind) -> int:
    return Decision.objects.filter(kind=kind.value).count()


def _recorded(act: Act) -> int:
    return len(read_entries(act=act.value, limit=_ALL))


def _ledger(found: Verification) -> dict[str, object]:
    return {"entries": found.entries, "verified": found.holds, "root": found.root}
