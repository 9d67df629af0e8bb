from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Denial(StrEnum):
    """Why not, from the first clause that failed to the last: the closest miss is reported."""

    ROLE = "role"
    MANDATE_EXPIRED = "mandate_expired"
    MFA = "mfa"
    RELATION = "relation"
    CONDITION = "condition"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Decision:
    allowed: bool
    reason: str
    denial: Denial | None = None

    def __bool__(self) -> bool:
        return self.allowed


def allow(reason: str) -> Decision:
    return Decision(allowed=True, reason=reason)


def deny(denial: Denial, reason: str) -> Decision:
    return Decision(allowed=False, reason=reason, denial=denial)
