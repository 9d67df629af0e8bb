"""Packages, the steps of their custody and what was found out about them.

The bytes lie in files (see `storage`); a row says which of them count. A contribution is known by
its id alone: what contributors send reaches this app through `contributions`, never the other way.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from crosslight.accounts.models import User
from crosslight.core.evidence.packages.custody import Step
from crosslight.core.lifecycle.package import PackageState
from crosslight.core.vocabulary.custody import Access, PackageForm
from crosslight.core.vocabulary.law import LegalBasis
from crosslight.foundation import clock
from crosslight.foundation.fields import code_field, id_field
from crosslight.partnerships.models import Country, Organisation


class Package(models.Model):
    """`size` and `sha256` are of the file as it was sent, in lower-case hexadecimal.

    `evidence_id` is the identifier inside the package, which its sender gave it; `sealed_sha256` is
    of the package that was sealed. `fault` says in one sentence why it does not hold.
    """

    id = id_field("pkg")
    contribution_id = models.CharField(max_length=30, db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    country = models.ForeignKey(Country, on_delete=models.PROTECT)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = code_field(PackageState, default=PackageState.RECEIVING)
    form = code_field(PackageForm)
    media_type = models.CharField(max_length=130)
    access = code_field(Access)
    legal_basis = code_field(LegalBasis)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    received_bytes = models.PositiveBigIntegerField(default=0)
    evidence_id = models.CharField(max_length=30, blank=True)
    fault = models.TextField(blank=True)
    sealed_sha256 = models.CharField(max_length=64, blank=True)
    ledger_index = models.PositiveBigIntegerField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    collected_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    # With its contribution, by a data-protection officer (LED article 16(3)).
    set_aside_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    remains_erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["country", "state", "created_at"]),
            models.Index(fields=["organisation", "state"]),
            models.Index(fields=["state", "expires_at"]),
        ]

    def __str__(self) -> str:
        return self.id


class CustodyStep(models.Model):
    """One signed statement of the chain. `by` is who made it: None where it came in the package."""

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    step = code_field(Step)
    envelope = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=39)
    actor = models.CharField(max_length=39)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recipient = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ledger_index = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["package", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # A fork of the chain cannot be stored.
            models.UniqueConstraint(fields=["package", "number"], name="custody_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.package_id} {self.number} {self.step}"


class Annotation(models.Model):
    """What was found out about a package, beside it and never in it. Rows are only added."""

    class Kind(models.TextChoices):
        VERIFICATION = "verification"
        INSPECTION = "inspection"

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="annotations")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    body = models.JSONField()
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["package", "made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.package_id} {self.kind}"


class SenderKey(models.Model):
    """A contributor's signing key whose fingerprint a person compared by another way."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    fingerprint = models.CharField(max_length=39)
    registered_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "fingerprint"], name="sender_key_once"),
        ]

    def __str__(self) -> str:
        return self.fingerprint
