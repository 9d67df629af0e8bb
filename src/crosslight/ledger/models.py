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
    """Where the tree of one year's shard ends, and its root as signed at that moment.

    The newest year's row grows. `start` is the number of the shard's first entry: numbers run on
    over the years, while places in a tree begin anew with each.
    """

    year = models.PositiveSmallIntegerField(primary_key=True)
    origin = models.CharField(max_length=120, unique=True)
    start = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()
    frontier = models.BinaryField()
    last_at = models.CharField(max_length=27)
    note = models.TextField()

    def __str__(self) -> str:
        return f"{self.origin} {self.size}"

    @property
    def end(self) -> int:
        """The number that follows the shard's last entry."""
        return self.start + self.size


class LedgerTile(models.Model):
    """The root of 256 entries in a row, so that a proof need not read every hash."""

    start = models.PositiveBigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"tile from {self.start}"


class LedgerCheckpoint(models.Model):
    """A signed checkpoint that left the house, kept to be compared with what comes back."""

    year = models.PositiveSmallIntegerField()
    size = models.PositiveBigIntegerField()
    note = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "size"], name="ledger_checkpoint_of_a_size"),
        ]

    def __str__(self) -> str:
        return f"checkpoint {self.size} of {self.year}"


class LedgerStamp(models.Model):
    """The whole answer of a time stamping authority about the shard at one size.

    `root` (PEM) and `policy` are those against which it was checked when it came; `leaf` is the
    fingerprint of the certificate that signed.
    """

    year = models.PositiveSmallIntegerField()
    size = models.PositiveBigIntegerField()
    response = models.BinaryField()
    stamped_at = models.DateTimeField()
    leaf = models.CharField(max_length=64)
    root = models.TextField()
    policy = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "size"], name="ledger_stamp_of_a_size"),
        ]

    def __str__(self) -> str:
        return f"stamp {self.size} of {self.year}"


class LedgerCosignature(models.Model):
    """A witness's line under the checkpoint of one size; the checkpoint is kept, too."""

    year = models.PositiveSmallIntegerField()
    size = models.PositiveBigIntegerField()
    vkey = models.CharField(max_length=300)
    line = models.TextField()
    cosigned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "size", "vkey"], name="ledger_cosignature_of_a_witness"
            ),
        ]

    def __str__(self) -> str:
        return f"cosignature {self.size} of {self.year}"


class LedgerHold(models.Model):
    """A proceeding needs this year: nothing retires it. Gone once it is released."""

    year = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "reference"], name="ledger_hold_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year} held for {self.reference}"


class LedgerTombstone(models.Model):
    """This year's entries were deleted. Its head stays: origin, size and signed root.

    `first_key` is the ledger's public key at the shard's beginning, for the years before it.
    """

    year = models.PositiveSmallIntegerField(primary_key=True)
    retired_at = models.DateTimeField()
    first_key = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.year} is retired"


class LedgerPayload(models.Model):
    """Content behind an entry's commitment. Erasing the row erases it; the root stays."""

    index = models.PositiveBigIntegerField(primary_key=True)
    key = models.BinaryField(max_length=32)
    body = models.BinaryField()

    def __str__(self) -> str:
        return f"payload {self.index}"
