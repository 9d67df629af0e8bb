"""Words that carry little or no identity: particles, titles, abbreviations, legal forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from crosslight.core.names.packaged import load


@dataclass(frozen=True, slots=True)
class Particles:
    """`patronymic` is searched in a word in Latin letters."""

    filiation: frozenset[str]
    dropped: frozenset[str]
    titles: frozenset[str]
    honorific_names: frozenset[str]
    legal_forms: frozenset[str]
    abbreviations: Mapping[str, str]
    patronymic: re.Pattern[str]


@cache
def particles() -> Particles:
    """The current release, read once."""
    content = load("particles-0.2.0.yaml")
    return Particles(
        filiation=frozenset(content["filiation"]),
        dropped=frozenset(content["dropped"]),
        titles=frozenset(content["titles"]),
        honorific_names=frozenset(content["honorific_names"]),
        legal_forms=frozenset(content["legal_forms"]),
        abbreviations=content["abbreviations"],
        patronymic=re.compile(content["patronymic"]),
    )
