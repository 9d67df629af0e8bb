from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class EntityState(StrEnum):
    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    RESTRICTED = "restricted"  # LED article 16(3): kept, matched and corrected by nobody
    ERASED = "erased"


class WithdrawalReason(StrEnum):
    """The reason class that the record keeps; no free text, for it could tell what was there."""

    ENTRY_ERROR = "entry_error"
    SOURCE_WITHDREW = "source_withdrew"
    NO_LEGAL_BASIS = "no_legal_basis"
    DATA_PROTECTION = "data_protection"


STATE_LABELS: Mapping[EntityState, str] = {
    EntityState.ACTIVE: "In use",
    EntityState.WITHDRAWN: "Withdrawn",
    EntityState.RESTRICTED: "Restricted",
    EntityState.ERASED: "Erased",
}
WITHDRAWAL_LABELS: Mapping[WithdrawalReason, str] = {
    WithdrawalReason.ENTRY_ERROR: "Entered by mistake",
    WithdrawalReason.SOURCE_WITHDREW: "The source took it back",
    WithdrawalReason.NO_LEGAL_BASIS: "The legal basis ended",
    WithdrawalReason.DATA_PROTECTION: "A data-protection decision",
}
