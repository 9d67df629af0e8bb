"""What a contributor sees of a contribution: this and nothing else leaves for its screens (J1).

The same words, buttons and times show whatever an authority does behind them. Grades, priority,
inputs and matches are not merely left out: this module cannot reach them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from crosslight.contributions.models import Contribution, Feedback, Question
from crosslight.core.contributions import Content, FormatFault
from crosslight.core.lifecycle.contribution import (
    CONTRIBUTION,
    EDITABLE,
    SEEN_BY_CONTRIBUTOR,
    ContributionState,
    ContributionVerb,
)
from crosslight.core.vocabulary.contributions import (
    FEEDBACK_LABELS,
    QUESTION_LABELS,
    RETURN_LABELS,
    ContributionKind,
    FeedbackCode,
    QuestionForm,
    ReturnCode,
)

_WITH_REASONS = frozenset({ContributionState.RETURNED_QUALITY, ContributionState.NOT_ACCEPTED})


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of time and content for the contributor's good faith (J9).

    `sha256` is over the canonical JSON of what was sent; `ledger_index` is the entry that the
    ledger can prove.
    """

    code: str
    time: datetime
    sha256: str
    ledger_index: int
    first_answer_by: datetime


@dataclass(frozen=True, slots=True)
class SeenReason:
    code: ReturnCode
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class SeenQuestion:
    id: str
    form: QuestionForm
    label: str
    note: str
    asked_at: datetime
    due_at: datetime
    answer: str
    answered_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


@dataclass(frozen=True, slots=True)
class SeenFeedback:
    code: FeedbackCode
    label: str
    axes: Mapping[str, int]
    sent_at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributorView:
    id: str
    kind: ContributionKind
    state: str
    version: int
    saved_at: datetime
    expires_at: datetime | None
    receipt: Receipt | None
    content: Content
    catalogue_version: str
    format_faults: tuple[FormatFault, ...]
    reasons: tuple[SeenReason, ...]
    questions: tuple[SeenQuestion, ...]
    feedback: tuple[SeenFeedback, ...]
    is_danger: bool
    is_editable: bool
    is_withdrawable: bool
    is_erased: bool


def contributor_view(contribution: Contribution) -> ContributorView:
    state = ContributionState(contribution.state)
    is_editable = state in EDITABLE
    return ContributorView(
        id=contribution.pk,
        kind=ContributionKind(contribution.kind),
        state=SEEN_BY_CONTRIBUTOR[state],
        version=contribution.version,
        saved_at=contribution.updated_at,
        expires_at=contribution.expires_at if is_editable else None,
        receipt=receipt_of(contribution),
        content=Content.from_dict(contribution.content),
        catalogue_version=contribution.catalogue_version,
        format_faults=tuple(FormatFault(**fault) for fault in contribution.format_errors),
        reasons=_reasons(contribution) if state in _WITH_REASONS else (),
        questions=tuple(map(_question, contribution.questions.all())),
        feedback=tuple(map(_feedback, contribution.feedback.all())),
        is_danger=contribution.is_danger,
        is_editable=is_editable,
        is_withdrawable=CONTRIBUTION.can(state, ContributionVerb.WITHDRAW),
        is_erased=contribution.erased_at is not None,
    )


def receipt_of(contribution: Contribution) -> Receipt | None:
    """The receipt of what was last received, also after its content was erased."""
    if (
        contribution.receipt_code is None
        or contribution.submitted_at is None
        or contribution.ledger_index is None
        or contribution.first_answer_by is None
    ):
        return None
    return Receipt(
        code=contribution.receipt_code,
        time=contribution.submitted_at,
        sha256=contribution.received_hash,
        ledger_index=contribution.ledger_index,
        first_answer_by=contribution.first_answer_by,
    )


def _reasons(contribution: Contribution) -> tuple[SeenReason, ...]:
    return tuple(
        SeenReason(
            code=ReturnCode(reason["code"]),
            label=RETURN_LABELS[ReturnCode(reason["code"])],
            note=contribution.return_note,
        )
        for reason in contribution.return_reasons
    )


def _question(question: Question) -> SeenQuestion:
    form = QuestionForm(question.form)
    return SeenQuestion(
        id=question.pk,
        form=form,
        label=QUESTION_LABELS[form],
        note=question.note,
        asked_at=question.asked_at,
        due_at=question.due_at,
        answer=question.answer,
        answered_at=question.answered_at,
    )


def _feedback(feedback: Feedback) -> SeenFeedback:
    code = FeedbackCode(feedback.code)
    return SeenFeedback(
        code=code,
        label=FEEDBACK_LABELS[code],
        axes=feedback.axes,
        sent_at=feedback.sent_at,
        is_read=feedback.read_at is not None,
    )
