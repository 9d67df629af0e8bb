"""Help on this page: what it is, who sees it, what happens next. One topic per page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Topic:
    title: str | Promise
    what: str | Promise
    who_sees: str | Promise
    next_step: str | Promise


GENERAL = Topic(
    title=_("Help"),
    what=_(
        "Crosslight brings weak signals of trafficking in human beings to the authority that may "
        "act on them, and shows investigation units when two of them hold the same person."
    ),
    who_sees=_("Each page says who will see what you send, next to its button."),
    next_step=_("Use the menu to go back to your work. Nothing is sent until you press a button."),
)
_OWN_EYES = _("Only you.")
TOPICS: Mapping[str, Topic] = {
    "account_login": Topic(
        title=_("Help: signing in"),
        what=_(
            "Sign in with your work e-mail, your password and, for authorities, the code of your "
            "authenticator app. You may paste the password."
        ),
        who_sees=_("That you signed in is on record. Your password is not."),
        next_step=_("No access? Ask the administrator of your organisation or unit."),
    ),
    "mfa_activate_totp": Topic(
        title=_("Help: the second factor"),
        what=_(
            "An authenticator app on your phone shows a new code of six digits every 30 seconds. "
            "Scan the square picture once; the app then works without a network."
        ),
        who_sees=_OWN_EYES,
        next_step=_("Keep the recovery codes on paper, away from the phone."),
    ),
    "notices": Topic(
        title=_("Help: notices"),
        what=_("Notices say that something waits for you and until when. They carry no content."),
        who_sees=_OWN_EYES,
        next_step=_("Open a notice to go to its page, or mark it as read."),
    ),
    "my_account": Topic(
        title=_("Help: my account"),
        what=_("Language, password and second factor of your account."),
        who_sees=_("You, and the administrator of the service; never your password."),
        next_step=_("Roles come from mandates: your administrator gives and ends them."),
    ),
}


def help_on(page: str) -> Topic:
    return TOPICS.get(page, GENERAL)
