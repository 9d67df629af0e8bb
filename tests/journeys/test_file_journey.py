"""A file over a bad line: sent in pieces, cut off, chosen again after a reload, and released."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from crosslight.core.vocabulary.custody import PackageForm
from crosslight.custody import storage, tasks
from crosslight.custody.models import Package
from crosslight.foundation import clock
from tests.custody.conftest import _own_folder as _own_folder  # noqa: PLC0414
from tests.custody.factories import announced, arrived, home_of, sent, signed_package
from tests.factories import World
from tests.journeys.conftest import DESKTOP, PHONE, OpenPage

pytestmark = pytest.mark.browser

PIECES = 5
DATA = bytes(range(256)) * 4096 * PIECES


def is_sound(page: Page, name: str) -> None:
    """Accessible, and inside the screen of a phone."""
    found = Axe().run(page).response["violations"]
    assert [(name, rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name


def answer_questions(page: Page, contribution_id: str) -> None:
    page.goto(f"/contributor/contributions/{contribution_id}/files/")
    page.get_by_role("link", name="Add a file").click()
    page.get_by_role("radio", name="No", exact=True).check()
    page.get_by_role("radio", name="It was public: no sign-in was needed").check()
    page.locator("[name=legal_basis][value=no_personal_data]").check()
    is_sound(page, "ask")
    page.get_by_role("button", name="Continue").click()


class BadLine:
    """Damages the second piece, cuts the fourth request off, and every one after the fifth."""

    def __init__(self) -> None:
        self.pieces = 0

    def __call__(self, route: Route) -> None:
        if route.request.method != "PATCH":
            route.continue_()
            return
        self.pieces += 1
        if self.pieces == 2:
            wrong = {"upload-checksum": "sha256 " + "A" * 43 + "="}
            route.continue_(headers={**route.request.headers, **wrong})
        elif self.pieces == 4 or self.pieces > 5:
            route.abort()
        else:
            route.continue_()


def wait_for_bytes(page: Page, expected: int) -> None:
    for _ in range(150):
        if Package.objects.filter(received_bytes=expected).exists():
            return
        page.wait_for_timeout(100)
    raise AssertionError(list(Package.objects.values_list("received_bytes")))


def send(page: Page, file: Path, *, label: str, button: str) -> None:
    page.get_by_label(label).set_input_files(file)
    page.get_by_role("button", name=button).click()


def test_an_upload_survives_a_damaged_piece_a_lost_line_a_pause_and_a_reload(
    page_of: OpenPage, real_world: World, tmp_path: Path
) -> None:
    contribution = home_of(real_world.amina)
    file, other = tmp_path / "door.mp4", tmp_path / "other.mp4"
    file.write_bytes(DATA)
    other.write_bytes(DATA[::-1])
    page = page_of(real_world.amina, viewport=PHONE, has_bad_line=True)
    answer_questions(page, contribution.pk)
    is_sound(page, "add")
    page.route("**/uploads/**", BadLine())
    send(page, file, label="Choose the file", button="Send the file")
    wait_for_bytes(page, 3 * 2**20)
    expect(page.locator(".sending-words")).to_contain_text("No connection")
    page.get_by_role("button", name="Pause").click()
    page.unroute("**/uploads/**")

    page.reload()
    expect(page.get_by_role("heading", name="Not all of it was sent")).to_be_visible()
    is_sound(page, "resume")
    again = {"label": "Choose the same file again", "button": "Go on sending"}
    send(page, other, **again)
    expect(page.locator(".sending-words")).to_contain_text("another file")
    send(page, file, **again)
    page.wait_for_url("**/files/")
    package = Package.objects.get()
    assert package.sha256 == hashlib.sha256(DATA).hexdigest()
    assert storage.sent_path(package.pk).read_bytes() == DATA


def test_files_have_their_receipt_and_their_place_on_the_report(
    page_of: OpenPage, real_world: World
) -> None:
    contribution = home_of(real_world.amina)
    package_id = arrived(real_world.amina, contribution)
    announced(real_world.amina, contribution)
    page = page_of(real_world.amina)
    tasks.work(clock.now())
    report = f"/contributor/contributions/{contribution.pk}"
    for path in (f"{report}/files/", f"{report}/check/", f"/contributor/files/{package_id}/"):
        page.goto(path)
        is_sound(page, path.strip("/").rpartition("/")[2])


def test_the_stop_page_names_the_hotline(page_of: OpenPage, real_world: World) -> None:
    contribution = home_of(real_world.amina)
    page = page_of(real_world.amina)
    page.goto(f"/contributor/contributions/{contribution.pk}/files/ask/")
    page.get_by_role("radio", name="Yes, or I am not sure").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Do not send this file")).to_be_visible()
    is_sound(page, "stopped")


def test_the_desk_releases_and_asks_for_a_reason(page_of: OpenPage, real_world: World) -> None:
    amina, luis = real_world.amina, real_world.luis
    contribution = home_of(amina)
    arrived(amina, contribution, signed_package(b"one", b"two"), form=PackageForm.PACKAGE)
    arrived(amina, contribution, b"no package", form=PackageForm.PACKAGE)
    tasks.work(clock.now())
    sent(amina, contribution)
    page = page_of(luis)
    page.goto("/desk/packages/")
    is_sound(page, "packages")
    page.locator("section").first.get_by_role("link").first.click()
    is_sound(page, "package")
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_text("Released to the desk")).to_be_visible()
    is_sound(page, "released")
    for package in Package.objects.exclude(fault=""):
        page.goto(f"/desk/packages/{package.pk}/")
        is_sound(page, "faulty")
