"""The labels of the closed lists, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from django.utils.translation import gettext

E = TypeVar("E", bound=StrEnum)

Choices = Callable[[], list[tuple[str, str]]]


def word(labels: Mapping[E, str], code: E | None) -> str:
    """The label of one member; nothing where nothing was answered."""
    return "" if code is None else gettext(labels[code])


def choices(
    labels: Mapping[E, str], *, only: Iterable[E] | None = None, empty: str = ""
) -> Choices:
    """Choices for a form field, translated when the form is made and not when it is imported."""
    members = tuple(labels if only is None else only)

    def translated() -> list[tuple[str, str]]:
        first = [("", gettext(empty))] if empty else []
        return first + [(member.value, gettext(labels[member])) for member in members]

    return translated
