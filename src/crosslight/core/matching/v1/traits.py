"""Forms of plain traits: sex, place, occupation."""

from __future__ import annotations

from functools import lru_cache

from crosslight.core.attributes.addresses import words
from crosslight.core.names.folds import fold

_SEX = {
    "m": "male",
    "male": "male",
    "man": "male",
    "h": "male",
    "homme": "male",
    "hombre": "male",
    "masculin": "male",
    "masculino": "male",
    "f": "female",
    "female": "female",
    "woman": "female",
    "w": "female",
    "femme": "female",
    "mujer": "female",
    "feminin": "female",
    "féminin": "female",
    "femenino": "female",
    "feminino": "female",
}


def sex_form(raw: str) -> str:
    """`male` or `female`; empty for anything else, which is compared with nothing."""
    return _SEX.get(raw.strip().casefold(), "")


@lru_cache(maxsize=65_536)
def place_form(raw: str) -> str:
    """Folded words in order of the alphabet: Tambacounda and Tambakunda become one."""
    return " ".join(sorted(fold(word) for word in words(raw)))
