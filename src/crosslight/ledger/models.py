"""The record's tables. No foreign keys: the ledger knows ids, never rows of other apps."""

from __future__ import annotations

from django.db import models


class LedgerEntry(models.Model):
    """`body` is the record; `act`, `actor_id` and the object rows only find it again."""

    index = models.PositiveBigIntegerField(primary_key=True)
    body = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32)
    act = models.CharField(max_length=64)
    actor_id = models.CharField(max_length=90)

    class Meta:
        indexes = [
            models.Index(fields=["act", "index"], name="ledger_by_act"),
            models.Index(fields=["actor_id", "index"], name="ledger_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.act}"


class LedgerObject(models.Model):
    """Which entries name an object: the question of every access review."""

    object_id = models.CharField(max_length=90)
    entry_index = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_id", "entry_index"], name="ledger_object_once_per_entry"
            ),
        ]
        indexes = [models.Index(fields=["entry_index"], name="ledger_objects_of_entry")]

    def __str__(self) -> str:
        return f"{self.object_id} in {self.entry_index}"


class LedgerHead(models.Model):
    """The one row that grows: where the tree ends, and its root as signed at that moment."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    origin = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    frontier = models.BinaryField()
    last_at = models.CharField(max_length=27)
    note = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="ledger_head_is_one_row"),
        ]

    def __str__(self) -> str:
        return f"{self.origin} {self.size}"


class LedgerTile(models.Model):
    """The root of 256 entries in a row, so that a proof need not read every hash."""

    number = models.PositiveBigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"tile {self.number}"


class LedgerCheckpoint(models.Model):
    """A signed checkpoint that left the house, kept to be compared with what comes back."""

    size = models.PositiveBigIntegerField(primary_key=True)
    note = models.TextField()

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class LedgerPayload(models.Model):
    """Content behind an entry's commitment. Erasing the row erases it; the root stays."""

    index = models.PositiveBigIntegerField(primary_key=True)
    key = models.BinaryField(max_length=32)
    body = models.BinaryField()

    def __str__(self) -> str:
        return f"payload {self.index}"
