"""Which evidence makes which band, and which bands notify."""

from __future__ import annotations

import pytest

from crosslight.core.matching.model import Band
from tests.core.matching.builders import counted, matched, prepared

_PHONE = {"phone": "+44 7700 900123"}
_BORN = {"birthDate": "1990-03-14"}
_AWA = {"name": "Awa Sarr"}


@pytest.mark.parametrize(
    ("left", "right", "band"),
    [
        pytest.param(_AWA, _AWA, Band.WEAK, id="name alone"),
        pytest.param(
            {"name": "Zoubida Xanthopol"}, {"name": "Zoubida Xanthopol"}, Band.WEAK, id="rare name"
        ),
        pytest.param(
            _AWA | {"gender": "female", "nationality": "sn"},
            _AWA | {"gender": "female", "nationality": "sn"},
            Band.WEAK,
            id="name with sex and nationality",
        ),
        pytest.param(_AWA | _BORN, _AWA | _BORN, Band.PROBABLE, id="name and full birth date"),
        pytest.param(
            _AWA | {"birthDate": "1990-01-01"},
            _AWA | {"birthDate": "1990-01-01"},
            Band.WEAK,
            id="name and 1 January",
        ),
        pytest.param(
            _AWA | {"birthDate": "1900-01-01"},
            _AWA | {"birthDate": "1900-01-01"},
            Band.WEAK,
            id="name and unknown date",
        ),
        pytest.param(
            _AWA | _BORN | {"gender": "female"},
            _AWA | _BORN | {"gender": "male"},
            Band.WEAK,
            id="name and birth date, other sex",
        ),
        pytest.param(
            {"name": "Awa"} | _BORN, _AWA | _BORN, Band.WEAK, id="one word and birth date"
        ),
        pytest.param(
            {"name": "Awa Zoubida"} | _BORN | {"address": "12 rue Carnot, Dakar"},
            _AWA | _BORN | {"address": "rue Carnot 12 Dakar"},
            Band.WEAK,
            id="birth date and door, but another surname",
        ),
        pytest.param(
            {"name": "Awa"} | _BORN | {"address": "12 rue Carnot, Dakar"},
            _AWA | _BORN | {"address": "rue Carnot 12 Dakar"},
            Band.PROBABLE,
            id="one word, birth date and door",
        ),
        pytest.param(
            _AWA | _BORN | {"birthPlace": "Kolda"},
            _AWA | _BORN | {"birthPlace": "Kolda"},
            Band.STRONG,
            id="name, birth date and birth place",
        ),
        pytest.param(_AWA | _PHONE, _AWA | _PHONE, Band.STRONG, id="name and phone"),
        pytest.param(
            _AWA | _PHONE, {"name": "Lamine Kanté"} | _PHONE, Band.PROBABLE, id="phone, other name"
        ),
        pytest.param(_PHONE, _PHONE, Band.PROBABLE, id="phone alone"),
        pytest.param(
            {"passportNumber": "X0001234"},
            {"passportNumber": "X0001234"},
            Band.STRONG,
            id="passport",
        ),
        pytest.param(
            {"passportNumber": "X0001234"} | _AWA,
            {"passportNumber": "X0001234", "name": "Lamine Kanté"},
            Band.PROBABLE,
            id="passport, other name",
        ),
        pytest.param(_AWA, {"name": "Lamine Kanté"}, Band.NONE, id="different names"),
        pytest.param(_BORN, _BORN, Band.NONE, id="birth date alone"),
        pytest.param(
            _BORN | {"name": "Lamine Kanté"}, _BORN | _AWA, Band.NONE, id="birth date, other name"
        ),
        pytest.param({}, {}, Band.NONE, id="nothing"),
    ],
)
def test_band_of_two_persons(left, right, band):
    result = matched(prepared(**left), prepared(**right))
    assert result.band == band
    assert result.notifies is (band in {Band.STRONG, Band.PROBABLE})


def test_a_name_alone_never_notifies_however_rare():
    one = prepared(name="Zoubida Xanthopol Querimonious")
    result = matched(one, one, population=counted(total=10**9))
    assert result.band == Band.WEAK
    assert not result.notifies


def test_two_families_match_on_one_exact_identifier():
    person = prepared(**_AWA, **_PHONE)
    firm = prepared(schema="Organization", name="Teranga Fish SARL", **_PHONE)
    result = matched(person, firm)
    assert result.band == Band.PROBABLE
    assert result.notifies


@pytest.mark.parametrize("schema", ["Person", "Organization"])
def test_a_common_value_notifies_nobody(schema):
    crowded = counted({"phone:+447700900123": 400})
    one, other = prepared(**_AWA, **_PHONE), prepared(schema=schema, name="Binta Coly", **_PHONE)
    assert not matched(one, other, population=crowded).notifies


def test_vehicles_match_on_their_plate():
    one = prepared(schema="Vehicle", registrationNumber="DK 1234 A", country="sn")
    other = prepared(schema="Vehicle", registrationNumber="dk-1234-a")
    assert matched(one, other).band == Band.STRONG


def test_one_address_of_two_units_is_probable():
    one = prepared(schema="Address", full="12 rue Carnot, Dakar")
    other = prepared(schema="Address", full="rue Carnot 12 Dakar")
    assert matched(one, other).band in {Band.PROBABLE, Band.STRONG}


def test_a_historical_person_with_a_slip_in_the_date():
    one = prepared(
        firstName="thomas",
        lastName="chudleigh",
        birthDate="1630-08-01",
        birthPlace="devon",
        postalCode="tq13 8df",
        gender="male",
        profession="politician",
    )
    other = prepared(
        firstName="tom",
        lastName="chydleigh",
        birthDate="1630-08-11",
        birthPlace="devon",
        postalCode="tq13 8jr",
        gender="male",
    )
    assert matched(one, other).notifies
