"""What goes in and out. Inputs are closed: a field that is not named here is refused."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from ninja import Schema
from pydantic import ConfigDict, Field

from crosslight.contributions.contributor_view import ContributorView
from crosslight.contributions.services import SeenTypology
from crosslight.coordination.selectors.views import MatchRow, MatchView
from crosslight.core.vocabulary.contributions import (
    Answer,
    ContributionKind,
    DangerReason,
    IdentifierKind,
    ObservationBasis,
    PartyRole,
    Sector,
    SharingWish,
    Sureness,
    Timing,
    VictimAwareness,
)
from crosslight.core.vocabulary.contributors import ContributorKind
from crosslight.core.vocabulary.coordination import Audience, EntityRole, Visibility
from crosslight.core.vocabulary.custody import Access, PackageForm
from crosslight.core.vocabulary.law import (
    DataSubjectCategory,
    HandlingCode,
    InformationGrade,
    LegalBasis,
    Nature,
    SourceGrade,
)
from crosslight.custody.selectors import SeenPackage


class Closed(Schema):
    model_config = ConfigDict(extra="forbid", str_max_length=10_000)


class Problem(Schema):
    """RFC 9457, with what is safe and what to do."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    safe: str
    remedy: str


class FaultOut(Schema):
    """`found` is what of the field's text the rule speaks of, where it speaks of a part."""

    code: str
    field: str
    message: str
    remedy: str
    found: str = ""


class ReceiptOut(Schema):
    """`sha256` is over the canonical JSON of what was received; the ledger proves its time."""

    code: str
    time: datetime
    sha256: str
    ledger_index: int
    first_answer_by: datetime


class LedgerReceiptOut(Schema):
    """`tlog_proof` is the file's text, in the C2SP format of that name."""

    filename: str
    ledger_index: int
    tlog_proof: str


def _one_of(codes: type[StrEnum]) -> str:
    return " | ".join(codes)


# The reading of it, and what is needed to be received, belong to `core.contributions`.
CONTENT = f"""The answers of the form; what is left out is unanswered.
observations: list of {{indicator_id, basis: {_one_of(ObservationBasis)}}};
danger: list of {_one_of(DangerReason)};
place: text; region_only: bool; country: two letters; timing: {_one_of(Timing)};
observed_on: date or the beginning of one; is_ongoing: {_one_of(Answer)};
identifiers: list of {{kind: {_one_of(IdentifierKind)}, raw, party_role: {_one_of(PartyRole)}}};
facts: text; assessment: text; how_known: {_one_of(ObservationBasis)};
sureness: {_one_of(Sureness)}; sharing_wish: {_one_of(SharingWish)}; may_contact: bool;
victim_awareness: {_one_of(VictimAwareness)}; legal_basis: {_one_of(LegalBasis)};
reference_of_fiu: text; campaign_tag: text.
A typology holds none of these but sharing_wish, may_contact, legal_basis and campaign_tag; it holds
title: text; sector: {_one_of(Sector)}; route: text; how_it_works: text; mitigations: text;
red_flags: list of {{indicator_id, seen_by: list of {_one_of(ContributorKind)}}}."""


class ContributionIn(Closed):
    kind: ContributionKind
    content: dict[str, Any] = Field(description=CONTENT)


class CorrectionIn(Closed):
    """`version`: the one that came back, so that no other change is overwritten."""

    version: int = Field(ge=0)
    content: dict[str, Any] = Field(description=CONTENT)


class AnswerIn(Closed):
    answer: str = Field(min_length=1)


class SubmissionOut(Schema):
    """Either `receipt`, or `faults` to correct under the same id."""

    id: str
    version: int
    is_received: bool
    receipt: ReceiptOut | None
    faults: list[FaultOut]
    status_url: str


class QuestionOut(Schema):
    id: str
    form: str
    text: str
    note: str
    due_at: datetime
    is_open: bool


class FeedbackOut(Schema):
    code: str
    text: str
    sent_at: datetime


class ContributionOut(Schema):
    id: str
    kind: ContributionKind
    state: str
    version: int
    receipt: ReceiptOut | None
    faults: list[FaultOut]
    reasons: list[str]
    questions: list[QuestionOut]
    feedback: list[FeedbackOut]

    @classmethod
    def of(cls, view: ContributorView) -> ContributionOut:
        return cls(
            id=view.id,
            kind=view.kind,
            state=view.state,
            version=view.version,
            receipt=ReceiptOut.from_orm(view.receipt) if view.receipt else None,
            faults=[FaultOut.from_orm(fault) for fault in view.format_faults],
            reasons=[reason.code.value for reason in view.reasons],
            questions=[
                QuestionOut(
                    id=question.id,
                    form=question.form.value,
                    text=question.label,
                    note=question.note,
                    due_at=question.due_at,
                    is_open=question.is_open,
                )
                for question in view.questions
            ],
            feedback=[
                FeedbackOut(code=item.code.value, text=item.label, sent_at=item.sent_at)
                for item in view.feedback
            ],
        )


class RedFlagOut(Schema):
    indicator_id: str
    seen_by: list[ContributorKind]


