"""Passwords: the cost of one try in the product's own settings, and who cannot use one."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.test import override_settings

from crosslight.accounts.selectors import names_of, user_by_email
from crosslight.accounts.services import create_user
from crosslight.config import settings as product


@override_settings(PASSWORD_HASHERS=product.PASSWORD_HASHERS)
def test_the_product_hashes_with_argon2id_at_the_cost_of_owasp() -> None:
    encoded = make_password("seven quiet harbours")
    parameters = identify_hasher(encoded).decode(encoded)

    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert (parameters["time_cost"], parameters["memory_cost"], parameters["parallelism"]) == (
        2,
        19456,
        1,
    )
    assert check_password("seven quiet harbours", encoded)
    assert not check_password("seven quiet harbour", encoded)


def test_the_product_knows_no_other_hasher() -> None:
    assert product.PASSWORD_HASHERS == ["crosslight.accounts.hashers.Argon2idHasher"]


def test_an_account_without_password_takes_none(db: None) -> None:
    user = create_user(email="robot@example.org", name="Robot")

    assert not user.has_usable_password()
    assert not user.check_password("")
    assert not user.check_password(user.password)


def test_an_account_is_found_whatever_the_case(db: None) -> None:
    user = create_user(email=" Amina@Example.org ", name=" Amina ")

    assert user.email == "amina@example.org"
    assert user_by_email("AMINA@example.ORG ") == user
    assert names_of(frozenset({user.pk, "usr_absent"})) == {user.pk: "Amina"}
