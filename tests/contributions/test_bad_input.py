"""What people and machines send by mistake or by malice: a clear error each, and nothing lost."""

from __future__ import annotations

import pytest

from crosslight.contributions.models import Contribution
from crosslight.contributions.services import save_content, save_page, submit_contribution
from crosslight.core.contributions import Content
from crosslight.foundation.errors import FieldErrors, MandateExpired, NotFoundOrHidden
from tests.contributions.factories import draft, red_flag
from tests.factories import World

OVERRIDE = "\u202e"


def codes_of(world: World, **values: object) -> list[tuple[str, str]]:
    """The faults of saving `values` over a complete draft, which must stay as it was."""
    contribution = draft(world.amina, red_flag())
    before = Contribution.objects.get(pk=contribution.pk)
    with pytest.raises(FieldErrors) as caught:
        save_content(
            actor=world.amina,
            contribution_id=contribution.pk,
            version=contribution.version,
            content=red_flag(**values),
        )
    after = Contribution.objects.get(pk=contribution.pk)
    assert (after.content, after.version) == (before.content, before.version)
    for error in caught.value.errors:
        assert error.message
        assert error.remedy
    return [(error.code, error.field) for error in caught.value.errors]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"facts": "A NUL \0 inside"}, ("I-031", "facts")),
        ({"place": "bell \x07"}, ("I-031", "place")),
        ({"assessment": "half \ud83d"}, ("I-031", "assessment")),
        (
            {"identifiers": [{"kind": "phone", "raw": "\x00+44 7700 900123"}]},
            ("I-031", "identifiers.0.raw"),
        ),
        ({"facts": "x" * 2001}, ("I-032", "facts")),
        ({"facts": "x" * 3_000_000}, ("I-032", "facts")),
        ({"place": "x" * 201}, ("I-032", "place")),
        ({"timing": "x" * 100_000}, ("I-032", "timing")),
        ({"observations": [{"indicator_id": "I" * 61}]}, ("I-032", "observations.0.indicator_id")),
        ({"observations": [{"indicator_id": "A"}] * 201}, ("I-033", "observations")),
        ({"identifiers": [{"kind": "phone", "raw": "1"}] * 51}, ("I-033", "identifiers")),
        ({"is_admin": True}, ("I-035", "is_admin")),
        ({"facts": {"nested": {"deeper": {"deepest": "x"}}}}, ("I-037", "facts")),
    ],
)
def test_each_fault_is_named_and_the_draft_stays(
    world: World, values: dict[str, object], expected: tuple[str, str]
) -> None:
    assert expected in codes_of(world, **values)


def test_all_faults_of_a_page_are_named_at_once(world: World) -> None:
    assert sorted(codes_of(world, facts="\0", place="\0", timing="soon", extra=1)) == [
        ("I-031", "facts"),
        ("I-031", "place"),
        ("I-034", "timing"),
        ("I-035", "extra"),
    ]


def test_right_to_left_overrides_are_kept_as_evidence(world: World) -> None:
    facts = f"The advert says {OVERRIDE}moc.elpmaxe and nothing more than that."
    contribution = draft(world.amina, red_flag(facts=facts))
    assert Content.from_dict(contribution.content).facts == facts
    assert submit_contribution(actor=world.amina, contribution_id=contribution.pk).is_received


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"observed_on": "31/02/2026"}, "F-109"),
        ({"observed_on": "2999-01-01"}, "F-110"),
        ({"observations": [{"indicator_id": "ILO-D9-99", "basis": "seen"}]}, "F-102"),
        ({"observations": [{"indicator_id": "' OR 1=1 --", "basis": "seen"}]}, "F-102"),
        ({"observations": []}, "F-101"),
    ],
)
def test_what_a_draft_may_hold_is_named_when_it_is_sent(
    world: World, values: dict[str, object], code: str
) -> None:
    contribution = draft(world.amina, red_flag(**values))
    submission = submit_contribution(actor=world.amina, contribution_id=contribution.pk)
    assert [fault.code for fault in submission.faults] == [code]


def test_an_empty_draft_can_be_sent_and_comes_back(world: World) -> None:
    submission = submit_contribution(actor=world.amina, contribution_id=draft(world.amina).pk)
    assert len(submission.faults) > 5


def test_an_expired_mandate_sends_nothing(world: World) -> None:
    contribution = draft(world.amina, red_flag())
    with pytest.raises(MandateExpired):
        submit_contribution(actor=world.expired, contribution_id=contribution.pk)


@pytest.mark.parametrize("contribution_id", ["", "x", "con_\0", "con_" + "z" * 5000, "usr_1"])
def test_a_malformed_identifier_is_not_found(world: World, contribution_id: str) -> None:
    with pytest.raises(NotFoundOrHidden):
        save_page(
            actor=world.amina,
            contribution_id=contribution_id,
            version=1,
            page="words",
            values={"facts": "x"},
        )
