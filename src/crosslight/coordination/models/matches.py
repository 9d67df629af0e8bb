from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from crosslight.accounts.models import User
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.vocabulary.coordination import (
    OutcomeCode,
    ProtectionStep,
    Route,
    Verdict,
)
from crosslight.core.vocabulary.law import HandlingCode, Nature
from crosslight.core.vocabulary.matching import Band
from crosslight.foundation.fields import code_field, id_field
from crosslight.investigations.models import Entity, Investigation
from crosslight.partnerships.models import Country, Unit


class Match(models.Model):
    """Two units hold what may be the same.

    `evidence` holds what was found, in words and without a value: [{attribute, level, weight,
    label, template, params}]. `model` and `lexicon` are the releases that found it.
    `occurrence` counts the matches of one pair: a second one needs new strong data (I12).
    """

    id = id_field("mat")
    number = models.PositiveIntegerField(unique=True)
    reference = models.CharField(max_length=20, unique=True)
    state = code_field(MatchState)
    route = code_field(Route)
    schema = models.CharField(max_length=40)
    band = code_field(Band)
    weight = models.FloatField()
    model = models.CharField(max_length=20)
    lexicon = models.CharField(max_length=20, blank=True, default="")
    evidence = models.JSONField(default=list)
    is_urgent = models.BooleanField(default=False)
    has_role_conflict = models.BooleanField(default=False)
    low_entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    high_entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    occurrence = models.PositiveSmallIntegerField(default=1)
    notified_at = models.DateTimeField()
    acknowledge_by = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    decide_by = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    outcome_by = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["low_entity", "high_entity", "occurrence"], name="one_match_a_pair"
            ),
            models.CheckConstraint(
                condition=Q(low_entity__lt=F("high_entity")), name="pair_in_order"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return self.reference


class MatchSide(models.Model):
    """One unit's half. Whoever reads the other half passes through `selectors.views`."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="sides")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    country = models.ForeignKey(Country, on_delete=models.PROTECT)
    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT)
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="match_sides")
    is_trigger = models.BooleanField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    verdict = code_field(Verdict, is_blank=True)
    verdict_reason = models.CharField(max_length=500, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    criteria = models.JSONField(default=dict)
    criteria_at = models.DateTimeField(null=True)
    criteria_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = code_field(OutcomeCode, is_blank=True)
    outcome_note = models.CharField(max_length=500, blank=True, default="")
    outcome_at = models.DateTimeField(null=True)
    outcome_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["match", "unit"], name="one_side_a_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.match_id}: {self.unit_id}"


class ReleasedValue(models.Model):
    """One value of the verification set; of a withheld one only that it is withheld.

    It exists from the second acknowledgement on. Not the same, or annulled: it is deleted.
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="released_values")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    attribute = models.CharField(max_length=40)
    value = models.CharField(max_length=500, blank=True)
    is_withheld = models.BooleanField(default=False)
    handling_code = code_field(HandlingCode)
    nature = code_field(Nature)
    released_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.match_id}: {self.attribute}"


class NotSamePair(models.Model):
    """Both units said "not the same": never asked again, unless another identifier agrees.

    `exact_keys` are the numbers of those that agreed when they said so.
    """

    low_entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    high_entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    exact_keys = models.JSONField(default=list)
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["low_entity", "high_entity"], name="one_memory_a_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.low_entity_id} is not {self.high_entity_id}"


class ProtectionChoice(models.Model):
    """What the victim-protection officer of one country decided (procedures A.6).

    `ground` is the reference of the consent or of the legal exception, where the step needs one.
    """

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="protection_choices")
    country = models.ForeignKey(Country, on_delete=models.PROTECT)
    step = code_field(ProtectionStep)
    reason = models.CharField(max_length=500)
    ground = models.CharField(max_length=200, blank=True, default="")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["match", "country"], name="one_choice_a_country"),
        ]

    def __str__(self) -> str:
        return f"{self.match_id}: {self.country_id}"
