"""A.6: protection officers and national points learn that coordination is needed, nothing else."""

from __future__ import annotations

from crosslight.coordination.models import ProtectionChoice
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.vocabulary.coordination import ProtectionStep
from tests.coordination.factories import in_protection, notified
from tests.factories import World
from tests.web.unit.asking import HIDDEN_MATCH, body, get, page, post

SAFETY = {"step": ProtectionStep.SAFETY_ACTION, "reason": "Moved to a safe house"}


def test_I13_the_pages_name_no_case_and_no_unit_of_the_other_country(world: World) -> None:
    pair = in_protection(world)

    for reader in (world.vpo_a, world.ncp_a):
        seen = page(reader, "protection") + page(reader, "protection_match", pair.match.pk)
        assert "Protection coordination needed" in seen
        assert "Unit A" in seen
        assert "Unit B" not in seen
        for secret in ("canary", "Momodou", "Mamadou", "900123", pair.inv_a.reference):
            assert secret not in seen
    theirs = page(world.vpo_b, "protection_match", pair.match.pk)
    assert "Unit B" in theirs
    assert "Unit A" not in theirs


def test_I13_investigators_find_nothing(world: World) -> None:
    pair = in_protection(world)

    for person in (world.ndeye, world.fatou, world.ousman, world.lamin, world.amina, world.rco):
        for name in ("protection_match", "match", "decide"):
            hidden, absent = get(person, name, pair.match.pk), get(person, name, HIDDEN_MATCH)
            assert hidden.status_code == absent.status_code == 404
            assert hidden.content == absent.content


def test_both_countries_decide_and_keep_their_reasons(world: World) -> None:
    pair = in_protection(world)

    assert post(world.vpo_a, "protection_decide", pair.match.pk, **SAFETY).status_code == 302
    half = page(world.vpo_b, "protection_match", pair.match.pk)
    post(
        world.vpo_b,
        "protection_decide",
        pair.match.pk,
        step=ProtectionStep.INFORM_BY_LAW,
        ground="S-12",
        reason="By the law of Suderland",
    )
    whole = page(world.vpo_a, "protection_match", pair.match.pk)

    assert "Take a safety action" in half
    assert "Moved to a safe house" not in half
    assert "Decided by Suderland" in whole
    assert "By the law of Suderland" not in whole
    assert "S-12" not in whole
    assert pair.match.state == MatchState.PROTECTION_DECIDED


def test_what_is_missing_is_said_at_the_field(world: World) -> None:
    pair = in_protection(world)
    inform = {"step": ProtectionStep.INFORM_WITH_CONSENT, "reason": "She wishes it"}

    nothing = post(world.vpo_a, "protection_decide", pair.match.pk)
    no_ground = post(world.vpo_a, "protection_decide", pair.match.pk, **inform)

    assert nothing.status_code == no_ground.status_code == 422
    assert "Choose a step" in body(nothing)
    assert "needs a consent or a legal exception" in body(no_ground)
    assert "She wishes it" in body(no_ground)
    assert not ProtectionChoice.objects.exists()


def test_only_protection_officers_decide_and_once(world: World) -> None:
    pair = in_protection(world)

    assert "Record the step" not in page(world.ncp_a, "protection_match", pair.match.pk)
    assert post(world.ncp_a, "protection_decide", pair.match.pk, **SAFETY).status_code == 404
    post(world.vpo_a, "protection_decide", pair.match.pk, **SAFETY)
    again = post(world.vpo_a, "protection_decide", pair.match.pk, **SAFETY)

    assert again.status_code == 409
    assert ProtectionChoice.objects.count() == 1


def test_an_ordinary_match_is_no_matter_of_protection(world: World) -> None:
    pair = notified(world)

    assert "No protection coordination is needed." in page(world.vpo_a, "protection")
    assert get(world.vpo_a, "protection_match", pair.match.pk).status_code == 404
