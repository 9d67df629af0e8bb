from __future__ import annotations

from typing import ClassVar

from django.db import models

from crosslight.accounts.models import User
from crosslight.coordination.models.decisions import Decision
from crosslight.core.lifecycle.handover import HandoverState, ItemState
from crosslight.core.vocabulary.coordination import RefusalCode
from crosslight.core.vocabulary.law import HandlingCode
from crosslight.foundation.fields import code_field, id_field
from crosslight.investigations.models import Entity, Investigation, Statement
from crosslight.partnerships.models import Unit


class Handover(models.Model):
    id = id_field("han")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="handover")
    giver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    giver_investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, related_name="+"
    )
    receiver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    receiver_investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, related_name="+"
    )
    state = code_field(HandoverState, default=HandoverState.PREPARED)
    prepared_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=40, blank=True, default="")

    def __str__(self) -> str:
        return self.id


class HandoverItem(models.Model):
    """One record as it will be, or was, handed over.

    `snapshot` is emptied when the item is refused or the handover withdrawn: what was not taken
    is not kept where the receiver's screens look. Its hash stays.
    """

    id = id_field("hai")
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="items")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    entity_version = models.PositiveIntegerField()
    snapshot = models.JSONField(default=dict)
    snapshot_sha256 = models.CharField(max_length=64)
    handling_code = code_field(HandlingCode)
    state = code_field(ItemState, default=ItemState.OFFERED)
    refusal_code = code_field(RefusalCode, is_blank=True)
    refusal_note = models.CharField(max_length=500, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    received_entity = models.ForeignKey(
        Entity, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["handover", "entity"], name="entity_once_a_handover"),
        ]

    def __str__(self) -> str:
        return self.id


class OriginatorPermission(models.Model):
    """The originator lets this statement go to this receiver (I5). Kept for ever."""

    id = id_field("per")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    originator = models.CharField(max_length=200)
    reference = models.CharField(max_length=100)
    granted_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["statement", "receiver"], name="one_permission_a_receiver"
            ),
        ]

    def __str__(self) -> str:
        return self.id
