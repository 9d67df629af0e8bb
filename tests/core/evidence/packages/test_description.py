from __future__ import annotations

import pytest

from crosslight.core.evidence import canonical
from crosslight.core.evidence.packages.description import read_description, write_description
from crosslight.core.evidence.packages.facts import FACTS
from crosslight.core.evidence.packages.faults import PackageFault
from tests.core.evidence.packages.making import HEADING, files_of, sound

DATA = files_of(sound())["metadata/package.json"]
VALUE = canonical.decode(DATA)
ADVERT, PHOTO = VALUE["items"]


def changed(**changes) -> bytes:
    return canonical.encode(
        {name: value for name, value in (VALUE | changes).items() if value != "absent"}
    )


def item(**changes) -> bytes:
    value = {name: value for name, value in (ADVERT | changes).items() if value != "absent"}
    return changed(items=[value, PHOTO])


def test_what_is_written_is_read_back():
    read = read_description(DATA)
    assert read.heading == HEADING
    assert write_description(read.heading, read.items) == DATA
    assert read.items[0].facts["http_status"] == 200


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (changed(schema="osint-package/2"), "other fields"),
        (changed(id="absent"), "other fields"),
        (changed(author="Jane Example"), "other fields"),
        (changed(id="01JD9X"), "id does not"),
        (changed(contributor="Jane Example"), "contributor does not"),
        (changed(purpose_code="Because."), "purpose_code"),
        (changed(legal_basis="curiosity"), "legal_basis"),
        (changed(legal_basis=1), "legal_basis"),
        (changed(sensitivity=["b", "a"]), "sensitivity"),
        (changed(sensitivity=[1]), "sensitivity"),
        (changed(created="2026-11-21"), "not a time"),
        (changed(created="2026-11-21T17:21:52+00:00"), "not a time"),
        (changed(items=[]), "no items"),
        (changed(items={}), "no items"),
        (changed(items=[PHOTO, ADVERT]), "by path"),
        (changed(items=[PHOTO, PHOTO]), "by path"),
        (changed(items=["x"]), "Item 1 does not say"),
        (item(path="data/objects/../x"), "Item 1 does not name"),
        (item(path="data/maria.jpg"), "Item 1 does not name"),
        (item(sha256="0" * 63), "Item 1 does not name"),
        (item(size=-1), "number of bytes"),
        (item(size=True), "number of bytes"),
        (item(role="copy"), "role"),
        (item(role="derived"), "derived_from"),
        (item(derived_from=f"{HEADING.id}#{'0' * 64}"), "derived_from"),
        (item(clock="absent"), "whose clock"),
        (item(captured_end="2026-11-21T16:00:00Z"), "ends before"),
        (item(photographer="Jane Example"), "closed"),
        (DATA.replace(b'"http_status":200', b'"http_status":200.0'), "whole number"),
        (DATA.replace(b'"http_status":200', b'"http_status":2e2'), "whole number"),
        (DATA.replace(b'"http_status":200', b'"http_status":NaN'), "canonical"),
        (DATA.replace(b'"http_status":200', b'"http_status":200,"http_status":200'), "twice"),
        (DATA.replace(b",", b", ", 1), "canonical"),
        (b"\xef\xbb\xbf" + DATA, "canonical"),
        (DATA.decode().encode("utf-16"), "canonical"),
        (b"[" * 40 + b"]" * 40, "deeper than 16"),
    ],
)
def test_what_is_not_of_the_schema_is_refused(data: bytes, word: str):
    with pytest.raises(PackageFault, match=word):
        read_description(data)


GOOD_AND_BAD = {
    "media_type_declared": ("image/jpeg", "image"),
    "media_type_detected": ("application/warc+gzip", "image/jpeg; x=1"),
    "original_name": ("Фото 1.jpg", "a\u202eb"),
    "derived_from": (f"{HEADING.id}#{'0' * 64}", "0" * 64),
    "source_url": ("https://example.org/a?b=c", "https://user:secret@example.org/"),
    "captured_start": ("2026-11-21T17:00:00Z", "17:00"),
    "captured_end": ("2026-11-21T17:00:00Z", 17),
    "clock": ("tool", "wall"),
    "tool": ({"name": "a", "version": "1", "settings_sha256": "0" * 64}, {"name": "a"}),
    "http_status": (404, True),
    "resolved_ip": ("2001:db8::1", "2001:DB8:0::1"),
    "capture_context": ({"logged_in": True}, {"logged_in": "yes"}),
    "defects": (["cut_off"], ["Cut off"]),
    "flags": ({"possible_minor": True}, {"suspicious": True}),
    "consent_ref": ("con_1", "a consent"),
}


def test_every_fact_has_an_example():
    assert GOOD_AND_BAD.keys() == FACTS.keys()


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_has_its_form(name: str):
    good, bad = GOOD_AND_BAD[name]
    assert FACTS[name](good)
    assert not FACTS[name](bad)
    assert not FACTS[name](None)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://", "https://[::1", "https://example.org/\n", 1, "x" * 9]
)
def test_an_address_is_one_of_the_web(url: object):
    assert not FACTS["source_url"](url)


def test_every_field_that_an_item_shall_have_is_there():
    """The list is closed: a field more or less is a choice to be written down."""
    asked = (
        "path sha256 size media_type_declared media_type_detected role derived_from source_url "
        "captured_start captured_end clock tool http_status resolved_ip capture_context defects "
        "flags consent_ref original_name"
    )
    assert FACTS.keys() | {"path", "sha256", "size", "role"} == set(asked.split())
