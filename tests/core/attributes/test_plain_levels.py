"""Levels of e-mail addresses, registration numbers and vehicle identification numbers."""

from __future__ import annotations

import pytest

from crosslight.core.attributes import emails, registrations, vehicles

_VIN = "1M8GDM9AXKP042788"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("invented@example.org", "invented@example.org", "same"),
        ("invented@example.org", "invented+x@example.org", "same_mailbox"),
        ("in.vented@gmail.com", "invented@googlemail.com", "same_mailbox"),
        ("invented.name@example.org", "invented_name92@example.org", "near"),
        ("inventedname@example.org", "inventedmame@example.org", "near"),
        ("invented@example.org", "invented@example.com", "same_name_other_domain"),
        ("contact@example.org", "contact@example.com", "different"),
        ("abc@example.org", "abd@example.org", "different"),
    ],
)
def test_level_of_email_addresses(left, right, expected):
    assert emails.level(left, right) == expected
    is_key_shared = bool(set(emails.variants(left)) & set(emails.variants(right)))
    assert is_key_shared or expected in {"different", "near"}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("SNDKR2020B012345", "SNDKR2020B012345", "same"),
        ("0012345678", "12345678", "trimmed"),
        ("FR12345678901", "12345678901", "trimmed"),
        ("12345678", "12345687", "one_character"),
        ("AB123456", "CD123456", "different"),
        ("12345", "12346", "different"),
    ],
)
def test_level_of_registration_numbers(left, right, expected):
    assert registrations.level(left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (_VIN, _VIN, "same"),
        (_VIN, _VIN.replace("8G", "BG"), "confusable"),
        (_VIN, _VIN.replace("GD", "GE"), "one_character"),
        (_VIN, _VIN[:-1] + "9", "different"),
        (_VIN, _VIN[::-1], "different"),
    ],
)
def test_level_of_vehicle_numbers(left, right, expected):
    assert vehicles.level(left, right) == expected
