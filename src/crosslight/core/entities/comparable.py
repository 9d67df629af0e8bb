"""The form of one value by which a unit finds it again among its own records."""

from __future__ import annotations

from crosslight.core.matching import exact_keys, prepare, record_from_properties

LONGEST_FORM = 255


def comparable_form(schema: str, name: str, value: str, *, country: str | None) -> str:
    """An identifier's exact key, a name's words in any order; "" where nothing can be compared."""
    if "\x00" in value:
        return ""
    record = record_from_properties(
        id="", schema=schema, properties={name: [value]}, country=country
    )
    prepared = prepare(record)
    exact = exact_keys(prepared)
    if exact:
        return min(exact.values())[:LONGEST_FORM]
    words = {token.canonical for form in prepared.names for token in form.parsed.tokens}
    return " ".join(f"token:{word}" for word in sorted(words))[:LONGEST_FORM]
