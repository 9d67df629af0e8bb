"""Doors of contributors."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from crosslight.contributions.models import Contribution
from crosslight.contributions.services import accept_import
from crosslight.core.vocabulary.contributions import FeedbackCode, QuestionForm, ReturnCode
from crosslight.ledger.acts import Act
from crosslight.review import services as review
from tests.contributions.factories import draft, received, red_flag
from tests.contributions.import_files import as_csv, checked, good_row, started, worked
from tests.custody.factories import PHOTO, announced, arrived, at_rest, home_of
from tests.doors.door import Call, Door, Doors
from tests.factories import World
from tests.review.factories import admitted, dropped, in_triage
from tests.web.contributor.test_files import ANSWERS, piece_headers

_READ = (Act.CONTRIBUTION_CONSULTED,)
STATIC = "the catalogue of indicators holds nobody's data"
FORM = "an empty form"


def full_draft(world: World) -> Contribution:
    return draft(world.amina, red_flag())


def asked(world: World) -> tuple[Contribution, str]:
    found = admitted(world)
    question = review.ask_question(
        actor=world.luis, contribution_id=found.pk, form=QuestionForm.PLACE, note=""
    )
    return found, question.pk


def answering(world: World) -> Call:
    found, question = asked(world)
    return Call(world.amina, ids=[found.pk, question], data={"answer": "We do not hold this."})


def with_news(world: World) -> Call:
    found = dropped(world)
    review.give_feedback(
        actor=world.luis, contribution_id=found.pk, code=FeedbackCode.NO_SUSPICION_FOUND, axes={}
    )
    return Call(world.amina, ids=[found.pk])


def returned(world: World) -> Contribution:
    found = in_triage(world)
    return review.return_contribution(
        actor=world.luis, contribution_id=found.pk, codes=[ReturnCode.MISSING_WHEN], note="Say more"
    )


def of_draft(*names: str, data: dict | None = None, **more):
    return lambda world: Call(
        world.amina, ids=[full_draft(world).pk, *names], data=data or {}, **more
    )


def page_sent(world: World) -> Call:
    found = full_draft(world)
    data = {
        "facts": "Four men by now, driven before dawn.",
        "how_known": "told",
        "sureness": "likely",
        "version": found.version,
    }
    return Call(world.amina, ids=[found.pk, "words"], data=data)


def sending(world: World) -> Call:
    found = full_draft(world)
    return Call(world.amina, ids=[found.pk], data={"version": found.version})


def of_received(data: dict | None = None):
    return lambda world: Call(world.amina, ids=[received(world.amina).pk], data=data or {})


def kept(world: World) -> Call:
    found = received(world.amina)
    return Call(world.amina, ids=[found.pk], data={"last_four": str(found.receipt_code)[-4:]})


def home(world: World) -> Call:
    found = [full_draft(world), received(world.amina), returned(world)]
    return Call(world.amina, objects=[each.pk for each in found])


def of_files(query: str = "", **data: object):
    """A report of preserved material; no file of it has come yet."""
    return lambda world: Call(
        world.amina, ids=[home_of(world.amina).pk], query=query, data=dict(data)
    )


def with_files(world: World) -> Call:
    """One at rest, one that still comes."""
    home = home_of(world.amina)
    files = [at_rest(world.amina, home).pk, announced(world.amina, home)]
    return Call(world.amina, ids=[home.pk], objects=files)


def with_form(world: World) -> Call:
    file = SimpleUploadedFile("door.jpg", PHOTO, content_type="image/jpeg")
    return Call(world.amina, ids=[home_of(world.amina).pk], data={**ANSWERS, "file": file})


def received_file(world: World) -> Call:
    home = home_of(world.amina)
    return Call(world.amina, ids=[at_rest(world.amina, home).pk], objects=[home.pk])


def coming_file(world: World) -> Call:
    return Call(world.amina, ids=[announced(world.amina, home_of(world.amina))])


def piece(*, is_last: bool):
    def prepare(world: World) -> Call:
        data = PHOTO if is_last else PHOTO[:9]
        made = announced(world.amina, home_of(world.amina))
        return Call(world.amina, ids=[made], body=data, headers=piece_headers(data, 0))

    return prepare


def whole_report(world: World) -> Call:
    """With a file; it is still a draft."""
    home = home_of(world.amina)
    return Call(world.amina, ids=[home.pk], objects=[arrived(world.amina, home)])


def two_rows() -> list[dict[str, str]]:
    """One ready, one bad."""
    return [good_row(1), good_row(2, timing="?", facts="A row that nobody can send like this.")]


def uploading(world: World) -> Call:
    file = SimpleUploadedFile("rows.csv", as_csv(two_rows()), content_type="text/csv")
    return Call(world.amina, data={"kind": "red_flag_report", "file": file})


def matching(world: World) -> Call:
    found = started(world.amina, two_rows())
    data = {f"column_{at}": code for at, code in enumerate(found.mapping)}
    return Call(world.amina, ids=[found.pk], data=data, objects=[found.pk])


def previewed(**data: str):
    """With a preview: the rows are checked and nothing is sent."""

    def prepare(world: World) -> Call:
        found = checked(world.amina, two_rows())
        return Call(world.amina, ids=[found.pk], data=data, objects=[found.pk])

    return prepare


def in_work(world: World) -> Call:
    found = checked(world.amina, two_rows())
    accept_import(actor=world.amina, import_id=found.pk)
    return Call(world.amina, ids=[found.pk], objects=[found.pk])


def sent_import(world: World) -> Call:
    found = checked(world.amina, two_rows())
    worked(world.amina, accept_import(actor=world.amina, import_id=found.pk))
    return Call(world.amina, ids=[found.pk], objects=[found.pk])


def list_of_imports(world: World) -> Call:
    return Call(world.amina, objects=[checked(world.amina, two_rows()).pk])


_SENDING_A_ROW = (
    Act.CONTRIBUTION_STARTED,
    Act.CONTRIBUTION_SAVED,
    Act.CONTRIBUTION_SUBMITTED,
    Act.CONTRIBUTION_RECEIVED,
    Act.IMPORT_COMPLETED,
)
EMPTY_TABLE = "an empty table; the same for everyone of a kind of organisation"
QUERY = "?" + "&".join(f"{name}={value}" for name, value in ANSWERS.items())
PIECE = "a part of what was announced; the announcement and the arrival are on record"
STANDING = "two numbers, from which whoever sends a file goes on"

DOORS: Doors = {
    "GET contributor:home": Door(home, leaves=(Act.CONTRIBUTION_LISTED,)),
    "GET contributor:start": Door(lambda world: Call(world.amina), none=FORM),
    "POST contributor:start": Door(
        lambda world: Call(world.amina, data={"kind": "red_flag_report"}),
        leaves=(Act.CONTRIBUTION_STARTED,),
        status=302,
    ),
    "GET contributor:contribution": Door(
        with_news, leaves=(Act.CONTRIBUTION_CONSULTED, Act.FEEDBACK_READ)
    ),
    "GET contributor:page": Door(of_draft("words"), leaves=_READ),
    "POST contributor:page": Door(
        page_sent, leaves=(Act.CONTRIBUTION_CONSULTED, Act.CONTRIBUTION_SAVED), status=302
    ),
    "POST contributor:autosave": Door(
        page_sent, leaves=(Act.CONTRIBUTION_CONSULTED, Act.CONTRIBUTION_SAVED), status=200
    ),
    "POST contributor:recognise": Door(
        of_draft(data={"pasted": "+44 7700 900321"}, headers={"HX-Request": "true"}), leaves=_READ
    ),
    "GET contributor:check": Door(of_draft(), leaves=_READ),
    "POST contributor:send": Door(
        sending,
        leaves=(
            Act.CONTRIBUTION_CONSULTED,
            Act.CONTRIBUTION_SUBMITTED,
            Act.CONTRIBUTION_RECEIVED,
        ),
        status=302,
    ),
    "GET contributor:receipt": Door(of_received(), leaves=_READ),
    "POST contributor:receipt": Door(kept, leaves=_READ, status=302),
    "POST contributor:proof": Door(of_received(), leaves=(Act.LEDGER_EXPORTED,)),
    "GET contributor:proof_script": Door(
        lambda world: Call(world.amina), none="the same script for everyone", strangers=()
    ),
    "POST contributor:answer": Door(
        answering, leaves=(Act.CONTRIBUTION_CONSULTED, Act.QUESTION_ANSWERED), status=302
    ),
    "GET contributor:withdraw": Door(of_received(), leaves=_READ),
    "POST contributor:withdraw": Door(
        of_received(),
        leaves=(
            Act.CONTRIBUTION_CONSULTED,
            Act.CONTRIBUTION_WITHDRAWN,
            Act.CONTRIBUTION_ERASED,
        ),
        status=302,
    ),
    "GET contributor:indicators": Door(lambda world: Call(world.amina), none=STATIC, strangers=()),
    "GET contributor:indicator": Door(
        lambda world: Call(world.amina, ids=["ILO-D1-02"]), none=STATIC, strangers=()
    ),
    "GET contributor:check with a file": Door(
        whole_report, leaves=(Act.CONTRIBUTION_CONSULTED, Act.PACKAGE_LISTED)
    ),
    "GET contributor:files": Door(
        with_files, leaves=(Act.CONTRIBUTION_CONSULTED, Act.PACKAGE_LISTED)
    ),
    "GET contributor:file_ask": Door(of_files(), leaves=_READ),
    "POST contributor:file_ask": Door(of_files(**ANSWERS), leaves=_READ, status=302),
    "GET contributor:file_stopped": Door(of_files(), leaves=_READ),
    "GET contributor:file_add": Door(of_files(QUERY), leaves=_READ),
    "POST contributor:file_add": Door(
        with_form,
        leaves=(
            Act.CONTRIBUTION_CONSULTED,
            Act.PACKAGE_ANNOUNCED,
            Act.PACKAGE_QUARANTINED,
        ),
        status=302,
    ),
    "POST contributor:file_announce": Door(
        of_files(**ANSWERS, size=str(len(PHOTO))),
        leaves=(Act.CONTRIBUTION_CONSULTED, Act.PACKAGE_ANNOUNCED),
        status=201,
    ),
    "GET contributor:imports": Door(list_of_imports, leaves=(Act.IMPORT_LISTED,)),
    "GET contributor:import_new": Door(lambda world: Call(world.amina), none=FORM),
    "POST contributor:import_new": Door(uploading, leaves=(Act.IMPORT_STARTED,), status=302),
    "GET contributor:import_template": Door(
        lambda world: Call(world.amina, ids=["red_flag_report", "csv"]),
        none=EMPTY_TABLE,
        strangers=("luis",),
    ),
    "GET contributor:import": Door(previewed(), leaves=(Act.IMPORT_CONSULTED,)),
    "POST contributor:import_columns": Door(
        matching, leaves=(Act.IMPORT_CONSULTED, Act.IMPORT_CHECKED), status=302
    ),
    "POST contributor:import_accept": Door(
        previewed(), leaves=(Act.IMPORT_ACCEPTED, *_SENDING_A_ROW), status=302
    ),
    "POST contributor:import_go_on": Door(in_work, leaves=_SENDING_A_ROW, status=302),
    "POST contributor:import_bad_rows": Door(sent_import, leaves=(Act.IMPORT_TAKEN,)),
    "POST contributor:import_end": Door(previewed(), leaves=(Act.IMPORT_ENDED,), status=302),
    "GET contributor:upload": Door(coming_file, none=STANDING),
    "PATCH contributor:upload": Door(piece(is_last=False), none=PIECE, status=204),
    "PATCH contributor:upload the last piece": Door(
        piece(is_last=True), leaves=(Act.PACKAGE_QUARANTINED,), status=204
    ),
    "GET contributor:file": Door(
        received_file, leaves=(Act.CONTRIBUTION_CONSULTED, Act.PACKAGE_CONSULTED)
    ),
    "GET contributor:file that still comes": Door(
        coming_file, leaves=(Act.CONTRIBUTION_CONSULTED, Act.PACKAGE_CONSULTED)
    ),
    "POST contributor:file_cancel": Door(coming_file, leaves=(Act.PACKAGE_ABANDONED,), status=302),
}
