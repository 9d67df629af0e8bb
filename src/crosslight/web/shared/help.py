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
    "landing": Topic(
        title=_("Help: for members of the public"),
        what=_(
            "This service is for organisations and authorities. Whoever else notices something, "
            "or needs help, calls the national hotline against trafficking: the police, a social "
            "service or a shelter tells its number."
        ),
        who_sees=_("Nobody: nothing is sent from here."),
        next_step=_("The hotline asks what you noticed, and says what it does with it."),
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
    "contributor:home": Topic(
        title=_("Help: my reports"),
        what=_("Drafts that you can continue, what waits for you, and what you sent."),
        who_sees=_("You and the reporters of your organisation."),
        next_step=_("Start a new report, continue a draft, or open a report to answer the desk."),
    ),
    "contributor:page": Topic(
        title=_("Help: writing a report"),
        what=_(
            "Each page is saved on the server when you continue, and every 15 seconds while you "
            "type. You can stop at any time and go on later, also on another device."
        ),
        who_sees=_("You and your organisation, until you send it. Then the desk of your country."),
        next_step=_(
            "Say only what you already know. Leave empty what you do not know. Do not name a "
            "possible victim without their agreement."
        ),
    ),
    "contributor:check": Topic(
        title=_("Help: checking and sending"),
        what=_("Everything that will be sent, page by page. Each part can still be changed."),
        who_sees=_("The page says who will see it, beside the button."),
        next_step=_("Send it, or correct first what stands at the top of the page."),
    ),
    "contributor:receipt": Topic(
        title=_("Help: the receipt"),
        what=_(
            "The code, the time and the fingerprint (SHA-256) prove what you sent and when. They "
            "protect you if it is ever asked whether you acted in good faith."
        ),
        who_sees=_("You and the reporters of your organisation."),
        next_step=_("Keep the code. You find it again on the page of the report."),
    ),
    "contributor:contribution": Topic(
        title=_("Help: a report that you sent"),
        what=_("Where it stands, the questions of the desk, your answers and the feedback."),
        who_sees=_("You, the reporters of your organisation and the desk of your country."),
        next_step=_(
            "Answer a question only with what you already know. Until the desk has validated the "
            "report, you can withdraw it."
        ),
    ),
    "desk:home": Topic(
        title=_("Help: the queue"),
        what=_("Reports of your country, danger first, then the oldest. Each view is a filter."),
        who_sees=_("The desk of your country. Opening a report is on record."),
        next_step=_("Take the next report; your colleagues then see that you have it."),
    ),
    "desk:contribution": Topic(
        title=_("Help: reviewing a report"),
        what=_(
            "The report on one side, on the other only the steps that are possible now. "
            "Completeness and suggested priority are advice; a person decides, in writing."
        ),
        who_sees=_("The desk of your country. Each form says who sees what it sends."),
        next_step=_("Validate, return or refuse; then prioritise, ask, send to units or drop."),
    ),
    "desk:disseminate": Topic(
        title=_("Help: sending to units"),
        what=_("Units receive your text, not the report, and never who contributed it."),
        who_sees=_("The units that you choose, and the desk of your country."),
        next_step=_("Write the text, look at it as the units will, then sign and send it."),
    ),
}


def help_on(page: str) -> Topic:
    return TOPICS.get(page, GENERAL)
