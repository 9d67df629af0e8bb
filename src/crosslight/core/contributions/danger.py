"""Which contributions a person must look at within the hour. A flag for people, not a priority."""

from __future__ import annotations

from crosslight.core.contributions.content import Content
from crosslight.core.indicators import AgeGroup, Catalogue
from crosslight.core.vocabulary.contributions import DangerReason


def danger_of(content: Content, *, catalogue: Catalogue) -> tuple[DangerReason, ...]:
    """What the contributor said, and a child where an indicator speaks of children only."""
    reasons = set(content.danger)
    if any(
        _is_about_children(observed.indicator_id, catalogue) for observed in content.observations
    ):
        reasons.add(DangerReason.CHILD)
    return tuple(reason for reason in DangerReason if reason in reasons)


def _is_about_children(indicator_id: str, catalogue: Catalogue) -> bool:
    indicator = catalogue.by_id.get(indicator_id)
    return indicator is not None and indicator.applies_to == {AgeGroup.CHILD}
