"""The terms of each of the three decisions: which fields, and which of them are compulsory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crosslight.core.vocabulary.coordination import DecisionKind

PROCEDURE_VERSION = "crosslight-procedures-1"
LONGEST_TERM = 2000


@dataclass(frozen=True, slots=True)
class Term:
    name: str
    label: str
    is_required: bool = True
    is_date: bool = False
    is_unit: bool = False


TERMS: Mapping[DecisionKind, tuple[Term, ...]] = {
    DecisionKind.SEPARATE: (
        Term("boundary", "Who covers whom, where and what"),
        Term("until", "Until", is_date=True),
    ),
    DecisionKind.HANDOVER: (
        Term("gives", "What is given"),
        Term("still_needed", "What the giver still needs back", is_required=False),
    ),
    DecisionKind.JOINT: (
        Term("lead_unit", "Lead unit", is_unit=True),
        Term("tasks", "Who does what"),
        Term("formal_steps", "Formal steps: prosecutor, joint team, liaison", is_required=False),
    ),
}


def terms_of(kind: DecisionKind) -> tuple[Term, ...]:
    return TERMS[kind]
