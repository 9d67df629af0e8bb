"""What oversight keeps of its own work: checks, samples and what was said of each access.

Numbers of ledger entries, never anything of what the entries are about.
"""

from __future__ import annotations

from django.db import models

from crosslight.accounts.models import User
from crosslight.core.vocabulary.oversight import AccessVerdict
from crosslight.foundation import clock
from crosslight.foundation.fields import code_field, id_field


class LedgerCheck(models.Model):
    """One verification of the whole ledger. `fault` is "" where it held."""

    id = id_field("chk")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entries = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64, blank=True)
    fault = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.id


class Sample(models.Model):
    """Accesses drawn by `seed` out of the first `size` entries of the ledger."""

    id = id_field("smp")
    drawn_at = models.DateTimeField(default=clock.now)
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=120)
    seed = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return self.id


class SampledAccess(models.Model):
    """`index` is the number of the entry in the ledger."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="accesses")
    index = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "index"], name="access_once_per_sample"),
        ]

    def __str__(self) -> str:
        return f"{self.index} in {self.sample_id}"


class AccessMark(models.Model):
    """What the auditor says of one access. A later mark stands beside the earlier ones."""

    id = id_field("amk")
    access = models.ForeignKey(SampledAccess, on_delete=models.PROTECT, related_name="marks")
    verdict = code_field(AccessVerdict)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.id
