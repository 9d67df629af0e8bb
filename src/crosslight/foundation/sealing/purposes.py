from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """What is sealed. Each has a key-encryption key of its own, so that one leak opens one kind."""

    CONTRIBUTION = "contribution"
    VICTIM = "victim"
    AUDIT = "audit"
    PACKAGE = "package"
