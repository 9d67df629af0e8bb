from __future__ import annotations

import importlib
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape

from crosslight.accounts.models import User
from crosslight.core.policy.rules import may_view_ledger
from crosslight.exercises.making import NotInPractice
from crosslight.exercises.personas import persona_user, personas, record_sign_in
from crosslight.exercises.timeline import Stage
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from crosslight.web.shared.actors import actor_of_request


def test_the_page_shows_a_card_for_each_persona(people: Stage, visitor: Client) -> None:
    page = visitor.get("/demo/").content.decode()

    assert page.index("Amina") < page.index("Luis") < page.index("Ndeye") < page.index("Ousman")
    for card in personas_of(people):
        assert f'action="/demo/as/{card}/"' in page
    assert "PRACTICE" in page
    assert page.count('class="persona"') == len(people.world.personas)


def personas_of(people: Stage) -> list[str]:
    return [persona.key for persona in people.world.personas]


def test_one_click_signs_in_with_a_second_factor_and_on_record(
    people: Stage, visitor: Client
) -> None:
    response = visitor.post("/demo/as/nuria/")

    assert response.status_code == 302
    assert visitor.session["_auth_user_id"] == people.id("nuria")
    request = visitor.get("/demo/").wsgi_request
    actor = actor_of_request(request)
    assert actor is not None
    assert actor.has_mfa
    assert may_view_ledger(actor).allowed
    (opened,) = read_entries(act=Act.SESSION_OPENED.value)
    assert opened.entry.actor == people.id("nuria")
    assert opened.entry.reference == "persona"
    assert opened.entry.session


def test_the_mark_of_a_persona_counts_nothing_outside_demo_mode(
    people: Stage, visitor: Client, settings: object
) -> None:
    visitor.post("/demo/as/nuria/")
    settings.IS_DEMO = False  # type: ignore[attr-defined]

    actor = actor_of_request(visitor.get("/help/").wsgi_request)

    assert actor is not None
    assert not actor.has_mfa
    assert not may_view_ledger(actor).allowed


def test_switching_person_leaves_nothing_of_the_first_session(
    people: Stage, visitor: Client
) -> None:
    visitor.post("/demo/as/ndeye/")
    first = visitor.session.session_key
    visitor.post("/demo/as/amina/")

    assert visitor.session["_auth_user_id"] == people.id("amina")
    assert visitor.session.session_key != first
    assert 'href="/demo/"' in visitor.get("/notices/").content.decode()


def test_nobody_becomes_a_persona_by_a_link_or_a_foreign_form(
    people: Stage, demo_mode: None
) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.get("/demo/as/luis/").status_code == 405
    assert strict.post("/demo/as/luis/").status_code == 403
    assert "_auth_user_id" not in strict.session


@pytest.mark.parametrize("key", ["ada", "marta", "nobody", "AMINA"])
def test_only_personas_can_be_entered(people: Stage, visitor: Client, key: str) -> None:
    assert visitor.post(f"/demo/as/{key}/").status_code == 404
    assert "_auth_user_id" not in visitor.session


def test_without_a_world_the_page_says_what_to_do(db: None, visitor: Client) -> None:
    page = visitor.get("/demo/").content.decode()

    assert "crosslight demo --reset" in page
    assert 'class="persona"' not in page


def test_the_language_of_the_command_is_kept(people: Stage, visitor: Client) -> None:
    response = visitor.get("/demo/?language=ar", follow=True)

    assert response.redirect_chain == [("/demo/", 302)]
    assert 'dir="rtl"' in response.content.decode()
    assert visitor.get("/demo/?language=xx").status_code == 200


def test_the_checklist_ticks_what_the_ledger_holds(people: Stage, visitor: Client) -> None:
    assert visitor.get("/demo/steps/").content.decode().count("is-done") == 0


def test_outside_demo_mode_there_is_no_such_address(people: Stage, client: Client) -> None:
    for address in ("/demo/", "/demo/steps/", "/demo/as/amina/"):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("demo")


def test_outside_demo_mode_the_services_refuse(people: Stage) -> None:
    amina = User.objects.get(pk=people.id("amina"))
    assert amina.is_active

    with pytest.raises(NotInPractice):
        personas()
    with pytest.raises(NotInPractice):
        persona_user("amina")
    with pytest.raises(NotInPractice):
        record_sign_in(actor=people.actor("amina"))


@pytest.mark.parametrize("surface", ["urls", "urls_contributor", "urls_authority"])
def test_in_production_the_door_is_not_even_imported(surface: str, tmp_path: object) -> None:
    probe = (
        "import django, importlib, sys; django.setup();"
        f"importlib.import_module('crosslight.config.{surface}');"
        "sys.exit('crosslight.web.exercise.views' in sys.modules)"
    )
    variables = {
        "CROSSLIGHT_ENV": "production",
        "CROSSLIGHT_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "crosslight.config.settings",
        "PATH": "/usr/bin:/bin",
    }

    done = subprocess.run([sys.executable, "-c", probe], env=variables, check=False)

    assert done.returncode == 0


def test_every_address_of_the_demo_declares_its_action() -> None:
    from crosslight.web.shared.access import Screen

    for pattern in importlib.import_module("crosslight.web.exercise.urls").urlpatterns:
        assert isinstance(pattern.callback, Screen)


def test_only_the_exercise_director_sees_what_is_planted(people: Stage, visitor: Client) -> None:
    for key in ("amina", "ndeye", "nuria"):
        visitor.post(f"/demo/as/{key}/")
        assert "Boubacar Diarra" not in visitor.get("/demo/").content.decode()

    response = visitor.post("/demo/as/jo/", follow=True)

    assert response.redirect_chain[-1][0] == "/demo/"
    page = response.content.decode()
    assert page.count("Protection officers only") == 1
    for pair in (*people.world.planted, *people.world.look_alikes):
        assert escape(pair.why) in page
