"""Custody at the desk: the chain in words, no original on a page, and originals that leave."""

from __future__ import annotations

import io
import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from crosslight.core.evidence.packages.verification import verify_package
from crosslight.core.lifecycle.package import PackageState
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.custody import PackageForm
from crosslight.custody.models import Package
from crosslight.ledger.selectors import latest_entries
from tests.custody.conftest import _own_folder as _own_folder  # noqa: PLC0414
from tests.custody.factories import (
    PHOTO,
    at_rest,
    home_of,
    released,
    sealed,
    sent,
    signed_package,
)
from tests.factories import World
from tests.web.signed_in import browser_of

GIVEN = {"purpose": "validation", "reason": "Needed for the validation of this report."}


def fresh(actor: Actor) -> Client:
    """Someone who showed the second factor a moment ago."""
    client = browser_of(actor)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "at": time.time(), "type": "totp"}
    ]
    session.save()
    return client


def address(package: Package, verb: str = "") -> str:
    return f"/desk/packages/{package.pk}/{verb}"


def content(answer) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.fixture
def luis(world: World) -> Client:
    return fresh(world.luis)


def test_what_waits_is_listed_and_released_by_the_custodian(world: World, luis: Client) -> None:
    package = sealed(world.amina)
    page = luis.get("/desk/packages/").content.decode()
    assert "Wait for your release" in page
    assert address(package) in page
    assert "Waits for a custodian" in luis.get(address(package)).content.decode()
    assert luis.post(address(package, "release/"))["Location"] == address(package)
    page = luis.get(address(package)).content.decode()
    assert "Released to the desk" in page
    assert "Wait for your release" not in luis.get("/desk/packages/").content.decode()


def test_the_page_says_the_chain_the_checks_and_what_they_mean(world: World, luis: Client) -> None:
    package = sealed(world.amina, signed_package(), form=PackageForm.PACKAGE)
    page = luis.get(address(package)).content.decode()
    assert page.index("Captured and signed by its sender") < page.index("Taken in, checked")
    assert "Signed with a key that nobody here has compared" in page
    assert "Signed by this deployment" in page
    assert "Every byte of the content is the one that was listed." in page
    assert "Not asked" in page
    assert "nothing about whether what it shows is true" in page
    assert package.sealed_sha256 in page


def test_no_page_shows_an_original(world: World, luis: Client) -> None:
    package = released(world.amina, world.luis)
    for verb in ("", "objects/1/", "export/"):
        page = luis.get(address(package, verb)).content
        assert b"an invented photograph" not in page
        assert b"<img" not in page.replace(b'<img src="/static/crosslight/mark.svg"', b"")


def test_what_does_not_hold_says_why_and_offers_nothing_but_its_export(
    world: World, luis: Client
) -> None:
    package = sealed(world.amina, b"no package", form=PackageForm.PACKAGE)
    page = luis.get(address(package)).content.decode()
    assert "Does not hold, kept sealed" in page
    assert "does not begin as a ZIP" in page
    assert "There is none: what was sent is not a package that holds." in page
    assert luis.post(address(package, "release/")).status_code == 409
    answer = luis.post(address(package, "export/"), GIVEN | {"recipient": world.police_a.pk})
    assert content(answer) == b"no package"


def test_an_original_leaves_as_a_file_that_no_browser_opens(world: World, luis: Client) -> None:
    package = released(world.amina, world.luis)
    answer = luis.post(address(package, "objects/1/"), GIVEN)
    assert content(answer) == PHOTO
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store"
    entry = latest_entries(object_id=package.pk, limit=1)[0].entry
    assert (entry.act.value, entry.justification) == ("package.revealed", "validation")


@pytest.mark.parametrize("missing", ["purpose", "reason"])
def test_nothing_leaves_without_purpose_and_reason(
    world: World, luis: Client, missing: str
) -> None:
    package = released(world.amina, world.luis)
    given = GIVEN | {"recipient": world.police_a.pk, missing: ""}
    for verb in ("objects/1/", "export/"):
        assert luis.post(address(package, verb), given).status_code == 422
    acts = {found.entry.act.value for found in latest_entries(object_id=package.pk)}
    assert not acts & {"package.revealed", "package.disclosed"}


def test_nothing_leaves_without_a_fresh_second_factor(world: World) -> None:
    package = released(world.amina, world.luis)
    stale = browser_of(world.luis)
    for verb in ("objects/1/", "export/"):
        for answer in (stale.get(address(package, verb)), stale.post(address(package, verb))):
            assert answer.status_code == 302
            assert answer["Location"].startswith("/account/")
            assert "second-factor/confirm" in answer["Location"]


def test_an_export_holds_and_names_its_recipient_in_the_record(world: World, luis: Client) -> None:
    package = released(world.amina, world.luis)
    answer = luis.post(address(package, "export/"), GIVEN | {"recipient": world.police_b.pk})
    data = content(answer)
    assert verify_package(io.BytesIO(data)).holds
    assert len(data) == int(answer["Content-Length"])
    page = luis.get(address(package)).content.decode()
    assert "Given on" in page
    assert "Police of Suderland" in page


def test_restricting_closes_it(world: World, luis: Client) -> None:
    package = released(world.amina, world.luis)
    luis.post(address(package, "restrict/"))
    assert Package.objects.get(pk=package.pk).state == PackageState.RESTRICTED
    assert luis.get(address(package, "objects/1/")).status_code == 409
    assert "objects/1/" not in luis.get(address(package)).content.decode()


def test_a_draft_a_foreign_desk_and_no_package_at_all_look_the_same(
    world: World, luis: Client
) -> None:
    draft = at_rest(world.amina, home_of(world.amina))
    foreign = fresh(world.foreign_desk)
    missing = "/desk/packages/pkg_00000000000000000000000000/"
    assert luis.get(address(draft)).content == luis.get(missing).content
    of_others = address(sealed(world.amina))
    assert foreign.get(of_others).content == foreign.get(missing).content


def test_the_report_leads_to_its_files(world: World, luis: Client) -> None:
    contribution = home_of(world.amina)
    package = at_rest(world.amina, contribution)
    sent(world.amina, contribution)
    page = luis.get(f"/desk/contributions/{contribution.pk}/").content.decode()
    assert address(package) in page


def test_a_unit_has_no_door_to_packages(world: World) -> None:
    package = released(world.amina, world.luis)
    for actor in (world.ndeye, world.amina, world.auditor):
        assert fresh(actor).get(address(package)).status_code == 404
