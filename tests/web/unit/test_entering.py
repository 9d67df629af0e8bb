"""K4: pasting, confirming what was read, saving; and that no answer says anything of matches."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from crosslight.coordination.models import Match
from crosslight.coordination.services import entry
from crosslight.core.vocabulary.coordination import Audience, Visibility
from crosslight.investigations.models import Entity, Investigation, Statement
from crosslight.ledger.acts import Act
from tests.coordination.factories import draft_b
from tests.factories import World
from tests.investigations.factories import person, registered, said, started
from tests.review.factories import disseminated
from tests.web.signed_in import browser_of
from tests.web.unit.ledger import acts_on

PASTED = "DIALLO-NKEMBA Mamadou Saliou 14/03/1987 +44 7700 900123 passport X0000000"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ndeye(world: World) -> Client:
    return browser_of(world.ndeye)


@pytest.fixture
def case(world: World) -> Investigation:
    return registered(world.ndeye, world.fatou)


def address(investigation: Investigation, act: str = "new") -> str:
    return f"/unit/investigations/{investigation.pk}/records/{act}/"


def record(**changes: Any) -> dict[str, Any]:
    """A person as the form sends it: name, birth date and phone."""
    return {
        "schema": "Person",
        "lines": "name,birthDate,phone",
        "value_0": "Mamadou Saliou Diallo",
        "value_1": "1987-03-14",
        "value_2": "+44 7700 900123",
        "source": "Interview note 7",
        "source_grade": "B",
        "information_grade": "2",
        "handling_code": "H1",
        "nature": "fact",
        "observed_on": "2025-11",
        "role": "recruiter",
        "subject_category": "suspect",
        "audience": "",
        "visibility": "open",
    } | changes


def shown_values(page: str) -> dict[str, str]:
    """What stands in the boxes of a record form, by property."""
    lines = re.search(r'name="lines" value="([^"]*)"', page)
    assert lines is not None
    values = dict(re.findall(r'name="value_(\d+)" value="([^"]*)"', page))
    names = lines[1].split(",")
    return {names[int(at)]: text for at, text in values.items()}


def test_pasted_text_becomes_a_form_to_confirm(case: Investigation, ndeye: Client) -> None:
    page = ndeye.post(address(case, "recognise"), {"text": PASTED}).content.decode()

    assert shown_values(page) == {
        "name": "DIALLO-NKEMBA Mamadou Saliou",
        "birthDate": "14/03/1987",
        "phone": "+44 7700 900123",
        "passportNumber": "X0000000",
    }
    assert "New record: Person" in page
    assert "Which day is meant?" not in page
    assert not Entity.objects.exists()


def test_what_is_no_part_of_a_person_is_named(case: Investigation, ndeye: Client) -> None:
    text = f"{PASTED} IBAN GB82 WEST 1234 5698 7654 32"

    page = ndeye.post(address(case, "recognise"), {"text": text}).content.decode()

    assert "Enter it as a record of its own" in page
    assert "IBAN: GB82 WEST 1234 5698 7654 32" in page


def test_what_was_left_over_survives_a_correction(case: Investigation, ndeye: Client) -> None:
    data = record(source="", left="IBAN: GB82 WEST 1234 5698 7654 32 | Plate: AB 123 CD")

    page = ndeye.post(address(case), data).content.decode()

    assert '<li><bdi dir="auto">Plate: AB 123 CD</bdi></li>' in page


@pytest.mark.parametrize(
    ("text", "kind", "held"),
    [
        ("plate AB 123 CD", "Vehicle", {"registrationNumber": "AB 123 CD"}),
        ("GB82 WEST 1234 5698 7654 32", "Bank account", {"iban": "GB82 WEST 1234 5698 7654 32"}),
        ("+44 7700 900456", "Online or phone account", {"phone": "+44 7700 900456"}),
    ],
)
def test_the_kind_of_record_follows_from_the_text(
    case: Investigation, ndeye: Client, text: str, kind: str, held: dict[str, str]
) -> None:
    page = ndeye.post(address(case, "recognise"), {"text": text}).content.decode()

    assert f"New record: {kind}" in page
    assert shown_values(page) == held


def test_while_typing_the_box_shows_what_it_reads(case: Investigation, ndeye: Client) -> None:
    response = ndeye.post(address(case, "recognise"), {"text": PASTED}, headers=HTMX)

    part = response.content.decode()
    assert "<html" not in part
    assert "14/03/1987" in part
    assert "Your own unit holds no other record with these values." in part


def test_nothing_pasted_is_said(case: Investigation, ndeye: Client) -> None:
    response = ndeye.post(address(case, "recognise"), {"text": "  "})

    assert response.status_code == 422
    assert "Paste something, or choose an empty form below" in response.content.decode()


# --- own unit ---------------------------------------------------------------------------------


def test_the_strip_shows_what_the_own_unit_holds_and_puts_it_on_record(
    world: World, case: Investigation, ndeye: Client
) -> None:
    other = registered(world.ndeye, world.fatou)
    draft = person(said("name", "Own Example"), said("phone", "07700 900123"))
    held = entry.enter_entity(actor=world.ndeye, investigation_id=other.pk, draft=draft)

    for data in ({"text": PASTED}, record()):
        part = ndeye.post(address(case, "recognise"), data, headers=HTMX).content.decode()
        assert "Your unit already holds:" in part
        assert "Own Example" in part
        assert other.reference in part
    assert acts_on(other.pk).count(Act.ENTITY_SEARCHED) == 2
    assert acts_on(held.pk).count(Act.ENTITY_SEARCHED) == 2


def test_the_strip_never_knows_of_other_units(
    world: World, case: Investigation, ndeye: Client
) -> None:
    nothing = ndeye.post(address(case, "recognise"), {"text": PASTED}, headers=HTMX).content
    theirs = registered(world.ousman, world.lamin)
    entry.enter_entity(actor=world.ousman, investigation_id=theirs.pk, draft=draft_b())

    same = ndeye.post(address(case, "recognise"), {"text": PASTED}, headers=HTMX).content

    assert same == nothing


# --- saving -----------------------------------------------------------------------------------


def test_a_record_is_saved_with_the_particulars_of_each_value(
    case: Investigation, ndeye: Client
) -> None:
    data = record(source_2="Phone list 3", handling_code_2="H2", nature_2="assessment")

    page = ndeye.post(address(case), data, follow=True).content.decode()

    saved = Entity.objects.get()
    phone = Statement.objects.get(property="phone")
    name = Statement.objects.get(property="name")
    assert (phone.source, phone.handling_code, phone.nature) == ("Phone list 3", "H2", "assessment")
    assert (phone.source_grade, phone.observed_on) == ("B", "2025-11")
    assert (name.source, name.handling_code) == ("Interview note 7", "H1")
    assert (saved.audience, saved.visibility) == (Audience.MATCH_ONLY, Visibility.OPEN)
    assert "Matching runs now; both sides are always told at the same moment." in page


def body_of(page: str, entity: Entity) -> str:
    """The page without what differs from record to record, and without the bell."""
    content = page[page.index("<main") : page.index("</main>")]
    ids_and_tokens = r"sta_\w+|<input type=\"hidden\" name=\"csrf[^>]*>|<time.*?</time>"
    return re.sub(ids_and_tokens, "", content.replace(entity.pk, "ent"))


def test_the_answer_is_the_same_whether_or_not_another_unit_holds_it(
    world: World, case: Investigation, ndeye: Client
) -> None:
    theirs = registered(world.ousman, world.lamin)
    entry.enter_entity(actor=world.ousman, investigation_id=theirs.pk, draft=draft_b())

    hit = ndeye.post(address(case), record(), follow=True).content.decode()
    hit_record = Entity.objects.latest("entered_at")
    plain = record(value_0="Quite Another", value_1="1961-01-02", value_2="+44 7700 900999")
    miss = ndeye.post(address(case), plain, follow=True).content.decode()
    miss_record = Entity.objects.latest("entered_at")

    assert Match.objects.count() == 1
    assert "Unit B" not in hit
    same = body_of(hit, hit_record)
    for ours, other in (
        ("Mamadou Saliou Diallo", "Quite Another"),
        ("1987-03-14", "1961-01-02"),
        ("+44 7700 900123", "+44 7700 900999"),
    ):
        same = same.replace(ours, other)
    assert same == body_of(miss, miss_record)


def test_a_draft_case_says_that_nothing_is_matched(world: World, ndeye: Client) -> None:
    draft = started(world.ndeye)

    page = ndeye.post(address(draft), record(), follow=True).content.decode()

    assert "It is not matched until the case is registered." in page


@pytest.mark.parametrize(
    "protected",
    [
        {"subject_category": "possible_victim"},
        {"role": "witness"},
        {"is_minor": "on"},
        {"visibility": "victim"},
        {"value_1": "2020-03-14"},
    ],
)
def test_whoever_is_protected_stays_with_us_unless_said_otherwise(
    case: Investigation, ndeye: Client, protected: dict[str, str]
) -> None:
    page = ndeye.post(address(case), record(**protected), follow=True).content.decode()

    assert Entity.objects.get().audience == Audience.ONLY_US
    assert "Only your unit reads it, and it is not matched." in page


def test_an_ambiguous_day_has_to_be_confirmed(case: Investigation, ndeye: Client) -> None:
    asked = ndeye.post(address(case), record(value_1="03/04/1987"))
    page = asked.content.decode()

    assert asked.status_code == 422
    assert "Say which day is meant" in page
    assert "3 April 1987" in page
    assert "4 March 1987" in page
    assert not Entity.objects.exists()

    ndeye.post(address(case), record(value_1="03/04/1987", reading_1="1987-03-04"))
    assert Statement.objects.get(property="birthDate").value == "1987-03-04"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"value_1": "31/02/1987"}, "This is not a date."),
        ({"value_2": "12"}, "This is not a phone number."),
        ({"source": ""}, "Say where this comes from"),
        ({"observed_on": "soon"}, "Write a year, 2025-11, or 2025-11-21"),
        ({"value_0": "", "value_1": "", "value_2": ""}, "Enter at least one value."),
        ({"value_0": "A\x00B"}, "Null characters"),
        ({"role": "king"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(
    case: Investigation, ndeye: Client, changes: dict[str, str], sentence: str
) -> None:
    response = ndeye.post(address(case), record(**changes))

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Error:" in page
    assert changes.get("source", "Interview note 7") in page
    assert not Entity.objects.exists()


def test_another_line_keeps_what_was_typed(case: Investigation, ndeye: Client) -> None:
    data = record(more="line", more_name="phone")

    page = ndeye.post(address(case), data).content.decode()

    assert 'name="lines" value="name,birthDate,phone,phone"' in page
    assert "Mamadou Saliou Diallo" in page
    assert "Interview note 7" in page
    assert "There is a problem" not in page
    assert not Entity.objects.exists()


@pytest.mark.parametrize("odd", [{"schema": "Thing"}, {"schema": ""}])
def test_a_kind_that_no_page_offers_is_no_page(
    case: Investigation, ndeye: Client, odd: dict[str, str]
) -> None:
    assert ndeye.post(address(case), record(**odd)).status_code == 404


def test_lines_that_the_kind_does_not_have_are_left_out(case: Investigation, ndeye: Client) -> None:
    data = record(lines="name,iban,__class__", value_1="x", value_2="y")

    ndeye.post(address(case), data)

    assert [each.property for each in Statement.objects.all()] == ["name"]


def test_nothing_is_entered_in_another_units_case(world: World, ndeye: Client) -> None:
    theirs = registered(world.ousman, world.lamin)
    nowhere = "/unit/investigations/inv_01J0000000000000000000000A/records/new/"

    hidden = ndeye.post(address(theirs), record())
    missing = ndeye.post(nowhere, record())
    pasted = ndeye.post(address(theirs, "recognise"), {"text": PASTED}, headers=HTMX)

    assert hidden.status_code == missing.status_code == pasted.status_code == 404
    assert hidden.content == missing.content
    assert not Entity.objects.exists()


def test_a_closed_case_takes_no_record(world: World, case: Investigation, ndeye: Client) -> None:
    entry.close_investigation(actor=world.fatou, investigation_id=case.pk)

    response = ndeye.post(address(case), record())

    assert response.status_code == 409
    assert not Entity.objects.exists()


def test_an_inputs_identifiers_grades_and_reference_come_along(
    world: World, case: Investigation, ndeye: Client
) -> None:
    received = disseminated(world)

    box = ndeye.get(f"{address(case)}?input={received.pk}").content.decode()
    data = {"text": "+44 7700 900123", "input": received.pk}
    form = ndeye.post(address(case, "recognise"), data).content.decode()
    ndeye.post(address(case), record(input=received.pk))

    assert f'value="{received.pk}"' in box
    assert f"Input {received.reference}" in form
    assert Entity.objects.get().origin_input == received.pk


def test_an_input_of_another_unit_is_no_origin(world: World) -> None:
    received = disseminated(world)
    theirs = registered(world.officer_c, world.head_c)

    response = browser_of(world.officer_c).post(address(theirs), record(input=received.pk))

    assert response.status_code == 404
    assert not Entity.objects.exists()
