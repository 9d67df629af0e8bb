"""C2 and C3: starting, the five pages, autosave, conflicts, bad input."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from crosslight.contributions.models import Contribution
from crosslight.core.vocabulary.contributions import ContributionKind
from tests.contributions.factories import draft, received, red_flag
from tests.factories import World
from tests.web.signed_in import browser_of

FACTS = "Three men live above the workshop and are driven to the fields before dawn."


@pytest.fixture
def amina(world: World) -> Client:
    return browser_of(world.amina)


def address(contribution: Contribution, page: str) -> str:
    return f"/contributor/contributions/{contribution.pk}/pages/{page}/"


def stored(contribution: Contribution) -> Contribution:
    return Contribution.objects.get(pk=contribution.pk)


def post(client: Client, contribution: Contribution, page: str, **fields: Any) -> Any:
    version = fields.pop("version", stored(contribution).version)
    return client.post(address(contribution, page), {"version": version, **fields})


def test_choosing_a_kind_starts_a_draft_on_its_first_page(amina: Client) -> None:
    response = amina.post("/contributor/new/", {"kind": "red_flag_report"})

    made = Contribution.objects.get()
    assert response.status_code == 302
    assert response["Location"] == address(made, "noticed")
    assert made.kind == "red_flag_report"


def test_starting_without_a_choice_says_what_to_do(amina: Client) -> None:
    response = amina.post("/contributor/new/", {})

    assert response.status_code == 422
    assert "Choose what you want to send" in response.content.decode()
    assert not Contribution.objects.exists()


def test_five_pages_are_saved_one_by_one(world: World, amina: Client) -> None:
    begun = draft(world.amina)

    answers: dict[str, dict[str, Any]] = {
        "noticed": {"indicator": ["ILO-D5-01"], "basis_ILO-D5-01": "seen", "danger": []},
        "where_when": {"place": "Norhaven", "country": "XN", "timing": "this_week"},
        "identifiers": {"pasted": "+44 7700 900123", "pasted_role": "recruiter"},
        "words": {"facts": FACTS, "how_known": "told", "sureness": "likely"},
        "sharing": {
            "may_contact": "yes",
            "sharing_wish": "desk_decides",
            "victim_awareness": "agreed",
            "legal_basis": "gdpr_consent",
        },
    }
    follow = [*list(answers)[1:], None]
    for (page, fields), after in zip(answers.items(), follow, strict=True):
        response = post(amina, begun, page, **fields)
        wanted = address(begun, after) if after else f"/contributor/contributions/{begun.pk}/check/"
        assert response["Location"] == wanted, response.content.decode()[:2000]

    content = stored(begun).content
    assert content["observations"] == [{"indicator_id": "ILO-D5-01", "basis": "seen"}]
    assert content["identifiers"][0]["kind"] == "phone"
    assert content["identifiers"][0]["value"] == "+447700900123"
    assert content["identifiers"][0]["party_role"] == "recruiter"
    assert content["facts"] == FACTS
    assert content["may_contact"] is True


def test_an_indicator_list_has_three_pages_and_no_box_for_persons(
    world: World, amina: Client
) -> None:
    begun = draft(world.amina, kind=ContributionKind.RISK_INDICATOR)

    assert "Step 1 of 3" in amina.get(address(begun, "noticed")).content.decode()
    assert amina.get(address(begun, "identifiers")).status_code == 404
    assert amina.get(address(begun, "words")).status_code == 404


def test_nothing_ticked_and_a_missing_basis_are_told_and_nothing_is_lost(
    world: World, amina: Client
) -> None:
    begun = draft(world.amina)

    nothing = post(amina, begun, "noticed")
    without_basis = post(amina, begun, "noticed", indicator=["ILO-D5-01", "ILO-D4-01"])

    assert nothing.status_code == without_basis.status_code == 422
    assert "Choose at least one thing you noticed" in nothing.content.decode()
    page = without_basis.content.decode()
    assert "Say how you know, for each thing you noticed" in page
    assert 'value="ILO-D5-01" checked' in page
    assert 'value="ILO-D4-01" checked' in page
    assert page.count("pick-lacks") == 2


def test_looking_for_more_signs_keeps_what_was_ticked(world: World, amina: Client) -> None:
    begun = draft(world.amina)

    found = post(
        amina, begun, "noticed", indicator=["ILO-D5-01"], look="find", find="passport"
    ).content.decode()
    grouped = post(amina, begun, "noticed", indicator=["ILO-D5-01"], look="D6").content.decode()

    assert 'value="ILO-D5-01" checked' in found
    assert "UNODC-GEN-13" in found
    assert 'value="ILO-D5-01" checked' in grouped
    assert "ILO-D6-02" in grouped
    assert "There is a problem" not in found + grouped


def test_what_was_chosen_beyond_the_first_eight_is_shown_again(world: World, amina: Client) -> None:
    begun = draft(world.amina, {"observations": [{"indicator_id": "ILO-D6-04", "basis": "told"}]})

    page = amina.get(address(begun, "noticed")).content.decode()

    assert 'value="ILO-D6-04" checked' in page
    assert page.count('name="indicator"') == 9


def test_each_page_says_whose_help_to_call_and_that_nothing_is_sent(
    world: World, amina: Client
) -> None:
    begun = draft(world.amina)

    page = amina.get(address(begun, "noticed")).content.decode()

    assert "Call 112" in page
    assert "Nothing is sent yet" in page
    assert "Draft saved" in page
    assert 'id="quick-exit"' in page


def test_the_possible_victim_is_not_to_be_named(world: World, amina: Client) -> None:
    begun = draft(world.amina)

    page = amina.get(address(begun, "identifiers")).content.decode()

    assert "Do not name the possible victim here." in page


def test_a_row_can_be_removed_and_its_role_changed(world: World, amina: Client) -> None:
    begun = draft(world.amina, red_flag())
    rows = {"kind": ["phone"], "raw": ["+44 7700 900123"], "value": [""], "role": ["workplace"]}

    post(amina, begun, "identifiers", **rows)
    assert stored(begun).content["identifiers"][0]["party_role"] == "workplace"

    response = post(amina, begun, "identifiers", **rows, remove="0")
    assert response["Location"] == address(begun, "identifiers")
    assert stored(begun).content["identifiers"] == []


def test_pasting_the_same_thing_twice_keeps_one(world: World, amina: Client) -> None:
    begun = draft(world.amina, red_flag())
    value = stored(begun).content["identifiers"][0]["value"]
    rows = {"kind": ["phone"], "raw": ["+44 7700 900123"], "value": [value], "role": ["recruiter"]}

    post(amina, begun, "identifiers", **rows, pasted="call +44 7700 900123 or 07700 900456")

    raws = [each["raw"] for each in stored(begun).content["identifiers"]]
    assert raws == ["+44 7700 900123", "07700 900456"]


def test_the_box_previews_what_it_reads(world: World, amina: Client) -> None:
    begun = draft(world.amina)

    response = amina.post(
        f"/contributor/contributions/{begun.pk}/recognise/",
        {"version": begun.version, "pasted": "passport X1234567 and +44 7700 900123"},
        headers={"HX-Request": "true"},
    )

    text = response.content.decode()
    assert "Phone" in text
    assert "Identity document" in text
    assert stored(begun).content["identifiers"] == []


def test_without_scripts_the_button_reads_the_box_and_stays(world: World, amina: Client) -> None:
    begun = draft(world.amina)

    response = amina.post(
        f"/contributor/contributions/{begun.pk}/recognise/",
        {"version": begun.version, "pasted": "+44 7700 900123"},
    )

    assert response["Location"] == address(begun, "identifiers")
    assert len(stored(begun).content["identifiers"]) == 1


@pytest.mark.parametrize(
    ("page", "fields", "sentence"),
    [
        ("words", {"facts": "too short", "how_known": "seen"}, "at least 20 characters"),
        ("words", {"facts": "x" * 2001, "how_known": "seen"}, "2000"),
        ("words", {"facts": f"{FACTS}\x07", "how_known": "seen"}, "cannot be shown or stored"),
        ("words", {"facts": FACTS}, "Say how you know"),
        ("words", {"facts": FACTS, "how_known": "dreamt"}, "Select a valid choice"),
        ("where_when", {"place": "x" * 201, "timing": "today"}, "200"),
        ("where_when", {"place": "Norhaven"}, "Say when it was"),
        (
            "where_when",
            {
                "timing": "today",
                "observed_on_day": "31",
                "observed_on_month": "2",
                "observed_on_year": "2026",
            },
            "This is not a date",
        ),
        ("identifiers", {"pasted": "+44 7700\x00 900123"}, "Null characters are not allowed"),
        ("sharing", {"sharing_wish": "no", "victim_awareness": "no_one"}, "Choose the basis"),
        (
            "sharing",
            {"sharing_wish": "no", "victim_awareness": "no_one", "legal_basis": "aml_duty"},
            "Select a valid choice",
        ),
    ],
)
def test_bad_input_is_told_beside_its_field_and_changes_nothing(
    world: World, amina: Client, page: str, fields: dict[str, str], sentence: str
) -> None:
    begun = draft(world.amina, red_flag())
    before = stored(begun).content

    response = post(amina, begun, page, **fields)

    text = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in text
    assert sentence in text
    assert stored(begun).content == before


def test_direction_overrides_are_kept_and_shown(world: World, amina: Client) -> None:
    begun = draft(world.amina)

    post(amina, begun, "words", facts=f"{FACTS} \u202egnp.exe", how_known="seen")
    check = amina.get(f"/contributor/contributions/{begun.pk}/check/").content.decode()

    assert "\u202e" in stored(begun).content["facts"]
    assert "‹RLO›" in check
    assert "\u202e" not in check


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("14", "3", "2026"), "2026-03-14"),
        (("", "3", "2026"), "2026-03"),
        (("", "", "2026"), "2026"),
    ],
)
def test_a_date_may_lack_its_day_or_month(
    world: World, amina: Client, parts: tuple[str, str, str], text: str
) -> None:
    begun = draft(world.amina)
    names = ("observed_on_day", "observed_on_month", "observed_on_year")

    post(amina, begun, "where_when", timing="earlier", **dict(zip(names, parts, strict=True)))

    assert stored(begun).content["observed_on"] == text
    page = amina.get(address(begun, "where_when")).content.decode()
    assert 'name="observed_on_year" value="2026"' in page


def test_autosave_keeps_a_page_that_is_not_finished(world: World, amina: Client) -> None:
    begun = draft(world.amina)

    response = amina.post(
        f"{address(begun, 'words')}autosave/",
        {"version": begun.version, "facts": "Three men"},
        headers={"X-Autosave": "1"},
    )

    saved = stored(begun)
    assert saved.content["facts"] == "Three men"
    answer = json.loads(response.content)
    assert answer["version"] == saved.version
    assert answer["words"].startswith("Draft saved ")


def test_after_a_closed_browser_the_page_that_was_written_comes_back(
    world: World, amina: Client
) -> None:
    begun = draft(world.amina, {"place": "Norhaven", "facts": "Three men"})

    home = browser_of(world.amina).get("/contributor/").content.decode()
    page = browser_of(world.amina).get(address(begun, "words")).content.decode()

    assert "Continue your draft" in home
    assert address(begun, "words") in home
    assert "Three men</textarea>" in page


def test_save_and_finish_later_asks_for_nothing(world: World, amina: Client) -> None:
    begun = draft(world.amina)

    response = post(amina, begun, "words", facts="Three men", leave="1")

    assert response["Location"] == "/contributor/"
    assert stored(begun).content["facts"] == "Three men"


def test_a_stale_page_shows_both_versions_and_loses_neither(world: World, amina: Client) -> None:
    begun = draft(world.amina)
    old = begun.version
    theirs, mine = f"{FACTS} Theirs.", f"{FACTS} Mine."
    post(amina, begun, "words", facts=theirs, how_known="seen")

    response = post(amina, begun, "words", facts=mine, how_known="told", version=old)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Mine." in page
    assert "Theirs." in page
    assert "E-409" in page
    assert stored(begun).content["facts"] == theirs

    version = stored(begun).version
    assert f'name="version" value="{version}"' in page
    post(amina, begun, "words", facts=mine, how_known="told", version=version)
    assert stored(begun).content["facts"] == mine


def test_a_stale_autosave_is_refused(world: World, amina: Client) -> None:
    begun = draft(world.amina)
    post(amina, begun, "words", facts=FACTS, how_known="seen")

    response = amina.post(
        f"{address(begun, 'words')}autosave/", {"version": begun.version, "facts": "Mine"}
    )

    assert response.status_code == 409
    assert stored(begun).content["facts"] == FACTS


def test_another_organisation_s_draft_is_the_same_page_as_none(world: World) -> None:
    begun = draft(world.amina)
    otto = browser_of(world.other_reporter)

    hidden = otto.get(address(begun, "noticed"))
    absent = otto.get("/contributor/contributions/con_00000000000000000000000000/pages/noticed/")

    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert post(otto, begun, "words", facts=FACTS).status_code == 404
    assert stored(begun).content["facts"] == ""


def test_what_was_sent_is_no_longer_a_form(world: World, amina: Client) -> None:
    sent = received(world.amina)

    response = amina.get(address(sent, "words"))

    assert response["Location"] == f"/contributor/contributions/{sent.pk}/"


def test_an_expired_mandate_is_told_so(world: World) -> None:
    response = browser_of(world.expired).get("/contributor/new/")

    assert response.status_code == 403
    assert "P-410" in response.content.decode()
