"""Reads of accounts."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import F, QuerySet

from crosslight.accounts.models import ApiCredential, IdempotencyKey, Notice, User
from crosslight.foundation import clock


@dataclass(frozen=True, slots=True)
class Factors:
    """Row numbers of the authenticator apps and of the sets of recovery codes of one person."""

    apps: frozenset[int]
    codes: frozenset[int]


def user_by_email(email: str) -> User | None:
    return User.objects.filter(email__iexact=email.strip()).first()


def names_of(user_ids: frozenset[str]) -> dict[str, str]:
    return dict(User.objects.filter(pk__in=user_ids).values_list("pk", "name"))


def notices_for(user: User) -> QuerySet[Notice]:
    """The inbox: unread first, the nearest due time on top."""
    return Notice.objects.filter(user=user).order_by(
        F("read_at").asc(nulls_first=True), F("due_at").asc(nulls_last=True), "-created_at"
    )


def count_unread(user: User) -> int:
    return Notice.objects.filter(user=user, read_at=None).count()


def credential_of(secret: str) -> ApiCredential | None:
    """The key in force behind a bearer secret, or None: unknown, revoked and expired are one."""
    credential = known_credential(secret)
    is_in_force = (
        credential is not None
        and credential.revoked_at is None
        and credential.expires_at > clock.now()
        and credential.user.is_active
    )
    return credential if is_in_force else None


def known_credential(secret: str) -> ApiCredential | None:
    """The key behind a bearer secret, in force or not."""
    prefix, _, _ = secret.partition(".")
    if not (prefix.isascii() and prefix.isprintable()):
        return None  # PostgreSQL takes no NUL, not even to look for one
    credential = ApiCredential.objects.select_related("user").filter(prefix=prefix).first()
    if credential is None or not hmac.compare_digest(credential.secret_hash, hash_secret(secret)):
        return None
    return credential


def factors_of(user: User) -> Factors:
    rows = Authenticator.objects.filter(user=user).values_list("pk", "type")
    is_codes = {pk: kind == Authenticator.Type.RECOVERY_CODES for pk, kind in rows}
    return Factors(
        apps=frozenset(pk for pk, codes in is_codes.items() if not codes),
        codes=frozenset(pk for pk, codes in is_codes.items() if codes),
    )


def kept_answer(*, user: User, key: str) -> IdempotencyKey | None:
    return IdempotencyKey.objects.filter(user=user, key=key).first()


def hash_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
