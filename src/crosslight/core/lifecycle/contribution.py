"""Life of a contribution: procedures B.3, the states that its kinds use."""

from __future__ import annotations

from enum import StrEnum

from crosslight.core.lifecycle.table import Lifecycle, Move


class ContributionState(StrEnum):
    DRAFT = "draft"  # R0
    RETURNED_FORMAT = "returned_format"  # R2
    RECEIVED = "received"  # R3
    TRIAGE = "triage"  # R4
    RETURNED_QUALITY = "returned_quality"  # R4a
    NOT_ACCEPTED = "not_accepted"  # R4b: content erased, the class of the reason kept
    ADMITTED = "admitted"  # R5
    QUESTION_OPEN = "question_open"  # R6q
    PRIORITISED = "prioritised"  # R7
    DISSEMINATED = "disseminated"  # R8a
    NO_FURTHER_INTEREST = "no_further_interest"  # R8c
    CLOSED = "closed"  # R11
    WITHDRAWN = "withdrawn"
    ERASED = "erased"  # on a data-protection decision: nothing can follow


class ContributionVerb(StrEnum):
    RETURN_FORMAT = "return_format"
    RECEIVE = "receive"
    TAKE = "take"
    RETURN_QUALITY = "return_quality"
    REFUSE = "refuse"
    VALIDATE = "validate"
    ASK = "ask"
    ANSWER = "answer"
    PRIORITISE = "prioritise"
    DISSEMINATE = "disseminate"
    DROP = "drop"
    CLOSE = "close"
    TAKE_IN = "take_in"
    WITHDRAW = "withdraw"
    ERASE = "erase"


_S = ContributionState
_V = ContributionVerb

CONTRIBUTION = Lifecycle(
    name="contribution",
    first=_S.DRAFT,
    moves=(
        Move(_S.DRAFT, _V.RETURN_FORMAT, _S.RETURNED_FORMAT),
        Move(_S.DRAFT, _V.RECEIVE, _S.RECEIVED),
        Move(_S.RETURNED_FORMAT, _V.RETURN_FORMAT, _S.RETURNED_FORMAT),
        Move(_S.RETURNED_FORMAT, _V.RECEIVE, _S.RECEIVED),
        Move(_S.RETURNED_QUALITY, _V.RETURN_FORMAT, _S.RETURNED_FORMAT),
        Move(_S.RETURNED_QUALITY, _V.RECEIVE, _S.RECEIVED),
        Move(_S.RECEIVED, _V.TAKE, _S.TRIAGE),
        Move(_S.TRIAGE, _V.RETURN_QUALITY, _S.RETURNED_QUALITY),
        Move(_S.TRIAGE, _V.REFUSE, _S.NOT_ACCEPTED),
        Move(_S.TRIAGE, _V.VALIDATE, _S.ADMITTED),
        Move(_S.ADMITTED, _V.ASK, _S.QUESTION_OPEN),
        Move(_S.QUESTION_OPEN, _V.ANSWER, _S.ADMITTED),
        Move(_S.ADMITTED, _V.PRIORITISE, _S.PRIORITISED),
        Move(_S.ADMITTED, _V.DROP, _S.NO_FURTHER_INTEREST),
        Move(_S.PRIORITISED, _V.DROP, _S.NO_FURTHER_INTEREST),
        Move(_S.PRIORITISED, _V.DISSEMINATE, _S.DISSEMINATED),
        Move(_S.DISSEMINATED, _V.CLOSE, _S.CLOSED),
        Move(_S.NO_FURTHER_INTEREST, _V.CLOSE, _S.CLOSED),
        # A typology that enters the library has reached its end: nothing of it is investigated.
        Move(_S.ADMITTED, _V.TAKE_IN, _S.CLOSED),
        Move(_S.PRIORITISED, _V.TAKE_IN, _S.CLOSED),
        Move(_S.DISSEMINATED, _V.TAKE_IN, _S.CLOSED),
        # Withdrawal erases at once only before admission (B.3).
        Move(_S.DRAFT, _V.WITHDRAW, _S.WITHDRAWN),
        Move(_S.RETURNED_FORMAT, _V.WITHDRAW, _S.WITHDRAWN),
        Move(_S.RETURNED_QUALITY, _V.WITHDRAW, _S.WITHDRAWN),
        Move(_S.RECEIVED, _V.WITHDRAW, _S.WITHDRAWN),
        Move(_S.TRIAGE, _V.WITHDRAW, _S.WITHDRAWN),
        # Where content is left, a data-protection officer can have it erased.
        *(
            Move(state, _V.ERASE, _S.ERASED)
            for state in _S
            if state not in {_S.NOT_ACCEPTED, _S.WITHDRAWN, _S.ERASED}
        ),
    ),
)

# What the contributor may read, whatever happens behind it (J1, the Belgian rule, tipping-off).
SEEN_BY_CONTRIBUTOR = {
    _S.DRAFT: "Draft",
    _S.RETURNED_FORMAT: "Needs a correction",
    _S.RECEIVED: "Received",
    _S.TRIAGE: "Received",
    _S.RETURNED_QUALITY: "Needs more from you",
    _S.NOT_ACCEPTED: "Not accepted",
    _S.ADMITTED: "Received",
    _S.QUESTION_OPEN: "Question for you",
    _S.PRIORITISED: "Received",
    _S.DISSEMINATED: "Received",
    _S.NO_FURTHER_INTEREST: "Closed: nothing suspicious was found",
    _S.CLOSED: "Closed",
    _S.WITHDRAWN: "Withdrawn",
    _S.ERASED: "Erased",
}
SEEN_BY_DESK = {
    _S.DRAFT: "Draft",
    _S.RETURNED_FORMAT: "Returned: format",
    _S.RECEIVED: "New",
    _S.TRIAGE: "In triage",
    _S.RETURNED_QUALITY: "Returned: quality",
    _S.NOT_ACCEPTED: "Not accepted, erased",
    _S.ADMITTED: "Validated",
    _S.QUESTION_OPEN: "Waiting for the contributor",
    _S.PRIORITISED: "Prioritised",
    _S.DISSEMINATED: "Disseminated",
    _S.NO_FURTHER_INTEREST: "No further interest",
    _S.CLOSED: "Closed",
    _S.WITHDRAWN: "Withdrawn",
    _S.ERASED: "Erased",
}
EDITABLE = frozenset({_S.DRAFT, _S.RETURNED_FORMAT, _S.RETURNED_QUALITY})