class TypologyOut(Schema):
    """`catalogue_version` is that of the indicators which its red flags name."""

    id: str
    title: str
    sector: Sector | None
    route: str
    how_it_works: str
    red_flags: list[RedFlagOut]
    mitigations: str
    catalogue_version: str
    taken_in_at: datetime

    @classmethod
    def of(cls, seen: SeenTypology) -> TypologyOut:
        content = seen.content
        return cls(
            id=seen.id,
            title=content.title,
            sector=content.sector,
            route=content.route,
            how_it_works=content.how_it_works,
            red_flags=[
                RedFlagOut(indicator_id=flag.indicator_id, seen_by=list(flag.seen_by))
                for flag in content.red_flags
            ],
            mitigations=content.mitigations,
            catalogue_version=seen.catalogue_version,
            taken_in_at=seen.taken_in_at,
        )


class IndicatorOut(Schema):
    """`is_verified`: the meaning was read in the issuing body's text. It is no strength."""

    id: str
    label: str
    language: str
    description: str
    dimension: str
    source: str
    is_verified: bool
    is_scored: bool


class StatementIn(Closed):
    """`property` is one of the FollowTheMoney schema; `observed_on` a date prefix."""

    property: str = Field(max_length=60)
    value: str = Field(max_length=1000)
    source: str = Field(max_length=300)
    source_grade: SourceGrade
    information_grade: InformationGrade
    handling_code: HandlingCode
    nature: Nature = Nature.FACT
    observed_on: str = Field(default="", max_length=10)


class EntityIn(Closed):
    """Without `audience` it is matched, but a possible victim, witness or child is not (J5)."""

    schema_name: str = Field(alias="schema", max_length=60)
    role: EntityRole
    subject_category: DataSubjectCategory = DataSubjectCategory.UNKNOWN
    is_minor: bool = False
    audience: Audience | None = None
    visibility: Visibility = Visibility.OPEN
    statements: list[StatementIn] = Field(min_length=1, max_length=100)


class EntityOut(Schema):
    """The id and nothing else: whether it is known elsewhere is told to both sides, not here."""

    id: str


class InvestigationOut(Schema):
    id: str
    reference: str
    state: str


class MatchRowOut(Schema):
    """`agrees` says in English what agrees, never a value."""

    id: str
    reference: str
    state: str
    band: str
    agrees: tuple[str, ...]
    other_unit: str
    other_country: str
    notified_at: datetime
    due_at: datetime | None
    is_our_turn: bool

    @classmethod
    def of(cls, row: MatchRow) -> MatchRowOut:
        return cls(
            id=row.id,
            reference=row.reference,
            state=row.state,
            band=row.band,
            agrees=tuple(pointer.text for pointer in row.agrees),
            other_unit=row.other_unit,
            other_country=row.other_country,
            notified_at=row.notified_at,
            due_at=row.due_at,
            is_our_turn=row.is_our_turn,
        )


class SetRowOut(Schema):
    """One attribute of the verification set; a value that its owner withholds is empty."""

    attribute: str
    own: list[str]
    other: list[str]


class MatchOut(Schema):
    id: str
    reference: str
    state: str
    band: str
    agrees: list[str]
    own_entity: str
    other_unit: str
    other_country: str
    duty_name: str
    duty_phone: str
    due_at: datetime | None
    verification: list[SetRowOut]

    @classmethod
    def of(cls, view: MatchView) -> MatchOut:
        return cls(
            id=view.id,
            reference=view.reference,
            state=view.state,
            band=view.band,
            agrees=[pointer.text for pointer in view.pointers if pointer.weight > 0],
            own_entity=view.own.entity_id,
            other_unit=view.other.unit,
            other_country=view.other.country,
            duty_name=view.other.duty.name,
            duty_phone=view.other.duty.phone,
            due_at=view.due_at,
            verification=[
                SetRowOut(
                    attribute=row.attribute,
                    own=[cell.value for cell in row.own],
                    other=[cell.value for cell in row.other],
                )
                for row in view.verification
            ],
        )


class CheckpointOut(Schema):
    """`note` is a C2SP signed note over the size and the root of the ledger."""

    note: str
    size: int
    root: str


class FileIn(Closed):
    """What is said of a file before its first piece. `sha256` in lower-case hexadecimal, or empty.

    `shows_minor`: it shows or could show a minor being abused; then nothing of it is taken.
    """

    form: PackageForm = PackageForm.PACKAGE
    size: int = Field(ge=1)
    sha256: str = Field(default="", max_length=64)
    media_type: str = Field(default="application/octet-stream", max_length=130)
    access: Access
    legal_basis: LegalBasis
    shows_minor: bool


class FileOut(Schema):
    """`offset` is how much of it is here; `ledger_index` is the entry that proves its receipt."""

    id: str
    form: PackageForm
    size: int
    offset: int
    sha256: str
    state: str
    fault: str
    arrived_at: datetime | None
    collected_at: datetime | None
    ledger_index: int | None
    upload_url: str

    @staticmethod
    def of(seen: SeenPackage) -> FileOut:
        return FileOut(
            id=seen.id,
            form=seen.form,
            size=seen.size,
            offset=seen.received_bytes,
            sha256=seen.sha256,
            state=seen.state,
            fault=seen.fault,
            arrived_at=seen.arrived_at,
            collected_at=seen.collected_at,
            ledger_index=seen.ledger_index,
            upload_url=f"/api/v1/uploads/{seen.id}",
        )
