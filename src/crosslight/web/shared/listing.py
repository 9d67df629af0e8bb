"""Several words in a row, as the script of the page writes them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language_bidi


def comma() -> str:
    return "، " if get_language_bidi() else ", "


def listed(words: Iterable[object]) -> str:
    return comma().join(map(str, words))
