"""Sizes of files in words."""

from __future__ import annotations

from django.utils.translation import ngettext

_KILO = 1000
_UNITS = ("kB", "MB", "GB")


def size_words(size: int) -> str:
    """`3.4 MB`, in thousands, as phones and file managers count."""
    if size < _KILO:
        return ngettext("%(n)d byte", "%(n)d bytes", size) % {"n": size}
    power = min((len(str(size)) - 1) // 3, len(_UNITS))
    return f"{size / _KILO**power:.1f} {_UNITS[power - 1]}"
