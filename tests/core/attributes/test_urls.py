"""Web addresses in one form."""

from __future__ import annotations

import pytest

from crosslight.core.attributes import urls


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("https://www.Example.org/Offer/?utm_source=x&b=2&a=1#top", "example.org/Offer?a=1&b=2"),
        ("http://example.org:80/offer/", "example.org/offer"),
        ("example.org/offer%20one", "example.org/offer%20one"),
        ("https://example.org:8443/", "example.org:8443"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://web.archive.org/web/20260101000000/http://www.example.org/a", "example.org/a"),
        ("ftp://example.org/a", None),
        ("http://exa mple.org", None),
        ("http://[::1", None),
        ("word", None),
    ],
)
def test_form_leaves_out_what_differs_from_visit_to_visit(raw, expected):
    assert urls.form(raw) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("example.org/a", "example.org/a", "same"),
        ("example.org/a?x=1", "example.org/a?x=2", "same_page"),
        ("example.org/a", "example.org/b", "same_site"),
        ("facebook.com/a", "facebook.com/b", "different"),
        ("example.org/a", "example.com/a", "different"),
    ],
)
def test_level_names_how_two_addresses_agree(left, right, expected):
    assert urls.level(left, right) == expected
    is_key_shared = bool(set(urls.variants(left)) & set(urls.variants(right)))
    assert is_key_shared is (expected != "different")


def test_a_site_of_millions_is_no_key():
    assert urls.key("facebook.com") is None
    assert urls.key("example.org") == "example.org"
