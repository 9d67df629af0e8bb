"""Contributions of machine reporters: the same services, checks and receipts as the form."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest
from ninja import Router, Status

from crosslight.api.operations import ApiRequest, operation, repeatable
from crosslight.api.schemas import (
    AnswerIn,
    ContributionIn,
    ContributionOut,
    CorrectionIn,
    FaultOut,
    IndicatorOut,
    LedgerReceiptOut,
    ReceiptOut,
    SubmissionOut,
    TypologyOut,
)
from crosslight.contributions import services
from crosslight.contributions.services import Submission
from crosslight.core.indicators import Polarity, catalogue
from crosslight.core.policy.rules import (
    may_answer_question,
    may_browse_indicators,
    may_read_typologies,
    may_start_contribution,
    may_submit_contribution,
    may_view_own_contribution,
    may_withdraw_contribution,
)
from crosslight.foundation.transactions import act

SCOPE = "contributions"


def router() -> Router:
    made = Router(tags=["Contributions"])
    made.post("/contributions", response={HTTPStatus.ACCEPTED: SubmissionOut})(send)
    made.get("/contributions", response=list[ContributionOut])(list_own)
    made.get("/contributions/{contribution_id}", response=ContributionOut)(read_own)
    made.post(
        "/contributions/{contribution_id}/versions", response={HTTPStatus.ACCEPTED: SubmissionOut}
    )(correct)
    made.post("/contributions/{contribution_id}/withdrawal", response=ContributionOut)(withdraw)
    made.get("/contributions/{contribution_id}/receipt", response=LedgerReceiptOut)(read_receipt)
    made.post("/questions/{question_id}/answer", response={HTTPStatus.NO_CONTENT: None})(answer)
    made.get("/typologies", response=list[TypologyOut])(typologies)
    made.get("/typologies/{typology_id}", response=TypologyOut)(typology)
    made.get("/indicators", response=list[IndicatorOut])(indicators)
    return made


@operation(may_start_contribution, scope=SCOPE)
@repeatable
def send(request: ApiRequest, body: ContributionIn) -> Status[SubmissionOut]:
    """Send one contribution. 202 with a receipt, or with the faults of its form to correct."""
    with act():
        draft = services.start_contribution(actor=request.actor, kind=body.kind)
        services.save_content(
            actor=request.actor,
            contribution_id=draft.pk,
            version=draft.version,
            content=body.content,
        )
        submission = services.submit_contribution(actor=request.actor, contribution_id=draft.pk)
    return Status(HTTPStatus.ACCEPTED, _told(submission))


@operation(may_submit_contribution, scope=SCOPE)
@repeatable
def correct(request: ApiRequest, contribution_id: str, body: CorrectionIn) -> Status[SubmissionOut]:
    """Send a corrected version of what came back, under the same id."""
    with act():
        services.save_content(
            actor=request.actor,
            contribution_id=contribution_id,
            version=body.version,
            content=body.content,
        )
        submission = services.submit_contribution(
            actor=request.actor, contribution_id=contribution_id
        )
    return Status(HTTPStatus.ACCEPTED, _told(submission))


@operation(may_view_own_contribution, scope=SCOPE)
def list_own(request: ApiRequest) -> list[ContributionOut]:
    """The organisation's contributions, newest first."""
    return [ContributionOut.of(view) for view in services.list_own(actor=request.actor)]


@operation(may_view_own_contribution, scope=SCOPE)
def read_own(request: ApiRequest, contribution_id: str) -> ContributionOut:
    """One contribution as its contributor may see it: its state, questions and feedback."""
    view = services.consult_own(actor=request.actor, contribution_id=contribution_id)
    return ContributionOut.of(view)


@operation(may_withdraw_contribution, scope=SCOPE)
@repeatable
def withdraw(request: ApiRequest, contribution_id: str) -> ContributionOut:
    """Take a contribution back before the desk has admitted it; its content is erased."""
    services.withdraw_contribution(actor=request.actor, contribution_id=contribution_id)
    return ContributionOut.of(
        services.consult_own(actor=request.actor, contribution_id=contribution_id)
    )


@operation(may_view_own_contribution, scope=SCOPE)
def read_receipt(request: ApiRequest, contribution_id: str) -> LedgerReceiptOut:
    """The ledger's receipt of what was received: proof of the time, checked without this server.

    It says nothing of what became of the contribution.
    """
    taken = services.take_receipt(actor=request.actor, contribution_id=contribution_id)
    return LedgerReceiptOut(
        filename=taken.filename, ledger_index=taken.index, tlog_proof=taken.proof.to_text()
    )


@operation(may_answer_question, scope=SCOPE)
@repeatable
def answer(request: ApiRequest, question_id: str, body: AnswerIn) -> Status[None]:
    """Answer a question of the desk about what is already held."""
    services.answer_question(actor=request.actor, question_id=question_id, answer=body.answer)
    return Status(HTTPStatus.NO_CONTENT, None)


@operation(may_read_typologies, scope=SCOPE)
def typologies(request: ApiRequest) -> list[TypologyOut]:
    """The library of typologies, newest first."""
    return [TypologyOut.of(seen) for seen in services.list_typologies(actor=request.actor)]


@operation(may_read_typologies, scope=SCOPE)
def typology(request: ApiRequest, typology_id: str) -> TypologyOut:
    """One typology of the library; it names nobody, nor who sent it."""
    seen = services.consult_typology(actor=request.actor, typology_id=typology_id)
    return TypologyOut.of(seen)


@operation(may_browse_indicators, scope=SCOPE)
def indicators(request: HttpRequest, language: str = "en") -> list[IndicatorOut]:  # noqa: ARG001
    """The indicator catalogue in force, with source and verified mark."""
    current = catalogue()
    return [
        IndicatorOut(
            id=indicator.id,
            label=(label := current.label(indicator, language)).text,
            language=label.language,
            description=indicator.description,
            dimension=indicator.dimension.value,
            source=current.source_of(indicator).title,
            is_verified=indicator.is_verified,
            is_scored=bool(indicator.ratings) and indicator.polarity is Polarity.SUPPORTS,
        )
        for indicator in current.indicators
    ]


def _told(submission: Submission) -> SubmissionOut:
    contribution = submission.contribution
    return SubmissionOut(
        id=contribution.pk,
        version=contribution.version,
        is_received=submission.is_received,
        receipt=ReceiptOut.from_orm(submission.receipt) if submission.receipt else None,
        faults=[FaultOut.from_orm(fault) for fault in submission.faults],
        status_url=f"/api/v1/contributions/{contribution.pk}",
    )
