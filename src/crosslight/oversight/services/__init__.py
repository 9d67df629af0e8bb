"""What auditors and data-protection officers do; never with the content of a record."""

from __future__ import annotations

from crosslight.oversight.services.checking import (
    Chain,
    check_ledger,
    see_chain,
    take_checkpoint,
)
from crosslight.oversight.services.disclosing import (
    Disclosed,
    Order,
    Recipient,
    disclose_at_console,
    disclose_ledger,
    prove_entry,
)
from crosslight.oversight.services.reading import (
    PER_PAGE,
    PURPOSE,
    LedgerFilter,
    LedgerPage,
    consult_ledger,
    consult_ledger_entry,
)
from crosslight.oversight.services.sampling import (
    SampleView,
    consult_sample,
    draw_sample,
    judge_access,
    list_samples,
)

__all__ = [
    "PER_PAGE",
    "PURPOSE",
    "Chain",
    "Disclosed",
    "LedgerFilter",
    "LedgerPage",
    "Order",
    "Recipient",
    "SampleView",
    "check_ledger",
    "consult_ledger",
    "consult_ledger_entry",
    "consult_sample",
    "disclose_at_console",
    "disclose_ledger",
    "draw_sample",
    "judge_access",
    "list_samples",
    "prove_entry",
    "see_chain",
    "take_checkpoint",
]
