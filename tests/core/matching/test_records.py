from __future__ import annotations

from followthemoney import model

from crosslight.core.matching import Attribute, record_from_properties
from crosslight.core.matching import records as module


def _record(schema, **properties):
    return record_from_properties(id="ent_1", schema=schema, properties=properties)


def test_every_property_read_exists_in_the_vocabulary():
    known = {name for schema in model for name in schema.properties}
    read = {*module._PLAIN, *module._DOCUMENTS, *module._REGISTRATIONS}
    # FollowTheMoney has no property for a vehicle identification number; tables do.
    assert read - known == {"vin"}


def test_a_person_is_named_in_full_or_in_parts():
    full = _record("Person", name=["Awa Sarr"], firstName=["Awa"], lastName=["Sarr"])
    parts = _record("Person", firstName=["Awa"], middleName=["Binta"], lastName=["Sarr"])
    assert full.values[Attribute.NAME] == ("Awa Sarr",)
    assert parts.values[Attribute.NAME] == ("Awa Binta Sarr",)
    assert _record("Person", lastName=["Sarr"]).values[Attribute.NAME] == ("Sarr",)
    assert Attribute.NAME not in _record("Person").values


def test_documents_carry_kind_and_country():
    passport = _record("Passport", passportNumber=["X0000001"], country=["sn"])
    assert passport.values[Attribute.DOCUMENT] == ("passport SN X0000001",)
    person = _record("Person", idNumber=["123456"], country=["sn"])
    assert person.values[Attribute.DOCUMENT] == ("id 123456",)


def test_the_registration_number_of_a_vehicle_is_its_plate():
    vehicle = _record("Vehicle", registrationNumber=["DK 1234 A"], country=["sn"])
    assert vehicle.values[Attribute.PLATE] == ("SN: DK 1234 A",)
    company = _record("Company", registrationNumber=["B 123"])
    assert company.values[Attribute.REGISTRATION] == ("B 123",)


def test_a_username_is_read_with_its_service():
    account = _record("UserAccount", username=["awa.n"], service=["Facebook"])
    assert account.values[Attribute.HANDLE] == ("Facebook: awa.n",)
    assert _record("UserAccount", username=["@awa"]).values[Attribute.HANDLE] == ("@awa",)


def test_blank_and_repeated_values_are_left_out_and_raw_ones_kept():
    record = _record("Person", phone=[" 07700 900123 ", "07700 900123", " "])
    assert record.values[Attribute.PHONE] == ("07700 900123",)
