"""Writes of accounts. Whoever calls has asked the policy; these write no ledger entry alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crosslight.accounts.models import ApiCredential, IdempotencyKey, Notice, NoticeKind, User
from crosslight.accounts.selectors import hash_secret
from crosslight.core.vocabulary.people import ActorKind
from crosslight.foundation import clock
from crosslight.foundation.identifiers import is_id, new_secret

CREDENTIAL_LIFETIME = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class NewCredential:
    """`secret` is shown once and never stored."""

    credential: ApiCredential
    secret: str


def create_user(
    *, email: str, name: str, kind: ActorKind = ActorKind.PERSON, password: str | None = None
) -> User:
    """An account without any right; `password` None: it cannot sign in with one."""
    user = User(email=email.strip().lower(), name=name.strip(), kind=kind.value)
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(password)
    user.save()
    return user


def set_password(*, user: User, password: str) -> None:
    """Another password; it also ends the sessions that were opened with the one before."""
    user.set_password(password)
    user.save(update_fields=["password"])


def choose_language(*, user: User, language: str) -> None:
    user.language = language
    user.save(update_fields=["language"])


def create_credential(
    *, user: User, label: str, scopes: Sequence[str], lifetime: timedelta = CREDENTIAL_LIFETIME
) -> NewCredential:
    prefix = new_secret(6)
    secret = f"{prefix}.{new_secret()}"
    credential = ApiCredential.objects.create(
        user=user,
        label=label,
        prefix=prefix,
        secret_hash=hash_secret(secret),
        scopes=list(scopes),
        expires_at=clock.now() + min(lifetime, CREDENTIAL_LIFETIME),
    )
    return NewCredential(credential=credential, secret=secret)


def revoke_credential(credential_id: str) -> ApiCredential | None:
    """The key, dead from its next use on; its first revocation stays on it. None: no such key."""
    credential = ApiCredential.objects.select_for_update().filter(pk=credential_id).first()
    if credential is not None and credential.revoked_at is None:
        credential.revoked_at = clock.now()
        credential.save(update_fields=["revoked_at"])
    return credential


def notify(
    *, users: Iterable[User], kind: NoticeKind, object_id: str, due_at: datetime | None = None
) -> None:
    """Put one line into each inbox, all in the caller's transaction and so at one instant (I2)."""
    moment = clock.now()
    Notice.objects.bulk_create(
        Notice(user=user, kind=kind.value, object_id=object_id, due_at=due_at, created_at=moment)
        for user in users
    )


def note_use(credential: ApiCredential) -> None:
    """Last use, to the minute: one write a minute at most, however many calls come."""
    now = clock.now().replace(second=0, microsecond=0)
    if credential.last_used_at != now:
        credential.last_used_at = now
        credential.save(update_fields=["last_used_at"])


def keep_answer(
    *, user: User, key: str, request_hash: str, status: int, answer: dict[str, object]
) -> None:
    IdempotencyKey.objects.create(
        user=user, key=key, request_hash=request_hash, status=status, answer=answer
    )


def read_notice(*, user: User, notice_id: str) -> Notice | None:
    if not is_id(notice_id, kind="not"):
        return None
    notice = Notice.objects.filter(user=user, pk=notice_id).first()
    if notice is not None and notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
    return notice


def settle_notices(*, object_id: str, kinds: Iterable[NoticeKind], users: Iterable[User]) -> None:
    """The step was taken: those lines no longer wait for anyone."""
    Notice.objects.filter(
        object_id=object_id, kind__in=[kind.value for kind in kinds], user__in=list(users)
    ).filter(read_at=None).update(read_at=clock.now())


def forget_answers(object_id: str) -> None:
    """Answers kept for machines that repeat a request: those about this object."""
    IdempotencyKey.objects.filter(answer__id=object_id).delete()
