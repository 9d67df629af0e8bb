from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslight.core.contributions import Content, ContentFaults, Identifier, Observed, RedFlag
from crosslight.core.contributions.content import (
    FIELDS,
    FIELDS_OF_PAGE,
    MOST_IDENTIFIERS,
    MOST_OBSERVATIONS,
    PAGES_OF_KIND,
    Page,
)
from crosslight.core.vocabulary.contributions import (
    Answer,
    ContributionKind,
    DangerReason,
    IdentifierKind,
    ObservationBasis,
    PartyRole,
    Sector,
    SharingWish,
    Sureness,
    Timing,
    VictimAwareness,
)
from crosslight.core.vocabulary.contributors import ContributorKind
from crosslight.core.vocabulary.law import LegalBasis
from tests.core.contributions.samples import complete, phone

WORDS = st.text(alphabet="abcdefg éàñ", max_size=20).map(lambda text: " ".join(text.split()))
CONTENTS = st.builds(
    Content,
    observations=st.lists(
        st.builds(
            Observed,
            indicator_id=WORDS.filter(bool),
            basis=st.none() | st.sampled_from(ObservationBasis),
        ),
        max_size=4,
    ).map(tuple),
    danger=st.sets(st.sampled_from(DangerReason)).map(
        lambda found: tuple(each for each in DangerReason if each in found)
    ),
    place=WORDS,
    region_only=st.booleans(),
    country=st.sampled_from(["", "XN"]),
    timing=st.none() | st.sampled_from(Timing),
    observed_on=st.sampled_from(["", "2026-11-02"]),
    is_ongoing=st.none() | st.sampled_from(Answer),
    identifiers=st.lists(
        st.builds(
            Identifier,
            kind=st.sampled_from(IdentifierKind),
            raw=WORDS.filter(bool),
            value=WORDS,
            party_role=st.sampled_from(PartyRole),
        ),
        max_size=4,
    ).map(tuple),
    facts=WORDS,
    assessment=WORDS,
    how_known=st.none() | st.sampled_from(ObservationBasis),
    sureness=st.none() | st.sampled_from(Sureness),
    sharing_wish=st.none() | st.sampled_from(SharingWish),
    may_contact=st.booleans(),
    victim_awareness=st.none() | st.sampled_from(VictimAwareness),
    legal_basis=st.none() | st.sampled_from(LegalBasis),
    reference_of_fiu=WORDS,
    campaign_tag=WORDS,
    title=WORDS,
    sector=st.none() | st.sampled_from(Sector),
    route=WORDS,
    how_it_works=WORDS,
    red_flags=st.lists(
        st.builds(
            RedFlag,
            indicator_id=WORDS.filter(bool),
            seen_by=st.sets(st.sampled_from(ContributorKind), max_size=3).map(
                lambda found: tuple(each for each in ContributorKind if each in found)
            ),
        ),
        max_size=3,
    ).map(tuple),
    mitigations=WORDS,
)


def faults_of(values: dict[str, object]) -> list[tuple[str, str]]:
    with pytest.raises(ContentFaults) as caught:
        Content.from_dict(values)
    return [(fault.code, fault.field) for fault in caught.value.faults]


@given(CONTENTS)
def test_every_content_survives_being_written_and_read(content: Content) -> None:
    assert Content.from_dict(content.to_dict()) == content


def test_an_empty_draft_is_a_content() -> None:
    assert Content.from_dict({}) == Content()


def test_every_field_is_on_a_page() -> None:
    listed = {name for names in FIELDS_OF_PAGE.values() for name in names}
    assert listed == set(Content().to_dict())


@pytest.mark.parametrize("kind", ContributionKind)
def test_no_kind_asks_for_a_field_twice(kind: ContributionKind) -> None:
    listed = [name for page in PAGES_OF_KIND[kind] for name in FIELDS_OF_PAGE[page]]
    assert len(listed) == len(set(listed))


def test_every_page_belongs_to_a_kind() -> None:
    assert {page for pages in PAGES_OF_KIND.values() for page in pages} == set(Page)


def test_facts_and_assessment_are_two_fields() -> None:
    assert {"facts", "assessment"} <= set(FIELDS)


def test_unknown_keys_are_refused_at_every_depth() -> None:
    assert faults_of(
        {
            "priority": "P1",
            "observations": [{"indicator_id": "ILO-D1-02", "score": 3}],
            "identifiers": [{"kind": "phone", "raw": "x", "owner": "y"}],
        }
    ) == [
        ("I-035", "priority"),
        ("I-035", "observations.0.score"),
        ("I-035", "identifiers.0.owner"),
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"facts": 3}, ("I-037", "facts")),
        ({"facts": ["text"]}, ("I-037", "facts")),
        ({"region_only": "yes"}, ("I-037", "region_only")),
        ({"may_contact": 1}, ("I-037", "may_contact")),
        ({"observations": "ILO-D1-02"}, ("I-037", "observations")),
        ({"observations": ["ILO-D1-02"]}, ("I-037", "observations.0")),
        ({"observations": [{"basis": "seen"}]}, ("I-036", "observations.0.indicator_id")),
        ({"timing": "soon"}, ("I-034", "timing")),
        ({"timing": ["today"]}, ("I-034", "timing")),
        ({"danger": ["fire"]}, ("I-034", "danger.0")),
        ({"identifiers": [{"raw": "x"}]}, ("I-034", "identifiers.0.kind")),
        ({"identifiers": [{"kind": "phone", "raw": ""}]}, ("I-036", "identifiers.0.raw")),
        ({"legal_basis": "because"}, ("I-034", "legal_basis")),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(
    values: dict[str, object], expected: tuple[str, str]
) -> None:
    assert faults_of(values) == [expected]


@pytest.mark.parametrize(
    ("name", "most"), [("observations", MOST_OBSERVATIONS), ("identifiers", MOST_IDENTIFIERS)]
)
def test_a_list_without_end_is_refused(name: str, most: int) -> None:
    assert faults_of({name: [{}] * (most + 1)}) == [("I-033", name)]


def test_all_faults_are_named_at_once() -> None:
    assert len(faults_of({"facts": 1, "timing": "x", "region_only": "x"})) == 3


def test_a_person_of_unknown_role_may_be_the_victim_and_a_business_is_nobody() -> None:
    assert phone(PartyRole.NOT_SURE).may_be_of_victim
    assert phone(PartyRole.RECRUITER).is_personal
    assert not phone(PartyRole.RECRUITER).may_be_of_victim
    assert not phone(PartyRole.WORKPLACE).is_personal
    assert not Identifier(kind=IdentifierKind.PLATE, raw="AB 123 CD").is_personal


def test_the_sample_of_the_tests_is_complete() -> None:
    assert complete().observations
