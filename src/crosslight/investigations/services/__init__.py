"""Writes of investigations.

Doors enter, correct, withdraw and approve through `coordination.services.entry`: only there an
entity is matched in the same transaction.
"""

from __future__ import annotations

from crosslight.investigations.services.entering import (
    EntityChange,
    add_entity,
    add_statements,
    change_entity,
    correct_statement,
    receive_entity,
    snapshot_of,
    withdraw_entity,
)
from crosslight.investigations.services.reading import (
    consult_entity,
    consult_investigation,
    find_own_duplicates,
    list_cases_to_enter,
    list_entities,
    list_investigations,
    list_records_to_show,
    search_entities,
)
from crosslight.investigations.services.registration import (
    InvestigationDraft,
    approve_investigation,
    close_investigation,
    start_investigation,
)

__all__ = [
    "EntityChange",
    "InvestigationDraft",
    "add_entity",
    "add_statements",
    "approve_investigation",
    "change_entity",
    "close_investigation",
    "consult_entity",
    "consult_investigation",
    "correct_statement",
    "find_own_duplicates",
    "list_cases_to_enter",
    "list_entities",
    "list_investigations",
    "list_records_to_show",
    "receive_entity",
    "search_entities",
    "snapshot_of",
    "start_investigation",
    "withdraw_entity",
]
