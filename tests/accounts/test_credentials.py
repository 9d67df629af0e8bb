"""Bearer keys of machines: found by their prefix, proved by a hash, shown once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import serializers

from crosslight.accounts.models import ApiCredential, IdempotencyKey, User
from crosslight.accounts.selectors import credential_of, kept_answer
from crosslight.accounts.services import (
    CREDENTIAL_LIFETIME,
    NewCredential,
    create_credential,
    create_user,
    keep_answer,
    note_use,
)
from crosslight.core.vocabulary.people import ActorKind
from crosslight.foundation import clock
from crosslight.ledger.models import LedgerEntry
from crosslight.partnerships.services import create_api_key
from tests.factories import CONSOLE


@pytest.fixture
def made(db: None) -> NewCredential:
    robot = create_user(email="robot@example.org", name="Robot", kind=ActorKind.MACHINE)
    return create_credential(user=robot, label="intake", scopes=["contributions"])


def test_the_secret_finds_its_key(made: NewCredential) -> None:
    assert credential_of(made.secret) == made.credential


@pytest.mark.parametrize(
    "change",
    [
        lambda secret: "",
        lambda secret: ".",
        lambda secret: secret.partition(".")[0],
        lambda secret: secret.partition(".")[0] + ".",
        lambda secret: secret + "x",
        lambda secret: secret[:-1],
        lambda secret: secret.swapcase(),
        lambda secret: f" {secret}",
        lambda secret: "unknown." + secret.partition(".")[2],
        lambda secret: secret.replace(".", "\u0000"),
        lambda secret: secret + "é",
    ],
)
def test_anything_else_finds_none(change: object, made: NewCredential) -> None:
    assert credential_of(change(made.secret)) is None  # type: ignore[operator]


def test_a_revoked_key_opens_nothing(made: NewCredential) -> None:
    ApiCredential.objects.update(revoked_at=clock.now())

    assert credential_of(made.secret) is None


def test_a_key_ends_with_its_lifetime(made: NewCredential) -> None:
    with clock.later(CREDENTIAL_LIFETIME - timedelta(minutes=1)):
        assert credential_of(made.secret) is not None
    with clock.later(CREDENTIAL_LIFETIME + timedelta(minutes=1)):
        assert credential_of(made.secret) is None


def test_no_key_lives_longer_than_a_year(made: NewCredential) -> None:
    longer = create_credential(
        user=made.credential.user, label="x", scopes=[], lifetime=timedelta(days=9999)
    )

    assert longer.credential.expires_at <= clock.now() + CREDENTIAL_LIFETIME


def test_a_key_of_a_disabled_machine_opens_nothing(made: NewCredential) -> None:
    User.objects.filter(pk=made.credential.user_id).update(is_active=False)

    assert credential_of(made.secret) is None


def test_the_secret_is_stored_nowhere(made: NewCredential) -> None:
    created = create_api_key(
        actor=CONSOLE, user=made.credential.user, label="second", scopes=["matches"]
    )
    _, _, hidden = created.secret.partition(".")
    stored = serializers.serialize("json", ApiCredential.objects.all())
    entries = b"".join(bytes(entry.body) for entry in LedgerEntry.objects.all())

    assert hidden not in stored
    assert hidden.encode() not in entries
    assert created.credential.prefix.encode() not in entries
    assert hidden not in repr(created.credential)


def test_keys_differ_each_time(made: NewCredential) -> None:
    secrets = {
        create_credential(user=made.credential.user, label=str(number), scopes=[]).secret
        for number in range(50)
    }

    assert len(secrets) == 50
    assert all(len(secret.partition(".")[2]) >= 43 for secret in secrets)


def test_last_use_is_kept_to_the_minute(made: NewCredential) -> None:
    note_use(made.credential)
    first = ApiCredential.objects.get().last_used_at

    assert first is not None
    assert (first.second, first.microsecond) == (0, 0)
    with clock.later(timedelta(minutes=2)):
        note_use(made.credential)
    assert ApiCredential.objects.get().last_used_at == first + timedelta(minutes=2)


def test_uses_within_a_minute_write_once(
    made: NewCredential,
    django_assert_num_queries: object,
) -> None:
    with clock.at(clock.now()):
        note_use(made.credential)
        with django_assert_num_queries(0):  # type: ignore[operator]
            note_use(made.credential)


def test_an_answer_is_kept_for_its_own_machine_alone(made: NewCredential) -> None:
    other = create_user(email="other@example.org", name="Other", kind=ActorKind.MACHINE)
    keep_answer(
        user=made.credential.user, key="k1", request_hash="h", status=201, answer={"id": "con_1"}
    )

    kept = kept_answer(user=made.credential.user, key="k1")

    assert kept is not None
    assert kept.answer == {"id": "con_1"}
    assert kept_answer(user=other, key="k1") is None
    assert IdempotencyKey.objects.count() == 1
