from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from crosslight.accounts.models import User
from crosslight.coordination.models.matches import Match
from crosslight.core.vocabulary.coordination import DecisionKind
from crosslight.foundation.fields import code_field, id_field
from crosslight.partnerships.models import Unit


class Proposal(models.Model):
    """One column: what one side would do. A new one of the same side supersedes it."""

    id = id_field("pro")
    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="proposals")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = code_field(DecisionKind)
    giver_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    terms = models.JSONField(default=dict)
    reason = models.CharField(max_length=1000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["match", "unit"],
                condition=Q(superseded_at=None),
                name="one_column_a_side",
            ),
        ]

    def __str__(self) -> str:
        return self.id


class Decision(models.Model):
    """Both columns were identical and both heads are named (I4). Side A is the trigger's."""

    id = id_field("dec")
    number = models.PositiveIntegerField(unique=True)
    reference = models.CharField(max_length=20, unique=True)
    match = models.OneToOneField(Match, on_delete=models.PROTECT, related_name="decision")
    kind = code_field(DecisionKind)
    giver = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    receiver = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    terms = models.JSONField(default=dict)
    reason_a = models.CharField(max_length=1000)
    reason_b = models.CharField(max_length=1000)
    head_a = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    head_b = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    procedure_version = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.reference
