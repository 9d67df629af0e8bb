"""The form of one value by which a unit finds it again among its own records."""

from __future__ import annotations

from crosslight.core.matching import prepare, record_from_properties

LONGEST_FORM = 255


def comparable_form(schema: str, name: str, value: str, *, country: str | None) -> str:
    """An identifier's exact key, a name's words in any order; "" where nothing can be compared."""
    if "\x00" in value:
        return ""
    record = record_from_properties(
        id="", schema=schema, properties={name: [value]}, country=country
    )
    prepared = prepare(record)
    if prepared.exact_keys:
        return min(prepared.exact_keys)[:LONGEST_FORM]
    words = sorted(key for key in prepared.keys if "token:" in key)
    return " ".join(words)[:LONGEST_FORM]
