"""International bank account numbers (ISO 13616, check digits modulo 97)."""

from __future__ import annotations

import re

from stdnum import iban
from stdnum.exceptions import ValidationError

from crosslight.core.attributes.text import upper_alphanumerics

_LONGEST = 34
_SHAPE = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,}")


def normalise(raw: str, *, country: str | None = None) -> str | None:
    """Compact upper-case IBAN, or None when length or check digits are wrong.

    `country` is accepted for symmetry with the other identifiers and must agree if given.
    """
    compact = upper_alphanumerics(raw)
    if len(compact) > _LONGEST or not _SHAPE.match(compact) or not is_valid(compact):
        return None
    if country and not compact.startswith(country.strip().upper()):
        return None
    return compact


def is_valid(raw: str) -> bool:
    """Whether the modulo-97 check holds; the national structure is not asked of `raw`."""
    try:
        iban.validate(upper_alphanumerics(raw), check_country=False)
    except ValidationError:
        return False
    return True


def display(value: str) -> str:
    """Groups of four, as printed on paper."""
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))
