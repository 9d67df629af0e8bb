from __future__ import annotations

from datetime import date

import pytest

from crosslight.core.contributions import Content, FormatFault, Identifier, Observed, check
from crosslight.core.contributions.checks import check_answer
from crosslight.core.indicators import catalogue
from crosslight.core.vocabulary.contributions import (
    ContributionKind,
    IdentifierKind,
    ObservationBasis,
    PartyRole,
    SharingWish,
    Timing,
    VictimAwareness,
)
from crosslight.core.vocabulary.contributors import (
    CONTRIBUTOR_CLASSES,
    ContributorClass,
    ContributorKind,
    class_of,
)
from crosslight.core.vocabulary.law import LegalBasis
from tests.core.contributions.samples import complete, phone

TODAY = date(2026, 11, 21)
SHELTER = class_of(ContributorKind.SHELTER)
BANK = class_of(ContributorKind.BANK)
REPORT = ContributionKind.RED_FLAG_REPORT
INDICATOR = ContributionKind.RISK_INDICATOR


def faults(
    content: Content,
    *,
    kind: ContributionKind = REPORT,
    group: ContributorClass = SHELTER,
    region: str = "GB",
) -> tuple[FormatFault, ...]:
    return check(
        kind,
        content,
        contributor_class=group,
        catalogue=catalogue(),
        today=TODAY,
        region=region,
    )


def named(content: Content, **options: object) -> list[tuple[str, str]]:
    return [(fault.code, fault.field) for fault in faults(content, **options)]


def test_a_complete_report_has_no_fault() -> None:
    assert faults(complete()) == ()


def test_an_empty_report_hears_of_everything_it_lacks_at_once() -> None:
    assert [code for code, _ in named(Content())] == [
        "F-101",
        "F-104",
        "F-105",
        "F-106",
        "F-112",
        "F-113",
        "F-114",
        "F-108",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"observations": ()}, ("F-101", "observations")),
        (
            {"observations": (Observed("NO-SUCH-1", ObservationBasis.SEEN),)},
            ("F-102", "observations.0.indicator_id"),
        ),
        ({"observations": (Observed("ILO-D1-02"),)}, ("F-103", "observations.0.basis")),
        ({"place": ""}, ("F-104", "place")),
        ({"timing": None}, ("F-105", "timing")),
        ({"facts": "Too short."}, ("F-106", "facts")),
        ({"facts": "x" * 2001}, ("F-107", "facts")),
        ({"how_known": None}, ("F-112", "how_known")),
        ({"victim_awareness": None}, ("F-113", "victim_awareness")),
        ({"sharing_wish": None}, ("F-114", "sharing_wish")),
        ({"legal_basis": None}, ("F-108", "legal_basis")),
        ({"legal_basis": LegalBasis.AML_DUTY, "reference_of_fiu": "1"}, ("L-202", "legal_basis")),
        ({"observed_on": "31/02/2026"}, ("F-109", "observed_on")),
        ({"observed_on": "yesterday"}, ("F-109", "observed_on")),
        ({"observed_on": "2026-11-22"}, ("F-110", "observed_on")),
        (
            {
                "identifiers": (
                    Identifier(IdentifierKind.BIRTH_DATE, "31/02/1990", "", PartyRole.RECRUITER),
                )
            },
            ("F-109", "identifiers.0.raw"),
        ),
        (
            {
                "identifiers": (
                    Identifier(IdentifierKind.EMAIL, "not an address", "", PartyRole.RECRUITER),
                )
            },
            ("F-111", "identifiers.0.raw"),
        ),
    ],
)
def test_each_rule_names_its_field(changes: dict[str, object], expected: tuple[str, str]) -> None:
    assert named(complete(**changes)) == [expected]


@pytest.mark.parametrize("day", ["2026-11-21", "2026-11", "2026", "21/11/2026"])
def test_a_date_may_be_whole_or_partial(day: str) -> None:
    assert named(complete(observed_on=day)) == []


def test_every_fault_says_how_to_mend_it() -> None:
    for fault in faults(Content()):
        assert fault.message.endswith(".")
        assert fault.remedy.endswith(".")


def test_an_identifier_stands_in_for_a_place() -> None:
    assert named(complete(place="", identifiers=(phone(),))) == []


def test_an_identifier_of_another_form_is_kept_as_written() -> None:
    partial = Identifier(IdentifierKind.PLATE, "?", "", PartyRole.VEHICLE)
    assert named(complete(identifiers=(partial,))) == []


def test_an_indicator_list_needs_no_story() -> None:
    content = complete(facts="", how_known=None, legal_basis=LegalBasis.NO_PERSONAL_DATA)
    assert named(content, kind=INDICATOR) == []


