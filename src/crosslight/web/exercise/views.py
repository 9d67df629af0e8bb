"""Choosing who to be in a practice world. Imported by the URL table in demo mode only."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from crosslight.core.vocabulary.people import Role
from crosslight.exercises.personas import persona_user, personas, record_sign_in
from crosslight.exercises.truth import truth_of_world
from crosslight.web.exercise.steps import shown_steps
from crosslight.web.shared.access import PUBLIC, screen
from crosslight.web.shared.actors import PERSONA, actor_of_request


@screen(PUBLIC)
def demo(request: HttpRequest) -> HttpResponse:
    """Cards and checklist; `?language=` is how the command's --lang arrives."""
    language = request.GET.get("language", "")
    if language in dict(settings.LANGUAGES):
        return _in_language(language)
    cards = personas()
    return render(
        request,
        "exercise/demo.html",
        {
            "walkers": [card for card in cards if card.is_on_the_walk],
            "others": [card for card in cards if not card.is_on_the_walk],
            "steps": shown_steps(),
            "truth": truth_of_world() if _is_director(request) else None,
        },
    )


@screen(PUBLIC)
def steps(request: HttpRequest) -> HttpResponse:
    """The checklist alone, asked for again and again by the page that shows it."""
    return render(request, "exercise/_steps.html", {"steps": shown_steps()})


@screen(PUBLIC, methods=("POST",))
def become(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as a persona.

    Its session counts as one that showed a second factor, in demo mode alone: the mark written
    here is read by `web.shared.actors.has_second_factor`.
    """
    user = persona_user(key)
    login(request, user)
    record_authentication(request, user, method=PERSONA)
    request.session.save()
    actor = actor_of_request(request)
    if actor is not None:
        record_sign_in(actor=actor)
    return redirect("home")


def _is_director(request: HttpRequest) -> bool:
    actor = actor_of_request(request)
    return actor is not None and actor.has(Role.EXERCISE_DIRECTOR)


def _in_language(language: str) -> HttpResponse:
    response = redirect("demo")
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
    return response
