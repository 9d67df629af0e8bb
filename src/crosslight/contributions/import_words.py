"""What headings and cells of a table may say: codes, and the words of every language of the pages.

A table is read the same whoever goes on with it, so the language of the request plays no part.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.utils.translation import gettext, override

from crosslight.core.contributions.importing import CHOICES, FLAGS, Words, folded
from crosslight.core.indicators import catalogue
from crosslight.core.vocabulary.imports import FLAG_LABELS, IMPORT_COLUMN_LABELS, ImportColumn

_FLAG_CODES = {True: "yes", False: "no"}


@cache
def known_words(catalogue_version: str) -> Words:
    """Of words that mean two things in two languages, the first language wins."""
    headings: dict[str, ImportColumn] = {column.value: column for column in ImportColumn}
    answers: dict[ImportColumn, dict[str, str]] = {}
    for column, labels in CHOICES.items():
        answers[column] = {folded(member.value): member.value for member in labels}
    for column in FLAGS:
        answers[column] = dict.fromkeys(("yes", "true", "1"), "yes")
        answers[column] |= dict.fromkeys(("no", "false", "0"), "no")
    for language, _name in settings.LANGUAGES:
        with override(language):
            for column, said in _headings():
                headings.setdefault(folded(said), column)
            for column, code, said in _answers():
                answers[column].setdefault(folded(said), code)
    answers[ImportColumn.INDICATORS] = _indicators(catalogue_version)
    return Words(headings=headings, answers=answers)


def _headings() -> Iterator[tuple[ImportColumn, str]]:
    for column, label in IMPORT_COLUMN_LABELS.items():
        yield column, gettext(label)


def _answers() -> Iterator[tuple[ImportColumn, str, str]]:
    for column, labels in CHOICES.items():
        for member, label in labels.items():
            yield column, member.value, gettext(label)
    for column in FLAGS:
        for value, label in FLAG_LABELS.items():
            yield column, _FLAG_CODES[value], gettext(label)


def _indicators(version: str) -> dict[str, str]:
    return {folded(each): each for each in catalogue(version).by_id}