@pytest.mark.parametrize("group", CONTRIBUTOR_CLASSES, ids=lambda group: group.name)
def test_every_class_can_send_an_indicator_list_without_personal_data(
    group: ContributorClass,
) -> None:
    content = Content(
        observations=(Observed("ILO-D1-02", ObservationBasis.SEEN),),
        place="Norhaven",
        region_only=True,
        timing=Timing.NOT_SURE,
        victim_awareness=VictimAwareness.NO_ONE,
        sharing_wish=SharingWish.NO,
        legal_basis=group.bases[-1],
    )
    assert named(content, kind=INDICATOR, group=group) == []


def test_a_kind_that_the_class_may_not_send_is_refused() -> None:
    only_lists = ContributorClass("Test", frozenset(), SHELTER.bases, frozenset({INDICATOR}), "No.")
    assert ("L-201", "kind") in named(complete(), group=only_lists)


def test_a_bank_names_the_report_it_sent_to_the_financial_intelligence_unit() -> None:
    content = complete(legal_basis=LegalBasis.AML_DUTY)
    assert named(content, group=BANK) == [("L-203", "reference_of_fiu")]
    assert (
        named(complete(legal_basis=LegalBasis.AML_DUTY, reference_of_fiu="STR-1"), group=BANK) == []
    )


@pytest.mark.parametrize("awareness", [VictimAwareness.NOT_ASKED, VictimAwareness.REFUSED])
class TestWithoutConsent:
    def test_whatever_may_be_the_victims_is_refused(self, awareness: VictimAwareness) -> None:
        content = complete(victim_awareness=awareness, identifiers=(phone(PartyRole.NOT_SURE),))
        assert named(content) == [("C-220", "identifiers.0.raw")]

    def test_what_is_said_to_be_someone_elses_is_taken(self, awareness: VictimAwareness) -> None:
        assert named(complete(victim_awareness=awareness, identifiers=(phone(),))) == []

    @pytest.mark.parametrize("field", ["facts", "assessment"])
    @pytest.mark.parametrize(
        "personal",
        [
            "someone@example.org",
            "07700 900123",
            "+44 7700 900123",
            "passport AB1234567",
            "IBAN GB82 WEST 1234 5698 7654 32",
        ],
    )
    def test_it_may_not_hide_in_the_texts(
        self, awareness: VictimAwareness, personal: str, field: str
    ) -> None:
        text = f"She told us about the driver and gave {personal} to us."
        content = complete(victim_awareness=awareness, **{field: text})
        assert named(content) == [("C-220", field)]

    def test_a_text_may_repeat_what_is_listed_as_someone_elses(
        self, awareness: VictimAwareness
    ) -> None:
        text = "The driver calls from 07700 900123 before dawn."
        content = complete(victim_awareness=awareness, facts=text, identifiers=(phone(),))
        assert named(content) == []

    def test_an_answer_is_held_to_it_too(self, awareness: VictimAwareness) -> None:
        content = complete(victim_awareness=awareness)
        found = check_answer(
            "Her number is 07700 900123.", kind=REPORT, content=content, region="GB"
        )
        assert [fault.code for fault in found] == ["C-220"]


def test_with_agreement_nothing_is_held_back() -> None:
    content = complete(
        identifiers=(phone(PartyRole.NOT_SURE),), facts="Call 07700 900123 to reach her."
    )
    assert named(content) == []
    assert (
        check_answer("Her number is 07700 900123.", kind=REPORT, content=content, region="GB") == ()
    )


def test_an_empty_answer_is_a_fault() -> None:
    assert [
        fault.code for fault in check_answer("", kind=REPORT, content=complete(), region=None)
    ] == ["F-115"]


class TestNoPersonalData:
    def test_the_basis_is_held_to_its_word(self) -> None:
        content = complete(
            legal_basis=LegalBasis.NO_PERSONAL_DATA,
            identifiers=(phone(),),
            assessment="Write to someone@example.org.",
        )
        assert named(content) == [("L-204", "identifiers.0.raw"), ("L-204", "assessment")]

    def test_a_business_and_a_vehicle_are_no_persons(self) -> None:
        content = complete(
            legal_basis=LegalBasis.NO_PERSONAL_DATA,
            identifiers=(
                phone(PartyRole.WORKPLACE),
                Identifier(IdentifierKind.PLATE, "AB 123 CD", "", PartyRole.VEHICLE),
            ),
            facts="The workshop answers at +44 7700 900123 all day long.",
        )
        assert named(content) == []
