"""A record as it stood when its owner released it: what a handover or a joint room shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from crosslight.core.vocabulary.law import HandlingCode, most_restrictive


@dataclass(frozen=True, slots=True)
class StatementSnapshot:
    """`source` names the releasing unit only: what points to a person who spoke stays home."""

    property: str
    value: str
    source: str
    source_grade: str
    information_grade: str
    handling_code: str
    nature: str
    observed_on: str
    originator_unit_id: str


@dataclass(frozen=True, slots=True)
class EntitySnapshot:
    schema: str
    caption: str
    role: str
    subject_category: str
    statements: tuple[StatementSnapshot, ...]

    @property
    def handling_code(self) -> HandlingCode:
        """I5: the most restrictive of all its statements."""
        codes = [HandlingCode(item.handling_code) for item in self.statements]
        return most_restrictive(*codes)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> EntitySnapshot:
        statements: Sequence[Mapping[str, str]] = content["statements"]
        rest = {key: value for key, value in content.items() if key != "statements"}
        return cls(**rest, statements=tuple(StatementSnapshot(**item) for item in statements))


def is_barred_from_court(code: HandlingCode) -> bool:
    """I5: the mark that an H1 item carries wherever it goes."""
    return code is not HandlingCode.H0
