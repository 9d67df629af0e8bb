"""Units' machines: entities in, matches out at the same moment as for people, and no oracle."""

from __future__ import annotations

import json
import re

import pytest

from crosslight.accounts.models import IdempotencyKey
from crosslight.api import v1
from crosslight.api.problems import STATUS_OF as API_STATUS
from crosslight.api.schemas import CONTENT
from crosslight.coordination.models import Match
from crosslight.coordination.services.entry import approve_investigation
from crosslight.coordination.services.procedure import answer_match
from crosslight.core.contributions.content import FIELDS
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.coordination import CrimeArea, Verdict
from crosslight.core.vocabulary.people import Role
from crosslight.investigations.models import Entity
from crosslight.investigations.services import InvestigationDraft, start_investigation
from crosslight.web.shared.errors import STATUS_OF as WEB_STATUS
from tests.api.conftest import Machine, MakeMachine
from tests.api.test_contributions import assert_problem
from tests.factories import World, a_year_from_now

pytestmark = pytest.mark.django_db
GIVEN = {
    "source": "Register",
    "source_grade": "B",
    "information_grade": "2",
    "handling_code": "H0",
}


def investigation_of(officer: Actor, head: Actor) -> str:
    draft = InvestigationDraft("Harbour", "Exploitation on vessels", CrimeArea.LABOUR_EXPLOITATION)
    made = start_investigation(actor=officer, draft=draft)
    approve_investigation(actor=head, investigation_id=made.pk, review_on=a_year_from_now().date())
    return made.pk


def person(name: str, phone: str) -> dict[str, object]:
    return {
        "schema": "Person",
        "role": "recruiter",
        "subject_category": "suspect",
        "statements": [
            {**GIVEN, "property": "name", "value": name},
            {**GIVEN, "property": "phone", "value": phone},
        ],
    }


@pytest.fixture
def unit_a(world: World, make_machine: MakeMachine) -> Machine:
    return make_machine(Role.UNIT_OFFICER, organisation=world.police_a, unit=world.unit_a)


@pytest.fixture
def unit_b(world: World, make_machine: MakeMachine) -> Machine:
    return make_machine(Role.UNIT_OFFICER, organisation=world.police_b, unit=world.unit_b)


def test_two_units_are_told_at_once_and_the_saving_answer_is_no_oracle(
    world: World, unit_a: Machine, unit_b: Machine
) -> None:
    path_a = f"/investigations/{investigation_of(world.ndeye, world.fatou)}/entities"
    path_b = f"/investigations/{investigation_of(world.ousman, world.lamin)}/entities"
    held = unit_b.post(path_b, person("Mamadou Saliou Diallo", "+44 7700 900123"))
    hit = unit_a.post(path_a, person("Momodou S. Jallow", "0044 7700 900123"))
    miss = unit_a.post(path_a, person("Somebody Else", "+44 7700 900999"))
    assert held.status_code == hit.status_code == miss.status_code == 201
    assert set(hit.json()) == set(miss.json()) == {"id"}
    assert {name: value for name, value in hit.headers.items() if name != "Content-Length"} == {
        name: value for name, value in miss.headers.items() if name != "Content-Length"
    }

    for machine in (unit_a, unit_b):
        [row] = machine.get("/matches").json()
        assert row["state"] == "notified"
        assert row["agrees"]
        before = machine.get(f"/matches/{row['id']}")
        assert before.json()["verification"] == []
    assert "Jallow" not in unit_b.get("/matches").content.decode()
    assert "Diallo" not in unit_a.get("/matches").content.decode()

    match = Match.objects.get()
    assert unit_a.post(f"/matches/{match.pk}/acknowledgement", {}).json()["verification"] == []
    assert unit_b.post(f"/matches/{match.pk}/acknowledgement", {}).json()["state"] == "acknowledged"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"schema": "Weapon"}, "schema"),
        ({"statements": []}, "statements"),
        ({"statements": [{**GIVEN, "property": "name", "value": ""}]}, "statements"),
        ({"statements": [{**GIVEN, "property": "birthDate", "value": "2026-02-31"}]}, "statements"),
        ({"statements": [{**GIVEN, "property": "name", "value": "a\x00b"}]}, "statements"),
        ({"statements": [{**GIVEN, "property": "name", "value": "A", "source": ""}]}, "statements"),
        ({"role": "boss"}, "role"),
        ({"audience": "everyone"}, "audience"),
        ({"verified": True}, "verified"),
    ],
)
def test_wrong_entities_are_refused_by_field_and_nothing_is_saved(
    world: World, unit_a: Machine, change: dict[str, object], field: str
) -> None:
    path = f"/investigations/{investigation_of(world.ndeye, world.fatou)}/entities"
    answer = unit_a.post(path, {**person("A B", "+44 7700 900001"), **change})
    errors = assert_problem(answer, 422, "I-422")["errors"]
    assert any(field in fault["field"] for fault in errors), errors
    assert Entity.objects.count() == 0


