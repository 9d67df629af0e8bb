from __future__ import annotations

from django.db import models

from crosslight.accounts.models import User
from crosslight.coordination.models.decisions import Decision
from crosslight.core.vocabulary.law import HandlingCode
from crosslight.foundation.fields import code_field, id_field
from crosslight.investigations.models import Entity
from crosslight.partnerships.models import Unit


class JointRoom(models.Model):
    id = id_field("roo")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="room")
    lead_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    plan = models.TextField(blank=True, default="")
    plan_due = models.DateTimeField()
    planned_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.id


class RoomItem(models.Model):
    """A record that its owner published; emptied when the owner takes it back."""

    id = id_field("roi")
    room = models.ForeignKey(JointRoom, on_delete=models.PROTECT, related_name="items")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    snapshot = models.JSONField(default=dict)
    handling_code = code_field(HandlingCode)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.id


class RoomMessage(models.Model):
    id = id_field("rom")
    room = models.ForeignKey(JointRoom, on_delete=models.PROTECT, related_name="messages")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.id
