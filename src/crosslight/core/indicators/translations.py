"""What a catalogue says in other languages: a file for each, beside the data of its version.

A translation changes no meaning, so it may be added to a version that is in use.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from crosslight.core.indicators.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """Texts by the id of an indicator or a concept; what is not translated is not there."""

    labels: Mapping[str, str]
    descriptions: Mapping[str, str]
    concepts: Mapping[str, str]
    innocent: Mapping[str, str]


NO_TRANSLATION = Translation(labels={}, descriptions={}, concepts={}, innocent={})


def parse_translation(
    name: str, raw: object, *, indicators: Collection[str], concepts: Collection[str]
) -> Translation:
    """Raises `CatalogueError`, naming the entry, where it speaks of what the catalogue has not."""
    document = Entry(name, raw)
    document.allow_only(("indicators", "concepts"))
    signs = _texts(document.entry("indicators"), ("label", "description"), known=indicators)
    ideas = _texts(document.entry("concepts"), ("label", "innocent"), known=concepts)
    return Translation(
        labels=signs["label"],
        descriptions=signs["description"],
        concepts=ideas["label"],
        innocent=ideas["innocent"],
    )


def _texts(
    section: Entry, keys: tuple[str, ...], *, known: Collection[str]
) -> dict[str, dict[str, str]]:
    unknown = sorted(set(section.names()) - set(known))
    if unknown:
        raise section.fault(f"the catalogue has no {', '.join(unknown)}.")
    found: dict[str, dict[str, str]] = {key: {} for key in keys}
    for each in section.names():
        entry = section.entry(each)
        entry.allow_only(keys)
        for key in keys:
            if entry.has(key):
                found[key][each] = entry.text(key)
    return found