def test_another_unit_s_investigation_and_an_absent_one_are_the_same_bytes(
    world: World, unit_a: Machine
) -> None:
    other = investigation_of(world.ousman, world.lamin)
    body = person("A B", "+44 7700 900001")
    hidden = unit_a.post(f"/investigations/{other}/entities", body)
    absent = unit_a.post(f"/investigations/inv_{'0' * 26}/entities", body)
    assert_problem(hidden, 404, "P-003")
    assert hidden.content == absent.content


def test_a_contributor_s_machine_finds_no_unit_s_door(reporter: Machine) -> None:
    for path in ("/matches", "/investigations", "/matches/mat_x"):
        assert_problem(reporter.get(path), 404, "P-003")


def test_the_checkpoint_is_a_signed_note(reporter: Machine) -> None:
    answer = reporter.get("/ledger/checkpoint").json()
    assert re.fullmatch(r"[0-9a-f]{64}", answer["root"])
    assert answer["note"].splitlines()[1] == str(answer["size"])


def test_every_operation_declares_its_rule_and_each_surface_holds_only_its_own() -> None:
    contributor = v1.declared_rules(v1.contributor_api())
    authority = v1.declared_rules(v1.authority_api())
    assert set(v1.declared_rules(v1.whole_api())) == set(contributor) | set(authority)
    assert None not in contributor.values()
    assert None not in authority.values()
    assert not any("match" in name or "investigation" in name for name in contributor)
    assert not any("contribution" in name for name in authority)


def test_the_description_is_openapi_3_1_and_names_every_operation() -> None:
    api = v1.whole_api()
    schema = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    assert schema["openapi"].startswith("3.1")
    described = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, methods in schema["paths"].items()
        for method in methods
    }
    assert described == set(v1.declared_rules(api))
    assert all(
        operation["description"]
        for methods in schema["paths"].values()
        for operation in methods.values()
    )


def test_the_description_names_every_answer_of_the_form() -> None:
    assert all(f"{name}:" in CONTENT for name in FIELDS)


def test_both_doors_answer_each_error_with_one_status() -> None:
    for kind in set(API_STATUS) & set(WEB_STATUS):
        assert API_STATUS[kind] == WEB_STATUS[kind], kind


def test_a_repeated_acknowledgement_keeps_no_value_and_shows_the_present_state(
    world: World, unit_a: Machine, unit_b: Machine
) -> None:
    path_a = f"/investigations/{investigation_of(world.ndeye, world.fatou)}/entities"
    path_b = f"/investigations/{investigation_of(world.ousman, world.lamin)}/entities"
    for machine, path in ((unit_b, path_b), (unit_a, path_a)):
        body = person("Momodou Saliou Jallow", "+44 7700 900123")
        body["statements"] += [{**GIVEN, "property": "birthDate", "value": "1987-03-14"}]
        assert machine.post(path, body).status_code == 201
    match = Match.objects.get()
    acknowledgement = f"/matches/{match.pk}/acknowledgement"
    unit_b.post(acknowledgement, {})
    first = unit_a.post(acknowledgement, {}, **{"Idempotency-Key": "once"})
    assert "1987-03-14" in str(first.json()["verification"])
    assert "1987" not in str(IdempotencyKey.objects.get().answer)

    for officer in (world.ndeye, world.ousman):
        answer_match(actor=officer, match_id=match.pk, verdict=Verdict.NOT_SAME, reason="No scar")
    again = unit_a.post(acknowledgement, {}, **{"Idempotency-Key": "once"})
    assert again.status_code == 200
    assert (again.json()["state"], again.json()["verification"]) == ("not_same", [])
