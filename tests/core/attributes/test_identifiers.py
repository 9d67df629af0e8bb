"""Tables of what each identifier module makes of what people write."""

from __future__ import annotations

import pytest

from crosslight.core.attributes import (
    accounts,
    addresses,
    documents,
    emails,
    handles,
    ibans,
    phones,
    plates,
    registrations,
    vehicles,
    vessels,
    wallets,
)


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ("+44 7700 900123", None, "+447700900123"),
        ("0044 7700 900123", None, "+447700900123"),
        ("07700 900123", "gb", "+447700900123"),
        ("07700 900123", "GB", "+447700900123"),
        ("+44 (0)7700 900123", None, "+447700900123"),
        ("٠٠٤٤٧٧٠٠٩٠٠١٢٣", None, "+447700900123"),
        ("07700 900123", None, None),
        ("12", "GB", None),
        ("call me", "GB", None),
        ("", None, None),
    ],
)
def test_phone_becomes_e164_or_nothing(raw, country, expected):
    assert phones.normalise(raw, country=country) == expected


def test_phone_shows_in_groups_and_keeps_its_tail():
    assert phones.display("+447700900123") == "+44 7700 900123"
    assert phones.display("not a number") == "not a number"
    assert phones.tail("07700 900123") == phones.tail("+447700900123") == "00900123"
    assert phones.tail("1234") is None


def test_phone_validity_asks_whether_the_range_is_assigned():
    assert phones.is_valid("+442079460000") or phones.is_valid("+44 20 7946 0000")
    assert not phones.is_valid("+44 0000")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("GB33 BUKB 2020 1555 5555 55", "GB33BUKB20201555555555"),
        ("gb33bukb20201555555555", "GB33BUKB20201555555555"),
        ("GB34BUKB20201555555555", None),
        ("hello", None),
    ],
)
def test_iban_needs_the_right_check_digits(raw, expected):
    assert ibans.normalise(raw) == expected


def test_iban_shows_in_fours_and_must_agree_with_a_stated_country():
    assert ibans.display("GB33BUKB20201555555555") == "GB33 BUKB 2020 1555 5555 55"
    assert ibans.normalise("GB33BUKB20201555555555", country="fr") is None


def test_wallet_is_phone_and_operator():
    assert wallets.normalise("Wave +44 7700 900123") == "wave:+447700900123"
    assert wallets.normalise("07700 900123", country="gb") == ":+447700900123"
    assert wallets.normalise("Wave") is None
    assert wallets.display("wave:+447700900123") == "+44 7700 900123 (wave)"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("GB33 BUKB 2020 1555 5555 55", "iban:GB33BUKB20201555555555"),
        ("Orange Money +44 7700 900123", "wallet:orangemoney:+447700900123"),
        ("+447700900123", "wallet::+447700900123"),
        ("0x" + "Ab" * 20, "crypto:0x" + "ab" * 20),
        ("00012-345678", "number:12345678"),
        ("123", None),
    ],
)
def test_account_says_what_kind_it_is(raw, expected):
    assert accounts.normalise(raw) == expected


@pytest.mark.parametrize(
    ("raw", "kind", "country", "number"),
    [
        ("passport SN A0123456", "passport", "SN", "A0123456"),
        ("Passeport: a-0123 456", "passport", None, "A0123456"),
        ("A0123456", None, None, "A0123456"),
        ("id 1 234 567", "id", None, "1234567"),
        ("document GM X000 0001", "document", "GM", "X0000001"),
    ],
)
def test_document_has_kind_country_and_number(raw, kind, country, number):
    assert documents.parse(raw) == documents.Document(kind, country, number)
    assert documents.normalise(raw) == number


@pytest.mark.parametrize(
    ("raw", "fits"),
    [
        ("12345678Z", True),
        ("12345678-A", False),
        ("X-1234567-L", True),
        ("X1234567M", False),
        ("RCCMNL83S18D969H", True),
        ("RCCMNL83S18D969A", False),
        ("X0000000", None),
        ("", None),
    ],
)
def test_a_national_number_that_checks_itself_is_checked(raw, fits):
    assert documents.check_fits(raw) is fits


