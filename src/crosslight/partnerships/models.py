"""Who belongs where, and on which mandate."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from crosslight.accounts.models import User
from crosslight.core.vocabulary.contributors import ContributorKind
from crosslight.core.vocabulary.people import Role
from crosslight.foundation import clock
from crosslight.foundation.fields import code_field, id_field


class Partnership(models.Model):
    class Kind(models.TextChoices):
        COP = "cop", "Common operational partnership"
        JOINT_TEAM = "joint_team", "Joint team"
        EXERCISE = "exercise", "Exercise"

    id = id_field("par")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class Country(models.Model):
    """`dialling_region` is the ISO code that unmarked phone numbers are read with."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=40, default="UTC")
    languages = models.CharField(max_length=40, default="en")
    dialling_region = models.CharField(max_length=2, default="GB")
    emergency_number = models.CharField(max_length=20, default="112")

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    class Nature(models.TextChoices):
        CONTRIBUTOR = "contributor", "Contributor"
        AUTHORITY = "authority", "Public authority"

    id = id_field("org")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT)
    country = models.ForeignKey(Country, on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    nature = models.CharField(max_length=20, choices=Nature.choices)
    contributor_kind = code_field(ContributorKind, is_blank=True)
    accredited_until = models.DateField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A national investigation unit. Its duty contact is the pointer that a match discloses."""

    id = id_field("uni")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    country = models.ForeignKey(Country, on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    duty_name = models.CharField(max_length=200)
    duty_phone = models.CharField(max_length=40)
    duty_languages = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """One role for one person in one organisation (and unit), on a legal basis, until a date."""

    id = id_field("man")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates")
    role = code_field(Role)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True)
    legal_basis = models.CharField(max_length=200)
    valid_from = models.DateTimeField(default=clock.now)
    valid_until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["user", "valid_until"])]

    def __str__(self) -> str:
        return self.id
