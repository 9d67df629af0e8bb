from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule that a draft breaks; `field` is `schema` or `statements.<number>.<name>`."""

    code: str
    field: str
    message: str
    remedy: str
