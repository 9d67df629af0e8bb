from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from crosslight.accounts.models import User
from crosslight.core.lifecycle.erasure import ErasureState
from crosslight.core.vocabulary.erasure import ErasureGround, ErasureKind
from crosslight.foundation import clock
from crosslight.foundation.fields import code_field, id_field
from crosslight.partnerships.models import Country


class Erasure(models.Model):
    """One erasure or restriction of one object. Identifiers and codes only: it outlives the data.

    `told` are the units and organisations that got notice; `counts` what went, by kind.
    """

    id = id_field("era")
    kind = code_field(ErasureKind)
    object_id = models.CharField(max_length=30)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    ground = code_field(ErasureGround)
    state = code_field(ErasureState, default=ErasureState.REQUESTED)
    counts = models.JSONField(default=dict)
    told = models.JSONField(default=list)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["object_id"],
                condition=Q(state=ErasureState.REQUESTED.value),
                name="one_open_request_an_object",
            ),
        ]

    def __str__(self) -> str:
        return self.id
