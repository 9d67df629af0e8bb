"""The keys of subjects: made once, opened when needed, destroyed for good."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction

from crosslight.foundation import clock
from crosslight.foundation.sealing import cache, envelope
from crosslight.foundation.sealing.envelope import DataKey
from crosslight.foundation.sealing.errors import (
    KekUnusable,
    KeyDestroyed,
    KeyMissing,
    SecretKept,
)
from crosslight.foundation.sealing.kek import Wrapped, key_encryption
from crosslight.foundation.sealing.models import STORE, SubjectKey
from crosslight.foundation.sealing.purposes import Purpose
from crosslight.foundation.sealing.wiping import wipe_journal

__all__ = [
    "KeyDestroyed",
    "KeyMissing",
    "Purpose",
    "destroy_secret",
    "keep_secret",
    "make_key",
    "open_by_id",
    "open_for",
    "read_secret",
]

_KEPT_AT = "sealing_subjectkey|secret|{}"


def make_key(subject: str, *, purpose: Purpose) -> None:
    """Make the subject's key where it has none. Raises KeyDestroyed where it had one.

    It is stored at once, in a transaction of its own: data that needs it can only come later. A
    key whose data was rolled back opens nothing and does no harm.
    """
    _row_of(subject, purpose=purpose)


def keep_secret(subject: str, secret: bytes, *, purpose: Purpose) -> None:
    """Keep a secret of the subject, such as an age identity, sealed with its key.

    The same one may be kept again; another raises SecretKept, for what the first one opens would
    be lost.
    """
    row = _row_of(subject, purpose=purpose)
    key = _opened(row)
    with _store():
        held = SubjectKey.objects.select_for_update().get(pk=row.pk)
        if held.destroyed_at is not None:
            raise KeyDestroyed
        if held.secret is not None:
            if _secret_of(held, key) != secret:
                raise SecretKept
            return
        held.secret = envelope.seal(secret, key=key, place=_KEPT_AT.format(held.pk))
        held.save(update_fields=["secret"])


def read_secret(subject: str, *, purpose: Purpose) -> bytes:
    """What `keep_secret` was given. Raises KeyMissing or KeyDestroyed."""
    row = _existing(subject, purpose=purpose)
    if row is None or (row.secret is None and row.destroyed_at is None):
        raise KeyMissing
    return _secret_of(row, _opened(row))


def destroy_secret(subject: str, *, purpose: Purpose) -> None:
    """Destroy the subject's key and secret for good, also where there was none yet.

    Durable when it returns, and remembered: the subject gets no other key. Call it after the
    transaction that erased the data; `destruction.destroy_later` does that.
    """
    cache.forget(purpose, subject)
    with _store():
        row, _ = SubjectKey.objects.select_for_update().get_or_create(
            purpose=purpose.value, subject=subject, defaults={"id": secrets.token_bytes(16).hex()}
        )
        if row.destroyed_at is None:
            row.wrapped = row.secret = None
            row.kek = ""
            row.destroyed_at = clock.now()
            row.save()
    cache.CACHE.drop(bytes.fromhex(row.pk))
    wipe_journal(STORE)


def open_for(subject: str, *, purpose: Purpose) -> DataKey:
    """The key to seal with, made where the subject has none. Raises KeyDestroyed."""
    key_id = cache.remembered_id(purpose, subject)
    held = None if key_id is None else cache.CACHE.get(key_id)
    return held or _opened(_row_of(subject, purpose=purpose))


def open_by_id(key_id: bytes) -> DataKey:
    """The key that a sealed value names, with those of all values seen since the last look-up."""
    held = cache.CACHE.get(key_id)
    if held is not None:
        return held
    rows = {row.pk: row for row in _rows(cache.CACHE.wanted_with(key_id))}
    row = rows.pop(key_id.hex(), None)
    if row is None:
        raise KeyMissing
    key = _opened(row)
    for other in rows.values():
        if other.wrapped is not None:
            _opened(other)
    return key


def _rows(ids: Sequence[bytes]) -> list[SubjectKey]:
    return list(SubjectKey.objects.filter(pk__in=[key_id.hex() for key_id in ids]))


def _existing(subject: str, *, purpose: Purpose) -> SubjectKey | None:
    return SubjectKey.objects.filter(purpose=purpose.value, subject=subject).first()


def _row_of(subject: str, *, purpose: Purpose) -> SubjectKey:
    row = _existing(subject, purpose=purpose) or _made(subject, purpose=purpose)
    if row.destroyed_at is not None:
        raise KeyDestroyed
    return row


def _made(subject: str, *, purpose: Purpose) -> SubjectKey:
    key = DataKey(secrets.token_bytes(envelope.KEY_ID_BYTES), AESGCM.generate_key(bit_length=256))
    wrapped = _wrapped(key.key, purpose=purpose)
    with _store():
        row, is_new = SubjectKey.objects.get_or_create(
            purpose=purpose.value,
            subject=subject,
            defaults={"id": key.id.hex(), "kek": wrapped.kek, "wrapped": wrapped.data},
        )
    if is_new:
        cache.CACHE.put([key])
        cache.remember_id(purpose, subject, key.id)
    return row


def _wrapped(key: bytes, *, purpose: Purpose) -> Wrapped:
    """A missing key-encryption key is made for the first key, and never in place of a lost one."""
    provider = key_encryption()
    if not provider.is_ready(purpose=purpose):
        wrapped = SubjectKey.objects.filter(purpose=purpose.value, destroyed_at=None)
        if not wrapped.exists():
            provider.renew(purpose=purpose)
        # Asked again: another process may have made the first of both since.
        elif not provider.is_ready(purpose=purpose):
            raise KekUnusable(f"The key-encryption key for {purpose.value} is missing.")
    return provider.wrap(key, purpose=purpose)


def _opened(row: SubjectKey) -> DataKey:
    if row.wrapped is None:
        raise KeyDestroyed
    purpose = Purpose(row.purpose)
    wrapped = Wrapped(kek=row.kek, data=bytes(row.wrapped))
    key = DataKey(bytes.fromhex(row.pk), key_encryption().unwrap(wrapped, purpose=purpose))
    cache.CACHE.put([key])
    cache.remember_id(purpose, row.subject, key.id)
    return key


def _secret_of(row: SubjectKey, key: DataKey) -> bytes:
    if row.secret is None:
        raise KeyDestroyed
    return envelope.unseal(bytes(row.secret), key=key, place=_KEPT_AT.format(row.pk))


def _store() -> transaction.Atomic:
    """Its own transaction: whatever becomes of the one on the data, this one is kept."""
    return transaction.atomic(using=STORE, durable=True)
