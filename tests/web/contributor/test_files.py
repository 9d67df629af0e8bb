"""The files of a report: questions first, pieces with checksums, a form without scripts."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from crosslight.core.lifecycle.package import PackageState
from crosslight.core.vocabulary.custody import PackageForm
from crosslight.custody import storage, tasks
from crosslight.custody.models import Package
from crosslight.foundation import clock
from crosslight.ledger.selectors import latest_entries
from tests.custody.conftest import _own_folder as _own_folder  # noqa: PLC0414
from tests.custody.factories import PHOTO, announced, arrived, home_of, sent
from tests.factories import World
from tests.web.signed_in import browser_of

ANSWERS = {
    "shows_minor": "no",
    "access": "public",
    "legal_basis": "no_personal_data",
    "form": "file",
}


@pytest.fixture
def amina(world: World) -> Client:
    return browser_of(world.amina)


def files_of(contribution: Any, verb: str = "") -> str:
    return f"/contributor/contributions/{contribution.pk}/files/{verb}"


def piece_headers(data: bytes, offset: int) -> dict[str, str]:
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    return {"Upload-Offset": str(offset), "Upload-Checksum": f"sha256 {digest}"}


def patch(client: Client, url: str, data: bytes, offset: int, **headers: str):
    return client.patch(
        url,
        data,
        content_type="application/offset+octet-stream",
        headers=piece_headers(data, offset) | headers,
    )


def test_a_file_may_show_a_minor_so_the_upload_stops_and_the_hotline_is_named(
    world: World, amina: Client, settings
) -> None:
    settings.HOTLINE = "0800 000 000 (invented)"
    contribution = home_of(world.amina)
    answer = amina.post(files_of(contribution, "ask/"), {"shows_minor": "yes"})
    assert answer["Location"] == files_of(contribution, "stopped/")
    page = amina.get(answer["Location"]).content.decode()
    assert settings.HOTLINE in page
    assert 'type="file"' not in page
    told = amina.post(
        files_of(contribution, "announce/"), ANSWERS | {"shows_minor": "yes", "size": "5"}
    )
    assert told.status_code == 403
    assert "U-210" in told.content.decode()
    assert not Package.objects.exists()
    refusal = latest_entries(limit=1)[0].entry
    assert refusal.outcome == "denied:U-210"


def test_the_file_is_asked_for_only_after_every_question_is_answered(
    world: World, amina: Client
) -> None:
    contribution = home_of(world.amina)
    assert 'type="file"' not in amina.get(files_of(contribution, "ask/")).content.decode()
    for name in ANSWERS:
        given = {key: value for key, value in ANSWERS.items() if key != name}
        assert amina.post(files_of(contribution, "ask/"), given).status_code == 422
        assert amina.get(files_of(contribution, "add/"), given).status_code == 302
    other = amina.post(files_of(contribution, "ask/"), ANSWERS | {"access": "other"})
    assert other.status_code == 422
    answer = amina.post(files_of(contribution, "ask/"), ANSWERS)
    page = amina.get(answer["Location"]).content.decode()
    assert 'type="file"' in page
    assert "the desk of Norland" in page


def test_without_scripts_a_small_file_comes_with_the_form_and_gets_its_receipt(
    world: World, amina: Client
) -> None:
    contribution = home_of(world.amina)
    name = "Invented Person at the door.jpg"
    given = ANSWERS | {"file": SimpleUploadedFile(name, PHOTO, content_type="image/jpeg")}
    assert amina.post(files_of(contribution, "add/"), given).status_code == 302
    package = Package.objects.get()
    assert package.state == PackageState.QUARANTINED
    page = amina.get(f"/contributor/files/{package.pk}/").content.decode()
    assert hashlib.sha256(PHOTO).hexdigest() in page
    assert "being checked" in page
    tasks.work(clock.now())
    package.refresh_from_db()
    page = amina.get(f"/contributor/files/{package.pk}/").content.decode()
    assert f">{package.ledger_index}<" in page
    assert "Invented Person" not in page
    every = amina.get(files_of(contribution)).content.decode()
    assert "File 1" in every
    assert "Received" in every


def test_a_form_without_a_file_is_told_so(world: World, amina: Client) -> None:
    contribution = home_of(world.amina)
    for file in ({}, {"file": SimpleUploadedFile("x", b"")}):
        answer = amina.post(files_of(contribution, "add/"), ANSWERS | file)
        assert answer.status_code == 422
        assert "Choose a file" in answer.content.decode()


def test_a_form_that_is_too_large_is_refused_before_it_is_read(
    world: World, amina: Client, settings
) -> None:
    settings.FORM_UPLOAD_MAX_BYTES = 1000
    contribution = home_of(world.amina)
    large = SimpleUploadedFile("x", b"x" * 2000)
    answer = amina.post(files_of(contribution, "add/"), ANSWERS | {"file": large})
    assert answer.status_code in {400, 413}
    assert not Package.objects.exists()


def test_a_script_sends_pieces_is_cut_off_and_goes_on_where_the_server_stands(
    world: World, amina: Client
) -> None:
    contribution = home_of(world.amina)
    data = PHOTO * 50
    offer = ANSWERS | {
        "size": str(len(data)),
        "sha256": hashlib.sha256(data).hexdigest(),
        "media_type": "image/jpeg",
    }
    made = amina.post(files_of(contribution, "announce/"), offer)
    assert made.status_code == 201
    url = made["Location"]
    assert patch(amina, url, data[:1000], 0)["Upload-Offset"] == "1000"
    # The answer to this one is lost on its way; the browser asks, and goes on.
    patch(amina, url, data[1000:1500], 1000)
    assert patch(amina, url, data[1000:1500], 1000).status_code == 409
    stands = browser_of(world.amina).head(url)
    assert (stands["Upload-Offset"], stands["Upload-Length"]) == ("1500", str(len(data)))
    again = amina.get(made.json()["page"]).content.decode()
    assert f'data-sha256="{offer["sha256"]}"' in again
    last = patch(amina, url, data[1500:], 1500)
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(data)))
    assert storage.sent_path(Package.objects.get().pk).read_bytes() == data


@pytest.mark.parametrize(
    "headers",
    [
        {"Upload-Offset": ""},
        {"Upload-Offset": "-1"},
        {"Upload-Offset": "١"},
        {"Upload-Checksum": "sha256 ///"},
        {"Upload-Checksum": "md5 AAAA"},
        {"Upload-Checksum": "sha256 " + base64.b64encode(b"x" * 32).decode()},
    ],
)
def test_a_piece_with_wrong_words_about_it_is_refused(
    world: World, amina: Client, headers: dict[str, str]
) -> None:
    package_id = announced(world.amina, home_of(world.amina))
    url = f"/contributor/uploads/{package_id}/"
    if not headers.get("Upload-Offset", "x").isascii():
        headers = {"Upload-Offset": "1e3"}
    assert patch(amina, url, b"abc", 0, **headers).status_code == 400
    assert Package.objects.get().received_bytes == 0


def test_a_piece_needs_the_token_of_the_form(world: World) -> None:
    strict = browser_of(world.amina, checks_csrf=True)
    package_id = announced(world.amina, home_of(world.amina))
    assert patch(strict, f"/contributor/uploads/{package_id}/", b"abc", 0).status_code == 403
    assert Package.objects.get().received_bytes == 0


def test_files_of_others_look_like_files_that_are_not_there(world: World) -> None:
    contribution = home_of(world.amina)
    package_id = announced(world.amina, contribution)
    stranger = browser_of(world.other_reporter)
    missing = "pkg_00000000000000000000000000"
    for path in ("/contributor/files/{}/", "/contributor/uploads/{}/"):
        hidden = stranger.get(path.format(package_id))
        absent = stranger.get(path.format(missing))
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content
    assert stranger.post(f"/contributor/files/{package_id}/cancel/").status_code == 404
    assert stranger.get(files_of(contribution)).status_code == 404


def test_an_upload_can_be_cancelled(world: World, amina: Client) -> None:
    contribution = home_of(world.amina)
    package_id = announced(world.amina, contribution)
    answer = amina.post(f"/contributor/files/{package_id}/cancel/")
    assert answer["Location"] == files_of(contribution)
    assert Package.objects.get().state == PackageState.ABANDONED
    assert package_id not in amina.get(files_of(contribution)).content.decode()


def test_the_report_shows_its_files_and_is_sent_once_one_has_arrived(
    world: World, amina: Client
) -> None:
    contribution = home_of(world.amina)
    check = f"/contributor/contributions/{contribution.pk}/check/"
    page = amina.get(check).content.decode()
    assert "F-116" in page
    assert files_of(contribution) in page
    arrived(world.amina, contribution)
    assert "F-116" not in amina.get(check).content.decode()
    sent(world.amina, contribution)
    page = amina.get(f"/contributor/contributions/{contribution.pk}/").content.decode()
    assert "File 1" in page


def test_what_does_not_hold_is_said_to_be_kept_and_why(world: World, amina: Client) -> None:
    package_id = arrived(world.amina, home_of(world.amina), b"no package", form=PackageForm.PACKAGE)
    tasks.work(clock.now())
    page = amina.get(f"/contributor/files/{package_id}/").content.decode()
    assert "does not hold" in page
    assert "does not begin as a ZIP" in page
