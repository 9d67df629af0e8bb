"""K17: who owes an answer. No value, no name, no case on the board."""

from __future__ import annotations

from datetime import timedelta

from crosslight.coordination.models import Match
from crosslight.foundation import clock
from tests.coordination.factories import acknowledged, closed, in_protection, notified
from tests.factories import World
from tests.web.signed_in import browser_of
from tests.web.unit.asking import body, get, page

SECRETS = ("canary", "Momodou", "Mamadou", "900123", "A-2026", "B-2026", "Ndeye", "Ousman")


def test_the_board_says_who_owes_what_until_when_and_nothing_else(world: World) -> None:
    pair = acknowledged(world)

    for reader in (world.ncp_a, world.ncp_b, world.rco):
        seen = page(reader, "board")
        assert pair.match.reference in seen
        assert "Compare and answer" in seen
        assert "Unit A" in seen
        assert "2 answers" not in seen
        assert not [secret for secret in SECRETS if secret in seen]


def test_overdue_is_said_in_words(world: World) -> None:
    pair = notified(world)
    Match.objects.filter(pk=pair.match.pk).update(acknowledge_by=clock.now() - timedelta(days=5))

    seen = body(get(world.ncp_a, "board", query="?view=overdue"))

    assert "overdue by 5 days" in seen
    assert "1 overdue" in seen


def test_closed_matches_are_in_the_whole_list_only(world: World) -> None:
    pair = closed(world)

    assert pair.match.reference not in page(world.rco, "board")
    assert pair.match.reference in body(get(world.rco, "board", query="?view=all"))
    assert "Nothing in this view." in body(get(world.rco, "board", query="?view=none"))


def test_protection_never_reaches_the_board(world: World) -> None:
    pair = in_protection(world)

    for reader in (world.ncp_a, world.rco):
        assert pair.match.reference not in body(get(reader, "board", query="?view=all"))


def test_a_third_country_and_other_roles_find_no_board(world: World) -> None:
    notified(world)

    for person in (world.ndeye, world.fatou, world.vpo_a, world.amina, world.luis, world.nuria):
        assert get(person, "board").status_code == 404


def test_the_views_are_named_after_the_matches_and_not_after_the_button(world: World) -> None:
    """English says "Open" for both; in other languages they are two words."""
    notified(world)
    board = browser_of(world.rco).get("/unit/board/", headers={"accept-language": "es"})
    seen = board.content.decode()

    assert "Abiertas" in seen
    assert "Todas" in seen
    assert "Abrir" not in seen
