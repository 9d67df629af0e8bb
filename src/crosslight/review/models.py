"""What an authority's desk thinks and does of a contribution. No contributor reads any of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from crosslight.accounts.models import User
from crosslight.contributions.models import Contribution
from crosslight.core.vocabulary.contributions import FeedbackCode, Priority
from crosslight.core.vocabulary.law import (
    DataSubjectCategory,
    HandlingCode,
    InformationGrade,
    LegalBasis,
    SourceGrade,
)
from crosslight.foundation import clock
from crosslight.foundation.fields import code_field, id_field
from crosslight.foundation.sealing.fields import EncryptedJSONField, EncryptedTextField
from crosslight.foundation.sealing.purposes import Purpose
from crosslight.partnerships.models import Country, Unit

GRADING_SCHEME = "europol-4x4"


def _desk_text() -> EncryptedTextField:
    """What the desk wrote of a contribution, sealed with the contribution's key; one row each."""
    return EncryptedTextField(
        purpose=Purpose.CONTRIBUTION,
        subject="contribution_id",
        row=("contribution_id",),
        blank=True,
        default="",
    )


def _product_text() -> EncryptedTextField:
    return EncryptedTextField(
        purpose=Purpose.CONTRIBUTION, subject="contribution_id", blank=True, default=""
    )


def _product_list() -> EncryptedJSONField:
    return EncryptedJSONField(purpose=Purpose.CONTRIBUTION, subject="contribution_id", default=list)


class Triage(models.Model):
    """Who has it on the desk."""

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, related_name="triage"
    )
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.contribution_id


class Validation(models.Model):
    """Grades of the authority, never of the contributor; the scheme is kept with them."""

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, related_name="validation"
    )
    source_grade = code_field(SourceGrade)
    information_grade = code_field(InformationGrade)
    scheme = models.CharField(max_length=20, default=GRADING_SCHEME)
    handling_code = code_field(HandlingCode)
    subject_category = code_field(DataSubjectCategory, default=DataSubjectCategory.UNKNOWN)
    legal_basis = code_field(LegalBasis)
    purpose = _desk_text()
    retention_until = models.DateField()
    legality_note = _desk_text()
    validated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    validated_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.contribution_id


class Prioritisation(models.Model):
    """A person's decision with written reasons; the suggestion is kept beside it (J7)."""

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, related_name="prioritisation"
    )
    priority = code_field(Priority)
    suggested_priority = code_field(Priority)
    reasons = _desk_text()
    deviation_reason = _desk_text()
    prioritised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    prioritised_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.contribution_id


class Drop(models.Model):
    """Why there is no further interest."""

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="drop")
    reason = _desk_text()
    dropped_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.contribution_id


class IntelligenceInput(models.Model):
    """The sanitised product that units receive: the contributor is a pseudonym and a class (J2)."""

    id = id_field("int")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="inputs")
    country = models.ForeignKey(Country, on_delete=models.PROTECT)
    reference = models.CharField(max_length=20)
    title = _product_text()
    body = _product_text()
    identifiers = _product_list()
    assessment = _product_list()
    contributor_pseudonym = models.CharField(max_length=20)
    contributor_class = models.CharField(max_length=100)
    source_grade = code_field(SourceGrade)
    information_grade = code_field(InformationGrade)
    scheme = models.CharField(max_length=20, default=GRADING_SCHEME)
    handling_code = code_field(HandlingCode)
    subject_category = code_field(DataSubjectCategory)
    priority = code_field(Priority)
    retention_until = models.DateField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    disseminated_at = models.DateTimeField(default=clock.now)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["country", "reference"], name="one_input_per_reference")
        ]

    def __str__(self) -> str:
        return self.reference


class Dissemination(models.Model):
    """One receiving unit of one input, and what it said of its use."""

    input = models.ForeignKey(
        IntelligenceInput, on_delete=models.PROTECT, related_name="disseminations"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True)
    usefulness = code_field(FeedbackCode, is_blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["input", "unit"], name="one_dissemination_per_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.input_id} {self.unit_id}"
