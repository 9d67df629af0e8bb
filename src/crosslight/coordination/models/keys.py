from __future__ import annotations

from typing import ClassVar

from django.db import models

from crosslight.investigations.models import Entity
from crosslight.partnerships.models import Unit


class MatchProfile(models.Model):
    """An entity as the matching compares it, so that a candidate is weighed without its statements.

    Read by the matching alone, as are its keys; no selector of any actor returns a row of it.
    """

    entity = models.OneToOneField(Entity, on_delete=models.CASCADE, related_name="match_profile")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    packed = models.TextField()

    def __str__(self) -> str:
        return self.entity_id


class MatchKey(models.Model):
    """The blind index: what registered MATCH_ONLY entities are found by.

    `key` is a signed 64-bit number, `kind` its place in the matching's KEY_KINDS.
    """

    key = models.BigIntegerField()
    profile = models.ForeignKey(MatchProfile, on_delete=models.CASCADE, related_name="keys")
    kind = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "profile"], name="key_once_a_profile"),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id}: {self.key}"


class ValueCount(models.Model):
    """How many entities hold a word of a name or a value that only describes.

    Kept with the keys, for so many hold some of them that counting takes too long.
    """

    key = models.BigIntegerField(primary_key=True)
    holders = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.key}: {self.holders}"


class KeyPopulation(models.Model):
    """One row: how many entities the blind index holds, and under which release it was built.

    `rebuilt_to` is the last entity that a rebuild under way has done, "" where none is; `step`
    tells whether it writes keys or matches anew.
    """

    size = models.PositiveIntegerField(default=0)
    release = models.CharField(max_length=60, blank=True, default="")
    step = models.CharField(max_length=20, blank=True, default="")
    step_release = models.CharField(max_length=60, blank=True, default="")
    rebuilt_to = models.CharField(max_length=30, blank=True, default="")

    def __str__(self) -> str:
        return str(self.size)
