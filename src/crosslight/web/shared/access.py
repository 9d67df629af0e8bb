"""Every screen declares its action; what declares none does not open.

How to add a screen
-------------------
1. Write the view in `web/<role>/`, at most fifteen lines: read the input, call one service or
   selector with `request.actor`, render. It never catches an error of `foundation.errors`:
   `ErrorsAsPages` turns each into a page and puts the refusals on record.

       @screen(may_validate_contribution, methods=("GET", "POST"))
       def validate(request: ScreenRequest, contribution_id: str) -> HttpResponse: ...

   The rule given is asked for the role alone, before the view runs: who has no such role is told
   that there is nothing here. The service asks it again with the facts of the object.
   `SIGNED_IN` is for pages of the person themself, `PUBLIC` for pages without any data.
2. Name it in `web/<role>/urls.py`: `path("validate/<str:contribution_id>/", validate, name=…)`.
   Nothing is needed in `config/`: the surfaces include that table. For the menu, add the name to
   `shared/menu.py`.
3. Its template extends `base.html` and fills `title` and `content`; `{% load i18n crosslight %}`
   gives the components (`components/`, one tag each) and the filters `visible` (any text that a
   person typed), `moment`, `due`. No inline style, script or handler: the policy of the page
   refuses them. A page with htmx puts `{% block htmx %}{% include "components/htmx.html" %}`.
4. Forms derive from `shared.forms.ScreenForm`; a service's `FieldErrors` go back into it with
   `form.take(error)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from django.http import HttpRequest, HttpResponseBase

from crosslight.accounts.models import User
from crosslight.core.policy import Actor, Denial, Rule
from crosslight.foundation.errors import CrosslightError, MandateExpired, NotFoundOrHidden

View = Callable[..., HttpResponseBase]


class Marker(Enum):
    """What a screen declares where no rule of authority applies."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"


PUBLIC = Marker.PUBLIC
SIGNED_IN = Marker.SIGNED_IN
Action = Rule | Marker


class ScreenRequest(HttpRequest):
    """The request as a view sees it that is not PUBLIC: someone is there, and acts."""

    user: User
    actor: Actor


class WrongMethod(CrosslightError):
    code = "Z-405"
    what = "This page does not take that kind of request."
    remedy = "Go back and use the buttons of the page."

    def __init__(self, allowed: frozenset[str]) -> None:
        self.allowed = allowed
        super().__init__()


@dataclass(frozen=True, eq=False)
class Screen:
    """A view with its declared action; it refuses every method that it does not name."""

    view: View
    action: Action
    methods: frozenset[str]

    def __call__(
        self, request: HttpRequest, /, *arguments: object, **named: object
    ) -> HttpResponseBase:
        if request.method not in self.methods:
            raise WrongMethod(self.methods)
        return self.view(request, *arguments, **named)


class Declare(Protocol):
    def __call__(self, view: View) -> Screen: ...


def screen(action: Action, *, methods: Iterable[str] = ("GET",)) -> Declare:
    """Declare a view's action and the methods it takes; HEAD comes with GET."""
    allowed = frozenset(methods) | ({"HEAD"} if "GET" in methods else set())

    def declare(view: View) -> Screen:
        return Screen(view=view, action=action, methods=allowed)

    return declare


def action_name(action: Action) -> str:
    return action.name if isinstance(action, Rule) else action.value


def refusal_by_role(declared: Screen, actor: Actor) -> CrosslightError | None:
    """What the rule says to the role alone: whoever lacks it learns nothing of the screen."""
    if not isinstance(declared.action, Rule):
        return None
    denial = declared.action(actor).denial
    if denial is Denial.ROLE:
        return NotFoundOrHidden()
    if denial is Denial.MANDATE_EXPIRED:
        return MandateExpired()
    return None
