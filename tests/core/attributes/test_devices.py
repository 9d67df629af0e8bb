"""Devices and SIM cards; numbers are invented, with check digits worked out."""

from __future__ import annotations

import pytest

from crosslight.core.attributes import devices

_IMEI = "490154203237518"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (_IMEI, "imei:49015420323751"),
        ("IMEI 49-015420-323751-8", "imei:49015420323751"),
        ("IMEISV: 4901542032375101", "imei:49015420323751"),
        ("IMSI 608010000000001", "imsi:608010000000001"),
        ("608010000000001", "imsi:608010000000001"),
        ("ICCID 8922100000000000001", "iccid:8922100000000000001"),
        ("00-00-5E-00-53-01", "mac:00005e005301"),
        ("0000.5e00.5301", "mac:00005e005301"),
        ("IMEI 123", None),
        ("hello", None),
    ],
)
def test_form_says_what_kind_of_number(raw, expected):
    assert devices.form(raw) == expected


def test_the_check_digit_is_judged_where_there_is_one():
    assert devices.check_fits(_IMEI) is True
    assert devices.check_fits(f"IMEI {_IMEI[:-1]}9") is False
    assert devices.check_fits("IMSI 608010000000001") is None


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("imei:49015420323751", "imei:49015420323751", "same"),
        ("iccid:8922100000000000001", "iccid:892210000000000000", "same"),
        ("imei:49015420323751", "imei:49015420323741", "one_digit"),
        ("imei:49015420323751", "imsi:49015420323751", "different"),
        ("mac:00005e005301", "mac:00005e005302", "different"),
    ],
)
def test_level_names_how_two_numbers_agree(left, right, expected):
    assert devices.level(left, right) == expected


def test_numbers_that_many_devices_bear_are_no_key():
    assert devices.key("imei:00000000000000") is None
    assert devices.key("mac:02005e005301") is None
    assert devices.key("mac:00005e005301") == "mac:00005e005301"
