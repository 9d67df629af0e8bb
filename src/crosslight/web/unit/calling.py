"""Whom to call: a duty contact, the languages in words and the clock on the wall there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language_info, gettext

from crosslight.coordination.selectors.views import DutyContact
from crosslight.foundation import clock
from crosslight.web.shared.listing import listed


@dataclass(frozen=True, slots=True)
class Duty:
    name: str
    phone: str
    languages: str
    local_time: str


def duty_of(contact: DutyContact) -> Duty:
    return Duty(
        name=contact.name,
        phone=contact.phone,
        languages=_language_names(contact.languages),
        local_time=_time_at(clock.now(), contact.time_zone),
    )


def _language_names(codes: str) -> str:
    """`en, fr` as words in the language of the page."""
    return listed(_language_name(code.strip()) for code in codes.split(","))


def _language_name(code: str) -> str:
    try:
        return gettext(get_language_info(code)["name"])
    except KeyError:
        return code


def _time_at(moment: datetime, zone: str) -> str:
    return date_format(moment.astimezone(ZoneInfo(zone)), "H:i")
