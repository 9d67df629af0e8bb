"""Doors of contributors."""

from __future__ import annotations

from crosslight.contributions.models import Contribution
from crosslight.core.vocabulary.contributions import FeedbackCode, QuestionForm, ReturnCode
from crosslight.ledger.acts import Act
from crosslight.review import services as review
from tests.contributions.factories import draft, received, red_flag
from tests.doors.door import Call, Door, Doors
from tests.factories import World
from tests.review.factories import admitted, dropped, in_triage

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
}
