from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from crosslight.accounts.models import User
from crosslight.core.vocabulary.coordination import AppealState
from crosslight.foundation import clock
from crosslight.foundation.fields import code_field, id_field
from crosslight.investigations.models import Entity
from crosslight.partnerships.models import Unit


class CommonValue(models.Model):
    """An identifier that too many entities hold for it to say anything: a shelter's phone.

    `lifted_at`: the regional office let it make matches again, up to a higher number of holders.
    """

    id = id_field("val")
    key = models.BigIntegerField(unique=True)
    since = models.DateTimeField(default=clock.now)
    lifted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.id


class ValueAppeal(models.Model):
    """A unit asks that a common value be looked at again; the regional office keeps or lifts it."""

    id = id_field("apl")
    value = models.ForeignKey(CommonValue, on_delete=models.PROTECT, related_name="appeals")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = code_field(AppealState, default=AppealState.ASKED)
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.CharField(max_length=500, blank=True, default="")
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["value"],
                condition=Q(state=AppealState.ASKED.value),
                name="one_open_appeal_a_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value_id}: {self.state}"
