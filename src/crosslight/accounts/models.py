"""Who can sign in: persons with a password and a second factor, machines with a key."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from crosslight.core.vocabulary.people import ActorKind
from crosslight.foundation import clock
from crosslight.foundation.fields import code_field, id_field


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person or a machine reporter. What they may do comes from mandates, not from here."""

    id = id_field("usr")
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    kind = code_field(ActorKind, default=ActorKind.PERSON)
    language = models.CharField(max_length=8, default="en")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.name


class ApiCredential(models.Model):
    """A machine's bearer key. Only its hash is kept; the prefix finds it."""

    id = id_field("key")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="credentials")
    label = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12, unique=True)
    secret_hash = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.id


class NoticeKind(models.TextChoices):
    """The whole corpus of notices. None carries content: no name, value, country or priority."""

    CONTRIBUTION_WAITING = "contribution_waiting", "A report waits for you."
    QUESTION_WAITING = "question_waiting", "A question waits for you."
    CORRECTION_WAITING = "correction_waiting", "One of your reports needs a correction."
    FEEDBACK_WAITING = "feedback_waiting", "Feedback waits for you."
    INPUT_WAITING = "input_waiting", "An intelligence input waits for your unit."
    INVESTIGATION_WAITING = "investigation_waiting", "A case waits for your approval."
    MATCH_ACKNOWLEDGE = "match_acknowledge", "A match waits for your unit. Acknowledge it."
    MATCH_ANSWER = "match_answer", "A match waits for your unit's answer."
    MATCH_DECIDE = "match_decide", "A match waits for the decision of the heads."
    MATCH_CLOSED = "match_closed", "A match was closed."
    MATCH_UNRESOLVED = "match_unresolved", "Two units could not settle a match."
    MATCH_OVERDUE = "match_overdue", "A match is overdue."
    PROTECTION_NEEDED = "protection_needed", "Protection coordination needed."
    HANDOVER_WAITING = "handover_waiting", "A handover waits for your unit."
    HANDOVER_ANSWERED = "handover_answered", "A handover was answered."
    ROOM_OPENED = "room_opened", "A joint room is open for your unit."
    DATA_ERASED = "data_erased", "Data that you could read were erased. Erase your copies, too."
    DATA_RESTRICTED = "data_restricted", "Data that you could read are set aside. Do not use them."
    PACKAGE_WAITING = "package_waiting", "A file waits for a custodian."
    FILE_FAULTY = "file_faulty", "A file that you sent needs your attention."
    OUTCOME_WAITING = "outcome_waiting", "Say what came of a decision."


class Notice(models.Model):
    """One line in a person's inbox. `object_id` is opaque and opens only what they may see."""

    id = id_field("not")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)  # a NoticeKind
    object_id = models.CharField(max_length=30)
    created_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["user", "read_at"])]

    def __str__(self) -> str:
        return self.id

    @property
    def sentence(self) -> str:
        return str(NoticeKind(self.kind).label)


class IdempotencyKey(models.Model):
    """The answer once given to a machine's POST, given again when it repeats the key."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    key = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_key"),
        ]

    def __str__(self) -> str:
        return self.key
