"""Online accounts: permanent numbers, handles that change, and how two agree."""

from __future__ import annotations

import pytest

from crosslight.core.attributes import handles

_CHANNEL = "UCabcdefghijklmnopqrstuv"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("https://www.facebook.com/profile.php?id=100000000001", "facebook|100000000001|"),
        ("https://m.facebook.com/invented.person", "facebook||invented.person"),
        (
            "https://facebook.com/people/Invented-Person/100000000001/",
            "facebook|100000000001|invented-person",
        ),
        ("facebook: invented.person (id 100000000001)", "facebook|100000000001|invented.person"),
        (f"https://youtube.com/channel/{_CHANNEL}", f"youtube|{_CHANNEL}|"),
        ("telegram: 123456789", "telegram|123456789|"),
        ("https://t.me/invented_name", "telegram||invented_name"),
        ("https://vk.com/id12345678", "vk|12345678|"),
        ("https://wa.me/447700900123", "whatsapp|+447700900123|"),
        ("whatsapp: +447700900123", "whatsapp|+447700900123|"),
        ("https://www.facebook.com/groups/123456789012345/", "facebook||group-123456789012345"),
        ("https://www.instagram.com/p/AbCdEfGh/", None),
        ("https://www.facebook.com/watch/?v=123456789", None),
        ("https://www.instagram.com/stories/invented.name/123/", "instagram||invented.name"),
        ("@invented", "||invented"),
        ("two words", None),
        ("", None),
    ],
)
def test_form_tells_the_permanent_number_from_the_handle(raw, expected):
    assert handles.form(raw) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("facebook|100001|old.name", "facebook|100001|new.name", "same_id"),
        ("facebook||old.name", "facebook||old.name", "same_handle"),
        ("facebook|100001|old.name", "facebook||old.name", "same_handle"),
        ("facebook|100001|old.name", "facebook|100002|old.name", "reused_handle"),
        ("instagram||invented.name", "instagram||invented_name92", "near_handle"),
        ("instagram||inventedname", "instagram||inventedmame", "near_handle"),
        ("instagram||inventedname", "tiktok||inventedname", "same_name_other_platform"),
        ("||invented_name", "tiktok||invented.name", "same_name_other_platform"),
        ("||inventedname", "tiktok||inventedname", "same_name_other_platform"),
        ("instagram||abc1", "instagram||abc2", "different"),
        ("instagram||inventedname", "tiktok||otherperson", "different"),
    ],
)
def test_level_names_how_two_accounts_agree(left, right, expected):
    assert handles.level(left, right) == expected


def test_the_key_is_the_permanent_number_where_one_is_known():
    assert handles.key("facebook|100001|old.name") == "facebook#100001"
    assert handles.key("facebook||old.name") == "facebook:old.name"
    assert handles.key("||old.name") is None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("instagram||invented.name", "instagram||invented_name92"),
        ("instagram||inventedname", "||invented.name"),
    ],
)
def test_variants_outlive_dots_strokes_and_digits(left, right):
    assert set(handles.variants(left)) & set(handles.variants(right))


def test_a_handle_beside_an_id_still_meets_the_bare_handle():
    assert handles.key("facebook||old.name") in handles.variants("facebook|100001|old.name")


def test_an_account_that_is_a_phone_number_meets_the_phone():
    assert "+447700900123" in handles.variants("whatsapp|+447700900123|")
