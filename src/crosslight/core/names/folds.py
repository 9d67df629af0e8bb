"""Letter rules: spellings that differ only by orthography come to one form."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from crosslight.core.names.packaged import load
from crosslight.core.names.scripts import to_latin


@dataclass(frozen=True, slots=True)
class LetterRule:
    note: str
    pattern: re.Pattern[str]
    replacement: str | dict[str, str]
    examples: tuple[tuple[str, str], ...]

    def apply(self, word: str) -> str:
        return self.pattern.sub(self._substitute(), word)

    def _substitute(self) -> str | Callable[[re.Match[str]], str]:
        table = self.replacement
        if isinstance(table, str):
            return table
        return lambda found: table[found.group()]


def _load_rules() -> tuple[LetterRule, ...]:
    return tuple(
        LetterRule(
            note=rule["note"],
            pattern=re.compile(rule["pattern"]),
            replacement=rule["replacement"],
            examples=tuple((left, right) for left, right in rule["examples"]),
        )
        for rule in load("letter_rules-0.1.0.yaml")["rules"]
    )


LETTER_RULES = _load_rules()


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Form of one word (lower-case Latin letters) under all letter rules in order."""
    folded = word
    for rule in LETTER_RULES:
        folded = rule.apply(folded)
    return folded or word


def fold_spelling(spelling: str) -> str:
    """Fold of a spelling as a lexicon writes it: any case, accents, apostrophes, spaces."""
    return fold(re.sub(r"[^a-z]", "", to_latin(spelling)))
