from __future__ import annotations

from typing import ClassVar

from django.db import models

from crosslight.investigations.models import Entity
from crosslight.partnerships.models import Unit

LONGEST_KEY = 255


class MatchKey(models.Model):
    """The blind index: what registered MATCH_ONLY entities are found by.

    Read by the matching alone; no selector of any actor returns a row of it.
    """

    key = models.CharField(max_length=LONGEST_KEY)
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="match_keys")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    is_exact = models.BooleanField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "entity"], name="key_once_an_entity"),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id}: {'exact' if self.is_exact else 'loose'}"


class KeyPopulation(models.Model):
    """One row: how many entities the blind index holds, so that rarity needs no count of all."""

    size = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.size)