@pytest.mark.parametrize("raw", ["", "passport", "abc", "1", "none", "x" * 300])
def test_text_without_a_number_is_no_document(raw):
    assert documents.parse(raw) is None


def test_letters_that_clerks_confuse_with_digits_compare_as_digits():
    assert documents.comparable("AO12I4") == documents.comparable("A0 1214")
    assert plates.comparable("DK IO 12") == plates.comparable("DK-10-12")


def test_plate_keeps_its_country_apart():
    assert plates.parse("SN: dk-1234 a") == plates.Plate("SN", "DK1234A")
    assert plates.parse("DK 1234 A", country="sn") == plates.Plate("SN", "DK1234A")
    assert plates.normalise("no plate") is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Awa.N@Example.ORG", "awa.n@example.org"),
        ("mailto:awa@example.org", "awa@example.org"),
        ("awa@bücher.example", "awa@xn--bcher-kva.example"),
        ("awa@localhost", None),
        ("awa@@example.org", None),
        ("awa example.org", None),
        ("a@" + "x" * 80 + ".org", None),
        ("a@..", None),
    ],
)
def test_email_is_lower_case_with_an_ascii_domain(raw, expected):
    assert emails.normalise(raw) == expected


def test_email_shows_its_domain_in_its_own_script_and_knows_its_mailbox():
    assert emails.display("awa@xn--bcher-kva.example") == "awa@bücher.example"
    assert emails.mailbox("a.w.a+x@gmail.com") == emails.mailbox("awa@googlemail.com")
    assert emails.mailbox("a.wa+x@example.org") == "a.wa@example.org"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("https://www.facebook.com/profile.php?id=100099", "facebook:100099"),
        ("https://m.facebook.com/Awa.N/", "facebook:awa.n"),
        ("instagram.com/Awa_N?x=1", "instagram:awa_n"),
        ("https://www.tiktok.com/@awa", "tiktok:awa"),
        ("https://twitter.com/Awa", "x:awa"),
        ("https://www.linkedin.com/in/awa-n", "linkedin:awa-n"),
        ("t.me/awa", "telegram:awa"),
        ("Twitter: @Awa", "x:awa"),
        ("@Awa", ":awa"),
        ("https://example.org/awa", None),
        ("https://t.me/", None),
        ("two words", None),
    ],
)
def test_handle_knows_platform_and_profile_address(raw, expected):
    assert handles.normalise(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("IMO 9074729", "imo:9074729"),
        ("9074729", "imo:9074729"),
        ("9074728", None),
        ("MMSI 235012345", "mmsi:235012345"),
        ("002350000", None),
    ],
)
def test_vessel_numbers_are_checked(raw, expected):
    assert vessels.normalise(raw) == expected


def test_vin_reads_forbidden_letters_as_digits():
    assert vehicles.normalise("1M8GDM9AXKP042788") == "1M8GDM9AXKP042788"
    assert vehicles.normalise("IM8GDM9AXKPO42788") == "1M8GDM9AXKP042788"
    assert vehicles.normalise("1M8GDM9") is None
    assert vehicles.is_check_digit_valid("1M8GDM9AXKP042788")
    assert not vehicles.is_check_digit_valid("1M8GDM9A1KP042788")


def test_registration_is_letters_and_digits():
    assert registrations.normalise("RC: dkr-2020/b.123") == "RCDKR2020B123"
    assert registrations.normalise("pending") is None


def test_address_does_not_mind_order_and_abbreviation():
    assert addresses.normalise("12, Rue Carnot") == addresses.normalise("rue carnot 12")
    assert addresses.normalise("5 Hill St.") == addresses.normalise("5 Hill Street")
    assert addresses.normalise("...") is None


@pytest.mark.parametrize(
    ("display", "value"),
    [
        (handles.display, {"facebook:awa": "@awa (facebook)", ":awa": "@awa"}),
        (vessels.display, {"imo:9074729": "IMO 9074729"}),
        (
            accounts.display,
            {
                "iban:GB33BUKB20201555555555": "GB33 BUKB 2020 1555 5555 55",
                "wallet:wave:+447700900123": "+44 7700 900123 (wave)",
                "number:123456": "123456",
            },
        ),
    ],
)
def test_display_is_for_people(display, value):
    assert {given: display(given) for given in value} == value
