from __future__ import annotations

import pytest

from crosslight.core.attributes import dates
from crosslight.core.attributes.dates import PartialDate


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1987-03-14", "1987-03-14"),
        ("14/03/1987", "1987-03-14"),
        ("14.3.1987", "1987-03-14"),
        ("03/14/1987", "1987-03-14"),
        ("19870314", "1987-03-14"),
        ("1987-03-14T00:00:00", "1987-03-14"),
        ("1987-03", "1987-03"),
        ("1987", "1987"),
        ("١٩٨٧", "1987"),
        ("1987-02-30", None),
        ("1987-13", None),
        ("0000-01-01", None),
        ("spring 1987", None),
        ("", None),
    ],
)
def test_dates_as_people_write_them(raw, expected):
    assert dates.normalise(raw) == expected


def test_placeholders_are_known():
    assert PartialDate(1990, 1, 1).is_placeholder
    assert not PartialDate(1990, 1, 1).is_unknown
    assert PartialDate(1900, 1, 1).is_unknown
    assert not PartialDate(1990, 2, 1).is_placeholder
    assert not PartialDate(1900).is_unknown


def test_a_day_that_could_be_a_month_is_ambiguous():
    assert PartialDate(1991, 3, 2).is_ambiguous
    assert not PartialDate(1991, 3, 14).is_ambiguous
    assert not PartialDate(1991, 3, 3).is_ambiguous
    assert not PartialDate(1991).is_ambiguous
