"""Bytes coming in: in pieces, over days, and what is refused before the first of them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings as project

from crosslight.contributions.services import add_file, withdraw_contribution
from crosslight.core.lifecycle.package import PackageState
from crosslight.core.vocabulary.custody import Access
from crosslight.custody import services, storage, tasks
from crosslight.custody.errors import (
    AccessNotLawful,
    FileDamaged,
    FileTooLarge,
    MinorShown,
    PieceDamaged,
    QuotaFull,
    UploadBusy,
    WrongOffset,
)
from crosslight.custody.models import Package
from crosslight.custody.selectors import own_packages
from crosslight.foundation import clock
from crosslight.foundation.errors import FieldErrors, NotFoundOrHidden, WrongState
from crosslight.ledger.selectors import latest_entries
from tests.custody.factories import PHOTO, announced, arrived, home_of, offer, pieces_of, sent
from tests.factories import World

pytestmark = pytest.mark.django_db

DATA = bytes(range(256)) * 40


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def acts_on(package_id: str) -> list[str]:
    return [found.entry.act.value for found in latest_entries(object_id=package_id)][::-1]


def test_pieces_add_up_to_the_file_and_its_arrival_is_on_record_with_its_hash(
    world: World,
) -> None:
    package_id = announced(world.amina, home_of(world.amina), DATA, sha256=digest(DATA))
    for offset, piece in pieces_of(DATA, 3000):
        package = services.append(
            actor=world.amina,
            package_id=package_id,
            offset=offset,
            piece=piece,
            sha256=digest(piece),
        )
    assert package.state == PackageState.QUARANTINED
    assert package.sha256 == digest(DATA)
    assert storage.sent_path(package_id).read_bytes() == DATA
    assert not storage.upload_path(package_id).exists()
    assert acts_on(package_id) == ["package.announced", "package.quarantined"]


def test_what_was_written_and_never_counted_is_cut_off(world: World) -> None:
    package_id = announced(world.amina, home_of(world.amina), DATA, sha256=digest(DATA))
    services.append(actor=world.amina, package_id=package_id, offset=0, piece=DATA[:4000])
    with storage.upload_path(package_id).open("ab") as file:
        file.write(b"torn off by a power cut")
    services.append(actor=world.amina, package_id=package_id, offset=4000, piece=DATA[4000:])
    assert storage.sent_path(package_id).read_bytes() == DATA


def test_a_piece_at_another_place_is_refused_with_the_true_one(world: World) -> None:
    package_id = announced(world.amina, home_of(world.amina), DATA)
    services.append(actor=world.amina, package_id=package_id, offset=0, piece=DATA[:100])
    for wrong in (0, 99, 101):
        with pytest.raises(WrongOffset) as caught:
            services.append(
                actor=world.amina, package_id=package_id, offset=wrong, piece=DATA[:100]
            )
        assert caught.value.offset == 100


def test_a_damaged_piece_is_not_taken_and_can_be_sent_again(world: World) -> None:
    package_id = announced(world.amina, home_of(world.amina), DATA)
    arguments = {"actor": world.amina, "package_id": package_id, "offset": 0}
    with pytest.raises(PieceDamaged):
        services.append(**arguments, piece=DATA[:100], sha256=digest(DATA[:99]))
    package = services.append(**arguments, piece=DATA[:100], sha256=digest(DATA[:100]))
    assert package.received_bytes == 100


@pytest.mark.parametrize("piece", [b"", b"x" * (services.PIECE_BYTES + 1)])
def test_a_piece_has_a_size(world: World, piece: bytes) -> None:
    package_id = announced(world.amina, home_of(world.amina), size=5 * services.PIECE_BYTES)
    with pytest.raises(PieceDamaged):
        services.append(actor=world.amina, package_id=package_id, offset=0, piece=piece)


def test_another_file_than_the_announced_one_starts_from_its_beginning(world: World) -> None:
    package_id = announced(world.amina, home_of(world.amina), DATA, sha256=digest(DATA[::-1]))
    with pytest.raises(FileDamaged):
        services.append(actor=world.amina, package_id=package_id, offset=0, piece=DATA)
    package = Package.objects.get(pk=package_id)
    assert (package.state, package.received_bytes) == (PackageState.RECEIVING, 0)
    assert not any(path.exists() for path in storage.paths_of(package_id))


def test_more_or_less_than_announced_is_refused(world: World) -> None:
    package_id = announced(world.amina, home_of(world.amina), DATA)
    for wrong in (DATA + b"x", DATA[:-1]):
        with pytest.raises(FileDamaged):
            services.receive_at_once(actor=world.amina, package_id=package_id, pieces=[wrong])
    assert Package.objects.get(pk=package_id).state == PackageState.RECEIVING


def test_a_file_that_may_show_a_minor_is_stopped_before_the_first_byte(world: World) -> None:
    contribution = home_of(world.amina)
    with pytest.raises(MinorShown):
        announced(world.amina, contribution, shows_minor=True)
    assert not Package.objects.exists()


def test_a_file_that_was_reached_in_a_way_that_may_not_be_is_stopped(world: World) -> None:
    with pytest.raises(AccessNotLawful):
        announced(world.amina, home_of(world.amina), access=Access.OTHER)
    assert not Package.objects.exists()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"size": 0}, FieldErrors),
        ({"size": -1}, FieldErrors),
        ({"sha256": "ABC"}, FieldErrors),
        ({"size": 2**50}, FileTooLarge),
    ],
)
def test_an_offer_that_cannot_be_is_refused(world: World, changes, error) -> None:
    with pytest.raises(error):
        announced(world.amina, home_of(world.amina), **changes)


def test_what_a_sender_calls_a_media_type_is_kept_only_where_it_has_that_form(
    world: World,
) -> None:
    contribution = home_of(world.amina)
    plain = announced(world.amina, contribution, media_type="Image/JPEG; charset=x")
    odd = announced(world.amina, contribution, media_type="<script>")
    assert Package.objects.get(pk=plain).media_type == "image/jpeg"
    assert Package.objects.get(pk=odd).media_type == "application/octet-stream"


def test_room_is_counted_for_each_organisation_and_for_all(world: World, settings) -> None:
    settings.CUSTODY_LIMITS = replace(
        project.CUSTODY_LIMITS, organisation=2 * len(DATA), deployment=3 * len(DATA)
    )
    mine, theirs = home_of(world.amina), home_of(world.other_reporter)
    first = announced(world.amina, mine, DATA)
    announced(world.amina, mine, DATA)
    with pytest.raises(QuotaFull):
        announced(world.amina, mine, b"x")
    announced(world.other_reporter, theirs, DATA)
    with pytest.raises(QuotaFull):
        announced(world.other_reporter, theirs, b"x")
    services.cancel_upload(actor=world.amina, package_id=first)
    announced(world.other_reporter, theirs, b"x")


def test_an_upload_that_rests_too_long_is_given_up_and_one_that_goes_on_is_kept(
    world: World,
) -> None:
    package_id = announced(world.amina, home_of(world.amina), DATA)
    with clock.later(timedelta(days=13)):
        services.append(actor=world.amina, package_id=package_id, offset=0, piece=DATA[:100])
    assert tasks.work(clock.now() + timedelta(days=26)).expired == 0
    with clock.later(timedelta(days=28)):
        assert tasks.work(clock.now()).expired == 1
    assert Package.objects.get(pk=package_id).state == PackageState.ABANDONED
    assert acts_on(package_id)[-1] == "package.abandoned"


@pytest.mark.django_db(transaction=True)
def test_a_cancelled_upload_leaves_nothing(world: World) -> None:
    package_id = announced(world.amina, home_of(world.amina), DATA)
    services.append(actor=world.amina, package_id=package_id, offset=0, piece=DATA[:100])
    services.cancel_upload(actor=world.amina, package_id=package_id)
    assert not any(path.exists() for path in storage.paths_of(package_id))
    assert Package.objects.get(pk=package_id).remains_erased_at is not None
    with pytest.raises(WrongState):
        services.append(actor=world.amina, package_id=package_id, offset=100, piece=b"x")


def test_two_cannot_write_one_file_at_once(world: World) -> None:
    package_id = announced(world.amina, home_of(world.amina), DATA)
    with storage.working_on(package_id), pytest.raises(UploadBusy):
        services.append(actor=world.amina, package_id=package_id, offset=0, piece=DATA)


def test_a_file_of_others_does_not_exist(world: World) -> None:
    contribution = home_of(world.amina)
    package_id = announced(world.amina, contribution, DATA)
    for stranger in (world.other_reporter, world.banker):
        with pytest.raises(NotFoundOrHidden):
            services.append(actor=stranger, package_id=package_id, offset=0, piece=b"x")
        with pytest.raises(NotFoundOrHidden):
            add_file(actor=stranger, contribution_id=contribution.pk, offer=offer())
        assert own_packages(stranger, contribution.pk) == ()
    assert [each.id for each in own_packages(world.amina, contribution.pk)] == [package_id]


def test_a_preparer_sends_to_a_draft_of_its_own_and_to_nothing_else(world: World) -> None:
    own = home_of(world.preparer)
    arrived(world.preparer, own)
    with pytest.raises(NotFoundOrHidden):
        announced(world.preparer, home_of(world.amina))
    sent(world.amina, own)
    with pytest.raises(WrongState):
        announced(world.preparer, own)


def test_files_can_be_added_while_the_contributor_reads_that_it_is_open(world: World) -> None:
    contribution = home_of(world.amina)
    arrived(world.amina, contribution)
    sent(world.amina, contribution)
    late = announced(world.amina, contribution)
    assert Package.objects.get(pk=late).handed_in_at is not None
    withdraw_contribution(actor=world.amina, contribution_id=contribution.pk)
    with pytest.raises(WrongState):
        announced(world.amina, contribution)


def test_a_contribution_of_files_needs_one_that_has_arrived(world: World) -> None:
    from crosslight.contributions.services import submit_contribution

    contribution = home_of(world.amina)
    announced(world.amina, contribution, DATA)
    submission = submit_contribution(actor=world.amina, contribution_id=contribution.pk)
    assert [fault.code for fault in submission.faults] == ["F-116"]
    arrived(world.amina, contribution, PHOTO)
    sent(world.amina, contribution)
