"""Contributions as sent: drafts, what was received and when, questions and feedback.

Nothing of what an authority thinks of a contribution is stored here: that is `review`. So nothing
that a contributor may read can hold it (J1).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from crosslight.accounts.models import User
from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.lifecycle.importing import ImportState
from crosslight.core.vocabulary.contributions import ContributionKind, FeedbackCode, QuestionForm
from crosslight.core.vocabulary.imports import ImportFormat, RowDamage, RowOutcome
from crosslight.foundation import clock
from crosslight.foundation.fields import code_field, id_field
from crosslight.foundation.sealing.fields import EncryptedJSONField, EncryptedTextField
from crosslight.foundation.sealing.purposes import Purpose
from crosslight.partnerships.models import Country, Organisation


class Contribution(models.Model):
    """`version` and `updated_at` change only by the contributor's own hand.

    `received_hash` is the SHA-256 of what was last sent; `content` is empty once erased. Who
    contested it sees it set aside: `restricted_at` (LED article 16(3)). All free text is sealed
    with the contribution's own key.
    """

    id = id_field("con")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    country = models.ForeignKey(Country, on_delete=models.PROTECT)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="contributions")
    kind = code_field(ContributionKind)
    state = code_field(ContributionState, default=ContributionState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    receipt_code = models.CharField(max_length=19, unique=True, null=True)  # noqa: DJ001
    content = EncryptedJSONField(purpose=Purpose.CONTRIBUTION, subject="pk", default=dict)
    format_errors = EncryptedJSONField(purpose=Purpose.CONTRIBUTION, subject="pk", default=list)
    return_reasons = models.JSONField(default=list)
    return_note = EncryptedTextField(
        purpose=Purpose.CONTRIBUTION, subject="pk", blank=True, default=""
    )
    is_danger = models.BooleanField(default=False)
    catalogue_version = models.CharField(max_length=20)
    received_hash = models.CharField(max_length=64, blank=True)
    ledger_index = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True)
    first_answer_by = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    erased_at = models.DateTimeField(null=True)
    restricted_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["country", "state", "submitted_at"]),
            models.Index(fields=["organisation", "-created_at"]),
            models.Index(fields=["expires_at"]),
        ]

    def __str__(self) -> str:
        return self.id


class ContributionVersion(models.Model):
    """What was sent, each time it was sent. The hash outlives an erased content."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="sent_versions"
    )
    version = models.PositiveIntegerField()
    content = EncryptedJSONField(
        purpose=Purpose.CONTRIBUTION,
        subject="contribution_id",
        row=("contribution_id", "version"),
        default=dict,
    )
    catalogue_version = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contribution", "version"], name="sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.version}"


class ContributionIdentifier(models.Model):
    """Blind index of the exact identifiers that a contribution names; gone with its content."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="identifier_index"
    )
    index = models.BinaryField(max_length=16)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["index", "contribution"], name="identifier_once"),
        ]

    def __str__(self) -> str:
        return self.contribution_id


class Question(models.Model):
    """A question of the desk; `form` limits it to what the contributor already holds (J8)."""

    id = id_field("que")
    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="questions"
    )
    form = code_field(QuestionForm)
    note = EncryptedTextField(
        purpose=Purpose.CONTRIBUTION, subject="contribution_id", blank=True, default=""
    )
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    answer = EncryptedTextField(
        purpose=Purpose.CONTRIBUTION, subject="contribution_id", blank=True, default=""
    )
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at", "id"]

    def __str__(self) -> str:
        return self.id


class Typology(models.Model):
    """A contribution that stands in the library: its text is read from there, never copied.

    So what is erased or set aside is gone from the library at the same moment.
    """

    id = id_field("typ")
    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, related_name="typology"
    )
    taken_in_at = models.DateTimeField(default=clock.now)
    taken_in_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_out_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "typologies"

    def __str__(self) -> str:
        return self.id


class Feedback(models.Model):
    """Quality codes for the contributor, never a fact of a case."""

    id = id_field("fee")
    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="feedback"
    )
    code = code_field(FeedbackCode)
    axes = models.JSONField(default=dict)
    sent_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["sent_at", "id"]

    def __str__(self) -> str:
        return self.id


class ContributionImport(models.Model):
    """One table that was sent in bulk. What stays of it: who, when, its hash, counts and codes.

    The file itself is never kept, nor its name. `mapping` has for each column of the file the code
    of what it holds, or nothing. `session` is that in which it was last acted on, for what is done
    in its name afterwards.
    """

    id = id_field("imp")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="imports")
    kind = code_field(ContributionKind)
    state = code_field(ImportState, default=ImportState.UPLOADED)
    form = code_field(ImportFormat)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    is_guessed_encoding = models.BooleanField(default=False)
    columns = EncryptedJSONField(purpose=Purpose.CONTRIBUTION, subject="pk", default=list)
    mapping = models.JSONField(default=list)
    row_count = models.PositiveIntegerField()
    ready_count = models.PositiveIntegerField(default=0)
    bad_count = models.PositiveIntegerField(default=0)
    sent_count = models.PositiveIntegerField(default=0)
    reasons = models.JSONField(default=dict)
    session = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    completed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-created_at"]),
            models.Index(fields=["organisation", "sha256"]),
            models.Index(fields=["state", "expires_at"]),
        ]

    def __str__(self) -> str:
        return self.id


class ImportRow(models.Model):
    """A row as it was read, sealed with the key of its import; deleted when the import ends."""

    source = models.ForeignKey(ContributionImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = EncryptedJSONField(
        purpose=Purpose.CONTRIBUTION, subject="source_id", row=("source_id", "number"), default=list
    )
    damage = code_field(RowDamage, is_blank=True)
    repeats = models.PositiveIntegerField(null=True)
    outcome = code_field(RowOutcome, default=RowOutcome.WAITING)
    codes = models.JSONField(default=list)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "number"], name="row_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["source", "outcome", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.number}"
