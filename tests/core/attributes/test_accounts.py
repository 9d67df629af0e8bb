"""Accounts: wallets and their phones, IBAN and national number, crypto addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslight.core.attributes import accounts, crypto, phones, wallets
from crosslight.core.attributes.keccak import keccak256

# Test vectors of BIP 173, BIP 350 and EIP-55; the all-zero payload in Base58Check.
_SEGWIT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
_TAPROOT = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"
_ETHEREUM = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
_ZEROS = "1111111111111111111114oLvT2"


@pytest.mark.parametrize(
    ("text", "chain", "is_sound"),
    [
        (_SEGWIT, "bitcoin", True),
        (_SEGWIT.upper(), "bitcoin", True),
        (_SEGWIT[:-1] + "5", "bitcoin", False),
        (_TAPROOT, "bitcoin", True),
        (_ETHEREUM, "ethereum", True),
        (_ETHEREUM.lower(), "ethereum", True),
        (_ETHEREUM.replace("aA", "AA"), "ethereum", False),
        (_ZEROS, "bitcoin", True),
        (_ZEROS[:-1] + "3", "bitcoin", False),
        ("1" + _ZEROS, "bitcoin", False),
        ("rrrrrrrrrrrrrrrrrrrrrhoLvTp", "xrp", True),
        ("T" + "1" * 33, "tron", False),
        ("hello", None, False),
        ("", None, False),
    ],
)
def test_addresses_of_chains_are_checked(text, chain, is_sound):
    assert crypto.chain_of(text) == chain
    assert crypto.is_sound(text) is is_sound


@given(st.text(alphabet="13bcltTDr0xLM1qpzAB9", max_size=45))
def test_any_text_is_sound_or_not(text):
    assert crypto.is_sound(text) in {True, False}


def test_keccak_is_the_one_before_sha3():
    expected = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert keccak256(b"").hex() == expected
    assert len(keccak256(b"a" * 500)) == 32


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orange Money", "orange"),
        ("OM", "orange"),
        ("M-Pesa", "mpesa"),
        ("MTN MoMo", "mtn"),
        ("Flooz", "moov"),
        ("Afrimoney", "africell"),
        ("Unlisted Cash", "unlistedcash"),
        ("", ""),
    ],
)
def test_services_of_one_operator_get_one_name(text, expected):
    assert wallets.operator(text) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Orange Money +44 7700 900123", "wallet:orange:+447700900123"),
        ("+44 7700 900123", "wallet::+447700900123"),
        ("GB33 BUKB 2020 1555 5555 55", "iban:GB33BUKB20201555555555"),
        (_ETHEREUM, f"crypto:{_ETHEREUM.lower()}"),
        (_SEGWIT.upper(), f"crypto:{_SEGWIT}"),
        (_SEGWIT[:-1] + "5", f"unsound:{_SEGWIT[:-1]}5"),
        ("12", None),
    ],
)
def test_form_says_what_kind_of_account(raw, expected):
    assert accounts.form(raw) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("wallet:orange:+447700900123", "wallet:orange:+447700900123", "same"),
        ("wallet:orange:+447700900123", "wallet::+447700900123", "same"),
        ("wallet:orange:+447700900123", "wallet:wave:+447700900123", "same_phone"),
        ("wallet:orange:+447700900123", "wallet:orange:+447700900124", "different"),
        ("iban:GB33BUKB20201555555555", "number:20201555555555", "national_part"),
        ("iban:GB33BUKB20201555555555", "number:GB33BUKB20201555555556", "one_character"),
        ("number:12345678", "number:12345687", "one_character"),
        ("number:1234567", "number:1234568", "different"),
        ("wallet:orange:+447700900123", "number:7700900123", "phone_number"),
        ("wallet:orange:+447700900123", "number:7700900124", "different"),
        (f"crypto:{_SEGWIT}", f"unsound:{_SEGWIT[:-1]}5", "one_character"),
    ],
)
def test_level_names_how_two_accounts_agree(left, right, expected):
    assert accounts.level(left, right) == expected


def test_a_wallet_meets_its_phone_and_a_number_its_iban():
    assert phones.key("+447700900123") in accounts.variants("wallet:orange:+447700900123")
    iban, number = "iban:GB33BUKB20201555555555", "number:20201555555555"
    assert set(accounts.variants(iban)) & set(accounts.variants(number))


def test_only_what_is_whole_and_checks_is_an_exact_key():
    assert accounts.key("wallet::+447700900123") is None
    assert accounts.key(f"unsound:{_SEGWIT}") is None
    assert accounts.key("wallet:wave:+447700900123") == "wallet:wave:+447700900123"
