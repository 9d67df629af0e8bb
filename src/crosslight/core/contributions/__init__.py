"""What a contribution holds, what its form must contain, and what the desk may ask back.

Nothing here judges substance: the checks look at form only (J7), the suggested priority is advice.
"""

from __future__ import annotations

from crosslight.core.contributions.checks import check
from crosslight.core.contributions.content import (
    FIELDS_OF_PAGE,
    Content,
    Identifier,
    Observed,
    Page,
    RedFlag,
)
from crosslight.core.contributions.danger import danger_of
from crosslight.core.contributions.faults import ContentFaults, FormatFault
from crosslight.core.contributions.priority import Suggestion, suggest_priority
from crosslight.core.contributions.questions import tasking_words

__all__ = [
    "FIELDS_OF_PAGE",
    "Content",
    "ContentFaults",
    "FormatFault",
    "Identifier",
    "Observed",
    "Page",
    "RedFlag",
    "Suggestion",
    "check",
    "danger_of",
    "suggest_priority",
    "tasking_words",
]
