from __future__ import annotations

from dataclasses import fields, replace

import pytest

from crosslight.core.contributions import Content, FormatFault, Identifier, RedFlag, check
from crosslight.core.contributions.checks import _TEXTS_OF_TYPOLOGY as TEXTS
from crosslight.core.contributions.checks import check_answer
from crosslight.core.indicators import catalogue
from crosslight.core.vocabulary.contributions import (
    ContributionKind,
    IdentifierKind,
    PartyRole,
    VictimAwareness,
)
from crosslight.core.vocabulary.contributors import ContributorKind
from tests.core.contributions.samples import complete, pattern
from tests.core.contributions.test_checks import BANK, TODAY

PORTS = (ContributorKind.PORT,)


def faults(content: Content, *, kind: ContributionKind = ContributionKind.TYPOLOGY):
    return check(
        kind, content, contributor_class=BANK, catalogue=catalogue(), today=TODAY, region="GB"
    )


def named(content: Content, **options: object) -> list[tuple[str, str]]:
    return [(fault.code, fault.field) for fault in faults(content, **options)]


def test_a_complete_typology_has_no_fault() -> None:
    assert faults(pattern()) == ()


def test_an_empty_one_hears_of_everything_it_lacks_at_once() -> None:
    codes = [code for code, _ in named(Content())]
    assert codes == ["F-118", "F-119", "F-120", "F-121", "F-114", "F-108"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": ""}, ("F-118", "title")),
        ({"sector": None}, ("F-119", "sector")),
        ({"how_it_works": "A debt is made."}, ("F-120", "how_it_works")),
        ({"red_flags": ()}, ("F-121", "red_flags")),
        (
            {"red_flags": (RedFlag("NO-SUCH-1", PORTS),)},
            ("F-102", "red_flags.0.indicator_id"),
        ),
        ({"red_flags": (RedFlag("SEA-01"),)}, ("F-122", "red_flags.0.seen_by")),
        ({"sharing_wish": None}, ("F-114", "sharing_wish")),
        ({"legal_basis": None}, ("F-108", "legal_basis")),
    ],
)
def test_each_rule_names_its_field(changes: dict[str, object], expected: tuple[str, str]) -> None:
    assert named(pattern(**changes)) == [expected]


PERSONAL = {
    "+44 7700 900123": "a phone number",
    "07700 900123": "a phone number",
    "o7 seven double 0 9 double zero 1two3": "a phone number",
    "someone@example.org": "an e-mail address",
    "instagram: sea.work.now": "an online account",
    "https://www.facebook.com/sea.work.now": "an online account",
    "@sea_work": "an online account",
    "IBAN GB82 WEST 1234 5698 7654 32": "a bank account or wallet",
    "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq": "a bank account or wallet",
    "passport AB1234567": "an identity document",
    "number plate AB 123 CD": "a number plate",
    "WVWZZZ1JZXW000001": "the number of a vehicle",
    "Awa Example, 12/03/1998": "a person with a date of birth",
    "Awa Example, born in 1998": "a person with a date of birth",
    "née le 12.03.1998": "a person with a date of birth",
}


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize("personal", PERSONAL)
def test_personal_data_is_refused_by_field_and_by_what_it_reads_as(
    field: str, personal: str
) -> None:
    text = f"{pattern().how_it_works} It begins with {personal} and goes on."
    found = faults(pattern(**{field: text}))

    assert {(fault.code, fault.field) for fault in found} == {("L-205", field)}
    assert any(PERSONAL[personal] in fault.message for fault in found)
    assert all((fault.found and fault.found in text) or fault.found.isdigit() for fault in found)


@pytest.mark.parametrize(
    "harmless",
    [
        "Recruiters from Port Amadine pay 1,500 for the fare and write 4,000 into the book.",
        "Since March 2025 the boats leave between 4 and 6 in the morning, 12 to 15 men on each.",
        "The vessel IMO 9074729 was one of 30 such boats in 2024-2025.",
        "Norhaven, Port Amadine, then Lindhaven; wages of 2 500 to 3 000 a month are promised.",
        "FIN-2020-A008 calls this an alternative payment. See https://www.example.org/typologies.",
        "The debt doubles after 90 days; 1 of 5 pays it off.",
    ],
)
def test_places_sums_and_years_are_no_personal_data(harmless: str) -> None:
    assert faults(pattern(how_it_works=f"{pattern().how_it_works} {harmless}")) == ()


def test_every_free_text_of_the_form_is_looked_at() -> None:
    """A text that were added to the form and not looked at would be the hole."""
    pages = {"title", "route", "how_it_works", "mitigations", "campaign_tag"}
    given = {
        each.name
        for each in fields(Content)
        if isinstance(getattr(Content(), each.name), str)
        and named(replace(pattern(), **{each.name: "x"}))[:1] != [("F-117", each.name)]
    }
    assert given == pages == set(TEXTS)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("facts", "They are told to call before dawn."),
        ("place", "Norhaven"),
        ("identifiers", (Identifier(IdentifierKind.NAME, "Awa Example", "", PartyRole.RECRUITER),)),
        ("victim_awareness", VictimAwareness.AGREED),
    ],
)
def test_nothing_hides_in_a_field_of_another_kind(field: str, value: object) -> None:
    assert ("F-117", field) in named(pattern(**{field: value}))


def test_a_report_takes_nothing_of_a_typology() -> None:
    found = named(complete(route="By sea"), kind=ContributionKind.RED_FLAG_REPORT)
    assert ("F-117", "route") in found


def test_every_refusal_says_what_to_do() -> None:
    for fault in (*faults(Content()), *faults(pattern(title="Call 07700 900123"))):
        assert isinstance(fault, FormatFault)
        assert fault.message.endswith(".")
        assert fault.remedy.endswith(".")


def test_an_answer_to_the_desk_is_about_nobody_either() -> None:
    def answered(kind: ContributionKind) -> list[str]:
        found = check_answer("Ask @sea_work about it.", kind=kind, content=pattern(), region="GB")
        return [fault.code for fault in found]

    assert answered(ContributionKind.TYPOLOGY) == ["L-205"]
    assert answered(ContributionKind.RED_FLAG_REPORT) == []
