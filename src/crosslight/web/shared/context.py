"""What every template knows: language, mode, who acts, their menu, what waits for them."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi, get_language_info, gettext

from crosslight.accounts.models import User
from crosslight.accounts.selectors import count_unread
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.people import CONTRIBUTOR_ROLES, LABELS
from crosslight.web.shared.actors import needs_second_factor
from crosslight.web.shared.menu import menu_of

# A page that looks like nothing in particular on the screen of whoever comes near.
NEUTRAL_SITE = "https://www.wikipedia.org/"


def everywhere(request: HttpRequest) -> dict[str, object]:
    actor = getattr(request, "actor", None)
    language = get_language() or settings.LANGUAGE_CODE
    known: dict[str, object] = {
        "language": language,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "languages": [get_language_info(code) for code, _name in settings.LANGUAGES_OFFERED],
        "is_practice": settings.IS_DEMO,
        "neutral_site": NEUTRAL_SITE,
        "actor": actor,
        "has_quick_exit": actor is None or not actor.roles.isdisjoint(CONTRIBUTOR_ROLES),
    }
    return known | _of_actor(request, actor) if isinstance(actor, Actor) else known


def _of_actor(request: HttpRequest, actor: Actor) -> dict[str, object]:
    user = request.user
    waits_for_factor = needs_second_factor(actor)
    return {
        "actor_name": user.name if isinstance(user, User) else "",
        "actor_roles": [gettext(LABELS[role]) for role in LABELS if role in actor.roles],
        "menu": () if waits_for_factor else menu_of(actor, request),
        "notices_waiting": cache(lambda: _count(user)),
    }


def _count(user: object) -> int:
    return count_unread(user) if isinstance(user, User) else 0
