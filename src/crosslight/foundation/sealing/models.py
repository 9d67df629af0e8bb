"""The key store's one table, in a database of its own, and what waits to be destroyed there."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from crosslight.foundation import clock

STORE = "keys"


class SubjectKey(models.Model):
    """A subject's data key under its key-encryption key; a tombstone once `destroyed_at` is set.

    `kek` names what it is wrapped under. `secret` is what `keep_secret` was given, sealed with the
    data key. The tombstone stays, so that the same subject never gets another key.
    """

    id = models.CharField(max_length=32, primary_key=True)
    purpose = models.CharField(max_length=20)
    subject = models.CharField(max_length=120)
    kek = models.CharField(max_length=80, blank=True)
    wrapped = models.BinaryField(null=True)
    secret = models.BinaryField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["purpose", "subject"], name="one_key_a_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"


class DueDestruction(models.Model):
    """Beside the data: a key that must go because what it sealed was erased in that transaction."""

    purpose = models.CharField(max_length=20)
    subject = models.CharField(max_length=120)
    due_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["purpose", "subject"], name="one_due_a_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"
