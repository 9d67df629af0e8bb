"""Files of machine reporters: the same pieces, refusals and receipts as on the screens."""

from __future__ import annotations

import base64
import hashlib

import pytest
from django.test import Client

from crosslight.core.vocabulary.people import Role
from crosslight.custody import tasks
from crosslight.custody.models import Package
from crosslight.foundation import clock
from crosslight.ledger.services import receipt
from tests.api.conftest import Machine, MakeMachine
from tests.api.test_contributions import assert_problem
from tests.custody.conftest import _own_folder as _own_folder  # noqa: PLC0414
from tests.custody.factories import preserved, signed_package
from tests.factories import World

pytestmark = pytest.mark.django_db

DATA = signed_package(bytes(range(256)) * 300)
FILE = {
    "form": "package",
    "size": len(DATA),
    "sha256": hashlib.sha256(DATA).hexdigest(),
    "access": "public",
    "legal_basis": "no_personal_data",
    "shows_minor": False,
}
KIND = "osint_preservation"


def started(machine: Machine) -> dict[str, object]:
    body = {"kind": KIND, "content": preserved()}
    return machine.post("/contributions", body).json()


def upload(machine: Machine, method: str, url: str, data: bytes = b"", **headers: str):
    client = Client(headers={"Authorization": f"Bearer {machine.secret}", **headers})
    return client.generic(method, url, data, content_type="application/offset+octet-stream")


def piece(machine: Machine, url: str, offset: int, data: bytes):
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    headers = {"Upload-Offset": str(offset), "Upload-Checksum": f"sha256 {digest}"}
    return upload(machine, "PATCH", url, data, **headers)


def test_a_machine_sends_a_package_in_pieces_and_gets_a_receipt_that_the_ledger_proves(
    reporter: Machine,
) -> None:
    answer = started(reporter)
    assert [fault["code"] for fault in answer["faults"]] == ["F-116"]
    made = reporter.post(f"/contributions/{answer['id']}/files", FILE)
    assert made.status_code == 201, made.content
    url = made.json()["upload_url"]
    half = len(DATA) // 2
    assert piece(reporter, url, 0, DATA[:half]).status_code == 204
    assert piece(reporter, url, 0, DATA[:half]).status_code == 409
    stands = upload(reporter, "HEAD", url)
    assert stands["Upload-Offset"] == str(half)
    assert piece(reporter, url, half, DATA[half:])["Upload-Offset"] == str(len(DATA))
    tasks.work(clock.now())
    read = reporter.get(f"/files/{made.json()['id']}").json()
    assert read["state"] == "Received"
    assert receipt(read["ledger_index"]).index == read["ledger_index"]
    assert [each["id"] for each in reporter.get(f"/contributions/{answer['id']}/files").json()] == [
        read["id"]
    ]
    version = {"version": answer["version"], "content": preserved()}
    assert reporter.post(f"/contributions/{answer['id']}/versions", version).json()["is_received"]
    assert Package.objects.get().handed_in_at is not None


def test_what_the_screens_refuse_is_refused_with_its_code(reporter: Machine) -> None:
    files = f"/contributions/{started(reporter)['id']}/files"
    assert_problem(reporter.post(files, FILE | {"shows_minor": True}), 403, "U-210")
    assert_problem(reporter.post(files, FILE | {"access": "other"}), 403, "U-211")
    assert_problem(reporter.post(files, FILE | {"size": 2**50}), 400, "U-213")
    assert_problem(reporter.post(files, FILE | {"size": 0}), 422, "I-422")
    without = {key: value for key, value in FILE.items() if key != "shows_minor"}
    assert_problem(reporter.post(files, without), 422, "I-422")
    url = reporter.post(files, FILE).json()["upload_url"]
    assert_problem(upload(reporter, "PATCH", url, b"x", **{"Upload-Offset": "5"}), 409, "U-409")
    assert_problem(upload(reporter, "PATCH", url, b"x"), 400, "U-460")
    assert upload(reporter, "DELETE", url).status_code == 204
    assert_problem(upload(reporter, "PATCH", url, b"x", **{"Upload-Offset": "0"}), 409, "E-410")


def test_announcing_again_under_the_same_key_makes_one_upload(reporter: Machine) -> None:
    files = f"/contributions/{started(reporter)['id']}/files"
    answers = [
        reporter.post(files, FILE, **{"Idempotency-Key": "once"}).json()["id"] for _ in range(2)
    ]
    assert len(set(answers)) == Package.objects.count() == 1


def test_files_of_others_are_not_there(
    reporter: Machine, make_machine: MakeMachine, world: World
) -> None:
    answer = started(reporter)
    made = reporter.post(f"/contributions/{answer['id']}/files", FILE).json()
    other = make_machine(Role.REPORTER, organisation=world.union)
    assert_problem(other.get(f"/files/{made['id']}"), 404, "P-003")
    assert_problem(piece(other, made["upload_url"], 0, b"x"), 404, "P-003")
    assert_problem(other.post(f"/contributions/{answer['id']}/files", FILE), 404, "P-003")
