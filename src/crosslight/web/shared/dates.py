"""Days and moments as the language of the page writes them, the month in words."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

# Translators: letters of Django's date filter, here day, short month, year, hour and minute.
MOMENT = gettext_noop("j M Y H:i")
# Translators: letters of Django's date filter, here day, short month and year.
DAY = gettext_noop("j M Y")
# Translators: letters of Django's date filter, here day, short month, hour and minute.
MOMENT_NEAR = gettext_noop("j M H:i")


def written(value: date, form: str) -> str:
    return date_format(value, gettext(form))
