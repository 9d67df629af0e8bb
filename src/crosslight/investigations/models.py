"""A unit's investigations and what it entered in them. Nothing here is another unit's to read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from crosslight.accounts.models import User
from crosslight.core.entities.states import EntityState, WithdrawalReason
from crosslight.core.entities.values import LONGEST_VALUE
from crosslight.core.lifecycle.investigation import InvestigationState
from crosslight.core.vocabulary.coordination import (
    Audience,
    CasePhase,
    CrimeArea,
    EntityRole,
    Visibility,
)
from crosslight.core.vocabulary.law import (
    DataSubjectCategory,
    HandlingCode,
    InformationGrade,
    LegalBasis,
    Nature,
    SourceGrade,
)
from crosslight.foundation import clock
from crosslight.foundation.fields import code_field, id_field
from crosslight.partnerships.models import Country, Unit


class Investigation(models.Model):
    """Its entities are matched only while it is REGISTERED, which a head of the unit decides."""

    id = id_field("inv")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    country = models.ForeignKey(Country, on_delete=models.PROTECT)
    reference = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    state = code_field(InvestigationState, default=InvestigationState.DRAFT)
    purpose = models.CharField(max_length=500)
    legal_basis = code_field(LegalBasis)
    crime_area = code_field(CrimeArea)
    phase = code_field(CasePhase)
    is_judicial = models.BooleanField(default=False)
    has_planned_operation = models.BooleanField(default=False)
    is_urgent = models.BooleanField(default=False)
    review_on = models.DateField(null=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "reference"], name="reference_in_its_unit"),
        ]

    def __str__(self) -> str:
        return self.reference


class Entity(models.Model):
    """`unit` repeats the investigation's, so that every query can be confined by one column."""

    id = id_field("ent")
    investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, related_name="entities"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    schema = models.CharField(max_length=40)
    caption = models.CharField(max_length=LONGEST_VALUE)
    role = code_field(EntityRole)
    subject_category = code_field(DataSubjectCategory)
    is_minor = models.BooleanField(default=False)
    audience = code_field(Audience)
    visibility = code_field(Visibility)
    state = code_field(EntityState, default=EntityState.ACTIVE)
    withdrawal_reason = code_field(WithdrawalReason, is_blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    origin_input = models.CharField(max_length=30, blank=True, default="")
    origin_handover = models.CharField(max_length=30, blank=True, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["unit", "state"])]

    def __str__(self) -> str:
        return self.id


class Statement(models.Model):
    """One value, kept as it was written. A correction adds a statement and retires this one.

    `comparable` is the form by which the unit finds the value again among its own records.
    `originator_unit` is set on what another unit handed over: its handling code binds us.
    """

    id = id_field("sta")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="statements")
    property = models.CharField(max_length=40)
    value = models.CharField(max_length=LONGEST_VALUE)
    comparable = models.CharField(max_length=255, blank=True, default="", db_index=True)
    source = models.CharField(max_length=200)
    source_grade = code_field(SourceGrade)
    information_grade = code_field(InformationGrade)
    handling_code = code_field(HandlingCode)
    nature = code_field(Nature)
    observed_on = models.CharField(max_length=10, blank=True, default="")
    originator_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    is_current = models.BooleanField(default=True)
    corrected_by_statement = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+"
    )
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["entity", "is_current"])]

    def __str__(self) -> str:
        return self.id
