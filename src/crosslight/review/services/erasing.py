"""What a desk made of a contribution, erased with it on a data-protection decision."""

from __future__ import annotations

from crosslight.contributions.models import Contribution
from crosslight.foundation import clock
from crosslight.review.models import (
    Dissemination,
    Drop,
    IntelligenceInput,
    Prioritisation,
    Validation,
)


def inputs_of(contribution: Contribution) -> tuple[str, ...]:
    rows = IntelligenceInput.objects.filter(contribution=contribution, erased_at=None)
    return tuple(rows.order_by("pk").values_list("pk", flat=True))


def receivers_of(contribution: Contribution) -> tuple[str, ...]:
    """The units that an input of it was sent to."""
    sent = Dissemination.objects.filter(input__contribution=contribution)
    return tuple(sorted(set(sent.values_list("unit_id", flat=True))))


def erase_review(contribution: Contribution) -> None:
    """Empty all texts of desk and product; who decided what and when stays as codes."""
    Validation.objects.filter(contribution=contribution).update(purpose="", legality_note="")
    Prioritisation.objects.filter(contribution=contribution).update(reasons="", deviation_reason="")
    Drop.objects.filter(contribution=contribution).update(reason="")
    IntelligenceInput.objects.filter(contribution=contribution).update(
        title="", body="", identifiers=[], assessment=[], erased_at=clock.now()
    )
