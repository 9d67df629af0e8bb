"""The desk's acts on contributions, and the units' on what the desk sent them."""

from __future__ import annotations

from crosslight.review.services.analysis import (
    ask_question,
    drop_contribution,
    prioritise_contribution,
)
from crosslight.review.services.closing import close_contribution, give_feedback
from crosslight.review.services.dissemination import disseminate
from crosslight.review.services.inputs import consult_input, list_inputs, mark_input_useful
from crosslight.review.services.intake import (
    refuse_contribution,
    return_contribution,
    take_contribution,
    validate_contribution,
)
from crosslight.review.services.library import take_in_typology, take_out_typology
from crosslight.review.services.reading import consult_contribution, list_queue

__all__ = [
    "ask_question",
    "close_contribution",
    "consult_contribution",
    "consult_input",
    "disseminate",
    "drop_contribution",
    "give_feedback",
    "list_inputs",
    "list_queue",
    "mark_input_useful",
    "prioritise_contribution",
    "refuse_contribution",
    "return_contribution",
    "take_contribution",
    "take_in_typology",
    "take_out_typology",
    "validate_contribution",
]
