"""Writes of contributions: the contributor's own acts, and the moves that the desk asks for."""

from __future__ import annotations

from crosslight.contributions.import_rows import Reason
from crosslight.contributions.services.answering import answer_question, read_feedback
from crosslight.contributions.services.consulting import (
    LedgerReceipt,
    consult_own,
    list_own,
    take_receipt,
)
from crosslight.contributions.services.drafts import save_content, save_page, start_contribution
from crosslight.contributions.services.expiry import expire_drafts
from crosslight.contributions.services.files import add_file
from crosslight.contributions.services.imported import (
    SeenImport,
    SeenRow,
    consult_import,
    list_imports,
    take_bad_rows,
    work_on_imports,
)
from crosslight.contributions.services.imports import (
    accept_import,
    continue_import,
    end_import,
    expire_imports,
    match_columns,
    start_import,
)
from crosslight.contributions.services.library import (
    SeenTypology,
    consult_typology,
    list_typologies,
)
from crosslight.contributions.services.sending import (
    Submission,
    submit_contribution,
    withdraw_contribution,
)

__all__ = [
    "LedgerReceipt",
    "Reason",
    "SeenImport",
    "SeenRow",
    "SeenTypology",
    "Submission",
    "accept_import",
    "add_file",
    "answer_question",
    "consult_import",
    "consult_own",
    "consult_typology",
    "continue_import",
    "end_import",
    "expire_drafts",
    "expire_imports",
    "list_imports",
    "list_own",
    "list_typologies",
    "match_columns",
    "read_feedback",
    "save_content",
    "save_page",
    "start_contribution",
    "start_import",
    "submit_contribution",
    "take_bad_rows",
    "take_receipt",
    "withdraw_contribution",
    "work_on_imports",
]
