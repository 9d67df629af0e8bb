from __future__ import annotations

import pytest

from crosslight.core.contributions import Content, Identifier, Observed, danger_of, suggest_priority
from crosslight.core.indicators import catalogue
from crosslight.core.vocabulary.contributions import (
    Answer,
    DangerReason,
    IdentifierKind,
    ObservationBasis,
    Priority,
    Timing,
)
from tests.core.contributions.samples import complete, phone

CHILD_ONLY = "UNODC-CHI-09"


def suggested(content: Content) -> Priority:
    return suggest_priority(content, catalogue=catalogue()).priority


@pytest.mark.parametrize(
    ("changes", "priority"),
    [
        ({"danger": (DangerReason.CONFINEMENT,)}, Priority.P1),
        ({"observations": (Observed(CHILD_ONLY, ObservationBasis.SEEN),)}, Priority.P1),
        ({"identifiers": (phone(),)}, Priority.P2),
        ({"identifiers": (phone(),), "is_ongoing": Answer.NO}, Priority.P3),
        (
            {"identifiers": (phone(),), "timing": Timing.EARLIER, "is_ongoing": Answer.YES},
            Priority.P2,
        ),
        ({"timing": Timing.EARLIER}, Priority.P3),
        ({"timing": Timing.EARLIER, "place": ""}, Priority.P4),
    ],
)
def test_the_first_rule_that_holds_gives_the_class(
    changes: dict[str, object], priority: Priority
) -> None:
    assert suggested(complete(**changes)) is priority


def test_every_suggestion_gives_its_reasons_in_sentences() -> None:
    for content in (Content(), complete(), complete(danger=tuple(DangerReason))):
        reasons = suggest_priority(content, catalogue=catalogue()).reasons
        assert reasons
        assert all(reason.endswith(".") for reason in reasons)


def test_a_name_alone_is_not_specific() -> None:
    name = Identifier(kind=IdentifierKind.NAME, raw="Sample Person")
    content = complete(identifiers=(name,), place="", timing=Timing.EARLIER)
    assert suggested(content) is Priority.P4


def test_the_number_of_indicators_weighs_nothing() -> None:
    many = tuple(
        Observed(each.id, ObservationBasis.SEEN)
        for each in catalogue().indicators
        if len(each.applies_to) > 1
    )
    assert suggested(complete(observations=many)) is suggested(complete())


def test_a_child_is_seen_where_an_indicator_speaks_of_children_only() -> None:
    content = complete(observations=(Observed(CHILD_ONLY, ObservationBasis.SEEN),))
    assert danger_of(content, catalogue=catalogue()) == (DangerReason.CHILD,)


def test_an_unknown_indicator_is_no_danger() -> None:
    content = complete(observations=(Observed("NO-SUCH-1", ObservationBasis.SEEN),))
    assert danger_of(content, catalogue=catalogue()) == ()
