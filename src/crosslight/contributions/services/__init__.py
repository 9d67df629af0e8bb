"""Writes of contributions: the contributor's own acts, and the moves that the desk asks for."""

from __future__ import annotations

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
    "SeenTypology",
    "Submission",
    "add_file",
    "answer_question",
    "consult_own",
    "consult_typology",
    "expire_drafts",
    "list_own",
    "list_typologies",
    "read_feedback",
    "save_content",
    "save_page",
    "start_contribution",
    "submit_contribution",
    "take_receipt",
    "withdraw_contribution",
]
