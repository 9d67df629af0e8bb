from __future__ import annotations

import pytest

from crosslight.contributions.models import Contribution
from crosslight.contributions.services import save_content, save_page, start_contribution
from crosslight.core.contributions import Content, Page
from crosslight.core.indicators import catalogue
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.foundation.errors import (
    FieldErrors,
    MandateExpired,
    NotAllowed,
    NotFoundOrHidden,
    StaleVersion,
    WrongState,
)
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from tests.contributions.factories import draft, received, red_flag
from tests.factories import World


def save(actor: Actor, contribution: Contribution, page: str, **values: object) -> Contribution:
    return save_page(
        actor=actor,
        contribution_id=contribution.pk,
        version=Contribution.objects.get(pk=contribution.pk).version,
        page=page,
        values=values,
    )


def stored(contribution: Contribution) -> Content:
    return Content.from_dict(Contribution.objects.get(pk=contribution.pk).content)


def test_a_draft_starts_empty_with_the_desk_of_its_own_country(world: World) -> None:
    contribution = draft(world.amina)

    assert stored(contribution) == Content()
    assert contribution.country_id == "XN"
    assert contribution.organisation_id == world.shelter.pk
    assert contribution.catalogue_version == catalogue().version
    assert contribution.expires_at is not None


def test_a_draft_is_kept_page_by_page(world: World) -> None:
    contribution = draft(world.amina)
    values = red_flag()
    for page, names in {
        "noticed": ("observations",),
        "where_when": ("place", "country", "timing", "is_ongoing"),
        "identifiers": ("identifiers",),
        "words": ("facts", "assessment", "how_known", "sureness"),
        "sharing": ("sharing_wish", "may_contact", "victim_awareness", "legal_basis"),
    }.items():
        save(world.amina, contribution, page, **{name: values[name] for name in names})

    whole = draft(world.amina, values)
    assert stored(contribution) == stored(whole)
    assert Contribution.objects.get(pk=contribution.pk).version == 6


def test_a_field_that_a_page_leaves_out_stays_as_it_was(world: World) -> None:
    contribution = draft(world.amina, red_flag())
    save(world.amina, contribution, "words", assessment="Changed my mind.")
    assert stored(contribution).facts == red_flag()["facts"]
    assert stored(contribution).assessment == "Changed my mind."


def test_saving_the_whole_content_leaves_what_is_left_out_unanswered(world: World) -> None:
    contribution = draft(world.amina, red_flag())
    save_content(
        actor=world.amina,
        contribution_id=contribution.pk,
        version=contribution.version,
        content={"place": "Norhaven"},
    )
    assert stored(contribution) == Content(place="Norhaven")


def test_an_identifier_gets_its_comparable_form_from_us_only(world: World) -> None:
    contribution = draft(world.amina)
    save(
        world.amina,
        contribution,
        "identifiers",
        identifiers=[{"kind": "phone", "raw": "07700 900123", "value": "forged"}],
    )
    assert stored(contribution).identifiers[0].value == "+447700900123"


def test_a_child_or_another_danger_marks_the_draft_before_it_is_sent(world: World) -> None:
    contribution = draft(world.amina)
    assert save(world.amina, contribution, "noticed", danger=["threat_to_life"]).is_danger
    assert not save(world.amina, contribution, "noticed", danger=[]).is_danger


@pytest.mark.parametrize("page", Page)
def test_a_page_cannot_write_a_field_of_another_page(world: World, page: Page) -> None:
    contribution = draft(world.amina)
    foreign = "facts" if page is not Page.WORDS else "place"
    with pytest.raises(FieldErrors) as caught:
        save(world.amina, contribution, page.value, **{foreign: "x"})
    assert [(each.code, each.field) for each in caught.value.errors] == [("I-035", foreign)]


def test_an_unknown_page_is_named(world: World) -> None:
    with pytest.raises(FieldErrors) as caught:
        save(world.amina, draft(world.amina), "priority")
    assert [each.field for each in caught.value.errors] == ["page"]


def test_a_stale_page_is_refused_with_both_texts_and_nothing_is_lost(world: World) -> None:
    contribution = draft(world.amina)
    save(world.amina, contribution, "words", facts="First text")

    with pytest.raises(StaleVersion) as caught:
        save_page(
            actor=world.amina,
            contribution_id=contribution.pk,
            version=contribution.version,
            page="words",
            values={"facts": "Second text"},
        )

    assert caught.value.yours["facts"] == "Second text"
    assert caught.value.theirs["facts"] == "First text"
    assert (caught.value.yours["version"], caught.value.theirs["version"]) == (1, 2)
    assert stored(contribution).facts == "First text"


def test_a_stale_whole_content_is_refused_too(world: World) -> None:
    contribution = draft(world.amina, red_flag())
    with pytest.raises(StaleVersion) as caught:
        save_content(
            actor=world.amina, contribution_id=contribution.pk, version=1, content={"place": "X"}
        )
    assert caught.value.theirs["place"] == "Norhaven"


def test_a_preparer_writes_own_drafts_and_a_reporter_all_of_the_organisation(
    world: World,
) -> None:
    contribution = draft(world.preparer)
    save(world.preparer, contribution, "words", facts="Prepared")
    save(world.amina, contribution, "words", facts="Looked over")
    assert stored(contribution).facts == "Looked over"
    with pytest.raises(NotFoundOrHidden):
        save(world.preparer, draft(world.amina), "words", facts="Not mine")


def test_a_lead_reads_but_does_not_write(world: World) -> None:
    with pytest.raises(NotAllowed):
        save(world.lead, draft(world.amina), "words", facts="x")
    with pytest.raises(NotAllowed):
        start_contribution(actor=world.lead, kind=ContributionKind.RED_FLAG_REPORT)


def test_another_organisation_finds_nothing(world: World) -> None:
    with pytest.raises(NotFoundOrHidden):
        save(world.other_reporter, draft(world.amina), "words", facts="x")


def test_an_authority_cannot_write_for_a_contributor(world: World) -> None:
    with pytest.raises(NotAllowed):
        save(world.luis, draft(world.amina), "words", facts="x")


def test_an_ended_mandate_is_said_to_have_ended(world: World) -> None:
    with pytest.raises(MandateExpired):
        start_contribution(actor=world.expired, kind=ContributionKind.RED_FLAG_REPORT)
    with pytest.raises(MandateExpired):
        save(world.expired, draft(world.amina), "words", facts="x")


def test_what_was_received_is_no_longer_written(world: World) -> None:
    contribution = received(world.amina)
    with pytest.raises(WrongState):
        save(world.amina, contribution, "words", facts="x")


def test_starting_and_saving_are_on_record_without_content(world: World) -> None:
    contribution = draft(world.amina)
    save(world.amina, contribution, "words", facts="A secret sentence of Amina")
    entries = read_entries(object_id=contribution.pk)
    assert [each.entry.act for each in entries] == [
        Act.CONTRIBUTION_STARTED,
        Act.CONTRIBUTION_SAVED,
    ]
    assert all(b"secret" not in each.entry.to_bytes() for each in entries)
