"""Text basics shared by the identifier modules."""

from __future__ import annotations

import re
import unicodedata

_COUNTRY_CODE = re.compile(r"[A-Z]{2}")


def to_ascii_digits(raw: str) -> str:
    """Compatibility form of `raw`, with the digits of every script written 0-9."""
    folded = unicodedata.normalize("NFKC", raw)
    if folded.isascii():
        return folded
    return "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in folded)


def upper_alphanumerics(raw: str) -> str:
    """Only the letters and digits of `raw`, upper case, accents removed."""
    decomposed = unicodedata.normalize("NFKD", to_ascii_digits(raw)).upper()
    return "".join(char for char in decomposed if char.isascii() and char.isalnum())


def country_code(country: str | None) -> str | None:
    """Two-letter ISO 3166 code in upper case, or None where `country` is not one."""
    code = (country or "").strip().upper()
    return code if _COUNTRY_CODE.fullmatch(code) else None
