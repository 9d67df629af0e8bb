"""Machine reporters: the same checks and receipts as the form, errors as problems."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from crosslight.contributions.models import Contribution
from crosslight.core.vocabulary.contributions import QuestionForm
from crosslight.core.vocabulary.people import Role
from crosslight.foundation import clock
from crosslight.ledger import selectors as ledger
from crosslight.partnerships import services
from crosslight.review.services import ask_question
from tests.api.conftest import Machine, MakeMachine
from tests.contributions.factories import typology
from tests.factories import CONSOLE, World
from tests.review.factories import admitted, in_library

pytestmark = pytest.mark.django_db

CONTENT = {
    "observations": [{"indicator_id": "ILO-D1-01", "basis": "told"}],
    "place": "Harbour district, Northport",
    "timing": "this_week",
    "is_ongoing": "yes",
    "facts": "Three people were told they would work on land and were taken to a vessel.",
    "how_known": "told",
    "sureness": "likely",
    "sharing_wish": "desk_decides",
    "may_contact": True,
    "victim_awareness": "no_one",
    "legal_basis": "no_personal_data",
}
BODY = {"kind": "red_flag_report", "content": CONTENT}


def assert_problem(response, status: int, code: str) -> dict[str, object]:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = json.loads(response.content)
    assert body["code"] == code
    assert body["status"] == status
    assert body["safe"].endswith(".")
    assert body["remedy"].endswith(".")
    return body


def test_a_contribution_is_received_with_a_receipt_that_the_ledger_proves(
    reporter: Machine,
) -> None:
    response = reporter.post("/contributions", BODY)
    assert response.status_code == 202, response.content
    answer = response.json()
    assert answer["is_received"]
    assert answer["faults"] == []
    receipt = answer["receipt"]
    assert len(receipt["sha256"]) == 64
    entry = ledger.read_entries(after=receipt["ledger_index"] - 1, limit=1)[0].entry
    assert answer["id"] in entry.objects

    read = reporter.get(f"/contributions/{answer['id']}").json()
    assert read["state"] == "Received"
    assert read["receipt"] == receipt
    assert [row["id"] for row in reporter.get("/contributions").json()] == [answer["id"]]


def test_faults_of_form_come_back_with_code_and_remedy_and_are_corrected_under_one_id(
    reporter: Machine,
) -> None:
    bad = {**BODY, "content": {**CONTENT, "observations": []}}
    answer = reporter.post("/contributions", bad).json()
    assert not answer["is_received"]
    assert answer["receipt"] is None
    assert answer["faults"]
    assert all(fault["code"] and fault["remedy"] for fault in answer["faults"])

    again = reporter.post(
        f"/contributions/{answer['id']}/versions",
        {"version": answer["version"], "content": CONTENT},
    ).json()
    assert again["id"] == answer["id"]
    assert again["is_received"]
    assert again["version"] > answer["version"]


def test_a_stale_version_gets_both_versions_and_loses_nothing(reporter: Machine) -> None:
    first = reporter.post("/contributions", {**BODY, "content": {}}).json()
    body = {"version": first["version"] - 1, "content": {**CONTENT, "place": "Mine"}}
    problem = assert_problem(
        reporter.post(f"/contributions/{first['id']}/versions", body), 409, "E-409"
    )
    assert problem["yours"]["place"] == "Mine"
    assert problem["theirs"]["version"] == first["version"]


def test_a_repeated_post_with_the_same_key_is_done_once(reporter: Machine) -> None:
    first = reporter.post("/contributions", BODY, **{"Idempotency-Key": "a1"})
    again = reporter.post("/contributions", BODY, **{"Idempotency-Key": "a1"})
    assert first.status_code == again.status_code == 202
    assert first.json() == again.json()
    assert Contribution.objects.count() == 1
    other = {**BODY, "kind": "risk_indicator"}
    assert_problem(
        reporter.post("/contributions", other, **{"Idempotency-Key": "a1"}), 422, "E-422"
    )
    assert_problem(
        reporter.post("/contributions", BODY, **{"Idempotency-Key": "x" * 101}), 400, "I-410"
    )


def test_an_answer_sent_again_with_its_key_is_given_once(
    world: World, make_machine: MakeMachine
) -> None:
    contribution = admitted(world)
    question = ask_question(
        actor=world.luis, contribution_id=contribution.pk, form=QuestionForm.CONSENT, note=""
    )
    machine = make_machine(Role.REPORTER, organisation=contribution.organisation)
    for _ in range(2):
        response = machine.post(
            f"/questions/{question.pk}/answer",
            {"answer": "They agreed."},
            **{"Idempotency-Key": "a1"},
        )
        assert (response.status_code, response.content) == (204, b"")


def test_withdrawing_erases_before_the_desk_admitted(reporter: Machine) -> None:
    made = reporter.post("/contributions", BODY).json()
    answer = reporter.post(f"/contributions/{made['id']}/withdrawal", {})
    assert answer.json()["state"] == "Withdrawn"
    assert Contribution.objects.get().content == {}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "I-422"),
        (b"{", "I-401"),
        (b"[]", "I-401"),
        (b'{"kind": NaN}', "I-401"),
        (b'{"kind": "a", "kind": "b"}', "I-401"),
        (b'{"kind": "\\ud800"}', "I-401"),
        (b'\xff\xfe{"kind": 1}', "I-401"),
        (b"[" * 100_000, "I-401"),
        (b'{"kind": "red_flag_report"}', "I-422"),
        (b'{"kind": "tip", "content": {}}', "I-422"),
        (b'{"kind": "red_flag_report", "content": {}, "priority": "P1"}', "I-422"),
    ],
)
def test_an_unreadable_body_is_a_problem_and_changes_nothing(reporter, body, code) -> None:
    response = reporter.post("/contributions", body)
    assert_problem(response, 422 if code == "I-422" else 400, code)
    assert Contribution.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        {"facts": "a\x00b"},
        {"facts": "x" * 3000},
        {"facts": 7},
        {"unknown": "field"},
        {"timing": "yesterday-ish"},
        {"observed_on": "2026-02-31"},
        {"observations": [{"indicator_id": "ILO-D1-01", "basis": "guessed"}]},
        {"observations": "all"},
    ],
)
def test_wrong_values_name_the_field_and_are_not_echoed(reporter, change) -> None:
    response = reporter.post("/contributions", {**BODY, "content": {**CONTENT, **change}})
    if response.status_code == 202:
        faults = response.json()["faults"]
        assert faults
    else:
        body = assert_problem(response, 422, "I-422")
        faults = body["errors"]
    assert all(fault["field"] and fault["remedy"] for fault in faults)
    assert "guessed" not in response.content.decode()
    assert "yesterday-ish" not in response.content.decode()


def test_an_unknown_indicator_is_a_fault_that_names_the_field(reporter: Machine) -> None:
    content = {**CONTENT, "observations": [{"indicator_id": "NOT-THERE", "basis": "told"}]}
    answer = reporter.post("/contributions", {**BODY, "content": content})
    faults = answer.json().get("faults") or answer.json().get("errors")
    assert any(fault["field"].startswith("observations") for fault in faults)


def test_a_body_that_is_too_large_is_refused(reporter: Machine) -> None:
    body = json.dumps({**BODY, "content": {"facts": "x" * 3_000_000}}).encode()
    assert_problem(reporter.post("/contributions", body), 413, "I-413")


def test_right_to_left_overrides_are_kept_as_written(reporter: Machine) -> None:
    text = CONTENT["facts"] + " \u202eevil\u202c"
    made = reporter.post("/contributions", {**BODY, "content": {**CONTENT, "facts": text}}).json()
    assert made["is_received"]
    assert Contribution.objects.get().content["facts"] == text


# --- who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize("secret", ["", "nonsense", "abc.def", "Bearer", "x" * 5000])
def test_without_a_key_in_force_nothing_opens(world: World, secret: str) -> None:
    machine = Machine(secret, "", "")
    assert_problem(machine.get("/contributions"), 401, "A-401")


def test_a_revoked_or_disabled_key_is_dead_at_once(reporter: Machine) -> None:
    from crosslight.accounts.models import ApiCredential, User

    assert reporter.get("/contributions").status_code == 200
    User.objects.filter(pk=reporter.user_id).update(is_active=False)
    assert_problem(reporter.get("/contributions"), 401, "A-401")
    User.objects.filter(pk=reporter.user_id).update(is_active=True)
    ApiCredential.objects.filter(pk=reporter.credential_id).update(revoked_at=clock.now())
    assert_problem(reporter.get("/contributions"), 401, "A-401")


def test_a_key_expires(reporter: Machine) -> None:
    with clock.later(timedelta(days=366)):
        assert_problem(reporter.get("/contributions"), 401, "A-401")


def test_cookies_never_open_the_api(world: World, client) -> None:
    from crosslight.accounts.models import User

    client.force_login(User.objects.get(pk=world.amina.id))
    assert_problem(client.get("/api/v1/contributions"), 401, "A-401")


def test_the_secret_is_not_stored(reporter: Machine) -> None:
    from crosslight.accounts.models import ApiCredential

    row = ApiCredential.objects.values().get(pk=reporter.credential_id)
    assert reporter.secret not in json.dumps(row, default=str)
    assert reporter.secret.partition(".")[2] not in json.dumps(row, default=str)


def test_a_key_without_the_scope_is_refused_and_it_is_on_record(make_machine: MakeMachine) -> None:
    machine = make_machine(Role.REPORTER, scopes=("ledger",))
    before = ledger.entries_count()
    assert_problem(machine.get("/contributions"), 403, "A-403")
    assert ledger.entries_count() == before + 1
    entry = ledger.read_entries(after=before - 1, limit=1)[0].entry
    assert entry.act == "act.refused"
    assert entry.actor == machine.user_id


def test_an_expired_mandate_is_said_to_be_expired(make_machine: MakeMachine) -> None:
    machine = make_machine(Role.REPORTER, valid_until=clock.now() + timedelta(days=1))
    with clock.later(timedelta(days=2)):
        assert_problem(machine.post("/contributions", BODY), 403, "P-410")


def test_another_organisation_s_contribution_and_an_absent_one_are_the_same_bytes(
    world: World, reporter: Machine, make_machine: MakeMachine
) -> None:
    made = reporter.post("/contributions", BODY).json()
    stranger = make_machine(Role.REPORTER, organisation=world.union)
    hidden = stranger.get(f"/contributions/{made['id']}")
    absent = stranger.get(f"/contributions/con_{'0' * 26}")
    junk = stranger.get("/contributions/..%2f..%2fetc%2fpasswd")
    assert_problem(hidden, 404, "P-003")
    assert hidden.content == absent.content == junk.content


def test_a_typology_is_sent_and_what_is_personal_comes_back_with_what_was_found(
    reporter: Machine,
) -> None:
    body = {"kind": "typology", "content": typology(route="Call 07700 900123 first")}
    answer = reporter.post("/contributions", body).json()
    assert not answer["is_received"]
    (fault,) = answer["faults"]
    assert (fault["code"], fault["field"], fault["found"]) == ("L-205", "route", "07700 900123")

    corrected = {"version": answer["version"], "content": typology()}
    answer = reporter.post(f"/contributions/{answer['id']}/versions", corrected).json()
    assert answer["is_received"], answer


def test_a_value_of_another_kind_is_refused_in_a_typology(reporter: Machine) -> None:
    body = {"kind": "typology", "content": typology(facts="They call before dawn.")}
    answer = reporter.post("/contributions", body).json()
    assert [(each["code"], each["field"]) for each in answer["faults"]] == [("F-117", "facts")]


def test_the_library_is_read_over_the_api(world: World, reporter: Machine) -> None:
    taken = in_library(world)
    (listed,) = reporter.get("/typologies").json()
    one = reporter.get(f"/typologies/{taken.pk}").json()
    assert listed == one
    assert one["red_flags"][0] == {"indicator_id": "SEA-01", "seen_by": ["union", "port"]}
    assert taken.contribution_id not in str(one)
    assert_problem(reporter.get("/typologies/typ_nothing"), 404, "P-003")


def test_the_indicators_come_with_source_and_verified_mark(reporter: Machine) -> None:
    rows = reporter.get("/indicators?language=fr").json()
    assert len(rows) == 517
    assert sum(row["is_verified"] for row in rows) == 311
    assert all(row["source"] and row["label"] for row in rows)
    assert {row["language"] for row in rows} == {"fr"}
    without = reporter.get("/indicators?language=de").json()
    assert {row["language"] for row in without} == {"en"}


def test_a_machine_of_an_authority_has_no_contributor_s_door(
    world: World, make_machine: MakeMachine
) -> None:
    machine = make_machine(Role.UNIT_OFFICER, organisation=world.police_a, unit=world.unit_a)
    assert_problem(machine.post("/contributions", BODY), 404, "P-003")


def test_revoking_the_mandate_works_at_the_next_request(
    world: World, make_machine: MakeMachine
) -> None:
    from crosslight.partnerships.models import Mandate

    machine = make_machine(Role.REPORTER)
    assert machine.get("/contributions").status_code == 200
    mandate = Mandate.objects.get(user_id=machine.user_id)
    services.revoke_mandate(actor=CONSOLE, mandate_id=mandate.pk)
    assert machine.get("/contributions").status_code in {403, 404}
