"""Doors of the authorities' desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crosslight.contributions.models import Contribution
from crosslight.ledger.acts import Act
from crosslight.review.services import close_contribution
from tests.contributions.factories import received
from tests.custody.factories import at_rest, home_of, released, sealed, sent
from tests.doors.contributor import STATIC
from tests.doors.door import Call, Door, Doors
from tests.factories import World
from tests.review.factories import (
    admitted,
    admitted_typology,
    disseminated,
    dropped,
    in_library,
    in_triage,
    prioritised,
)
from tests.web.desk.test_dissemination import text
from tests.web.desk.test_packages import GIVEN
from tests.web.desk.test_review import validation

REASON = "A phone that leads to one driver, and it goes on."
_READ = (Act.CONTRIBUTION_CONSULTED,)
_OPENED = (Act.PACKAGE_CONSULTED,)


def on(made: Callable[..., Contribution], data: dict[str, Any] | None = None):
    return lambda world: Call(world.luis, ids=[made(world).pk], data=data or {})


def arrived(world: World) -> Contribution:
    return received(world.amina)


def queue(world: World) -> Call:
    """All of them are shown; the first new one is where the button leads."""
    shown = [arrived(world), in_triage(world), dropped(world)]
    return Call(world.luis, query="?view=all", objects=[each.pk for each in shown])


def queue_of_mine(world: World) -> Call:
    return Call(world.luis, query="?view=mine", objects=[arrived(world).pk, in_triage(world).pk])


def reviewed(world: World) -> Call:
    """Down to the inputs that were made of it."""
    found = disseminated(world)
    return Call(world.luis, ids=[found.contribution_id])


def signed(world: World) -> Call:
    return Call(world.luis, ids=[prioritised(world).pk], data=text(world, step="send"))


def disseminated_ones(world: World) -> Call:
    return Call(world.luis, objects=[disseminated(world).pk])


def closed_case(world: World) -> Contribution:
    found = dropped(world)
    return close_contribution(actor=world.luis, contribution_id=found.pk)


def closed_typology(world: World) -> Contribution:
    return in_library(world).contribution


def with_file(world: World) -> Call:
    home = home_of(world.amina)
    package = at_rest(world.amina, home)
    sent(world.amina, home)
    return Call(world.luis, ids=[home.pk], objects=[package.pk])


def packages(world: World) -> Call:
    waiting, open_ = sealed(world.amina), released(world.amina, world.luis)
    return Call(world.luis, objects=[waiting.pk, open_.pk])


def on_waiting(world: World) -> Call:
    return Call(world.luis, ids=[sealed(world.amina).pk])


def on_package(*more: object, **given: str):
    """Released, so that it can be opened; the second factor was shown a moment ago."""
    return lambda world: Call(
        world.luis,
        ids=[released(world.amina, world.luis).pk, *more],
        data=given,
        is_fresh=True,
    )


def exporting(world: World) -> Call:
    data = {**GIVEN, "recipient": world.police_b.pk}
    return Call(world.luis, ids=[released(world.amina, world.luis).pk], data=data, is_fresh=True)


DOORS: Doors = {
    "GET desk:home": Door(queue, leaves=(Act.CONTRIBUTION_LISTED,)),
    "GET desk:home another view": Door(queue_of_mine, leaves=(Act.CONTRIBUTION_LISTED,)),
    "GET desk:contribution": Door(reviewed, leaves=_READ, points_to=("int",)),
    "POST desk:take": Door(on(arrived), leaves=(Act.CONTRIBUTION_TAKEN,), status=302),
    "POST desk:validate": Door(
        on(in_triage, validation()), leaves=(Act.CONTRIBUTION_VALIDATED,), status=302
    ),
    "POST desk:validate with a fault": Door(
        on(in_triage, {"purpose": ""}), leaves=_READ, status=422
    ),
    "POST desk:return": Door(
        on(in_triage, {"codes": ["MISSING_WHEN"], "note": "When was it?"}),
        leaves=(Act.CONTRIBUTION_RETURNED,),
        status=302,
    ),
    "POST desk:refuse": Door(
        on(in_triage, {"code": "UNLAWFUL_COLLECTION", "note": "", "is_sure": "on"}),
        leaves=(Act.CONTRIBUTION_REFUSED, Act.CONTRIBUTION_ERASED),
        status=302,
    ),
    "POST desk:take_in": Door(
        on(admitted_typology, {"names_nobody": "on"}),
        leaves=(Act.TYPOLOGY_TAKEN_IN,),
        status=302,
    ),
    "POST desk:take_out": Door(
        on(closed_typology, {"reason": REASON}), leaves=(Act.TYPOLOGY_TAKEN_OUT,), status=302
    ),
    "POST desk:ask": Door(
        on(admitted, {"form": "place", "note": ""}), leaves=(Act.QUESTION_ASKED,), status=302
    ),
    "POST desk:prioritise": Door(
        on(admitted, {"priority": "P2", "reasons": REASON, "deviation_reason": REASON}),
        leaves=(Act.CONTRIBUTION_PRIORITISED,),
        status=302,
    ),
    "GET desk:disseminate": Door(on(prioritised), leaves=_READ),
    "POST desk:disseminate": Door(
        signed,
        leaves=(Act.CONTRIBUTION_CONSULTED, Act.CONTRIBUTION_DISSEMINATED),
        status=302,
    ),
    "POST desk:drop": Door(
        on(admitted, {"reason": REASON}), leaves=(Act.CONTRIBUTION_DROPPED,), status=302
    ),
    "POST desk:close": Door(on(dropped), leaves=(Act.CONTRIBUTION_CLOSED,), status=302),
    "POST desk:feedback": Door(
        on(closed_case, {"code": "NO_SUSPICION_FOUND"}), leaves=(Act.FEEDBACK_SENT,), status=302
    ),
    "GET desk:inputs": Door(disseminated_ones, leaves=(Act.INPUT_LISTED,)),
    "GET desk:input": Door(
        lambda world: Call(world.luis, ids=[disseminated(world).pk]),
        leaves=(Act.INPUT_CONSULTED,),
        points_to=("con",),
    ),
    "GET desk:indicators": Door(lambda world: Call(world.luis), none=STATIC, strangers=()),
    "GET desk:indicator": Door(
        lambda world: Call(world.luis, ids=["ILO-D1-02"]), none=STATIC, strangers=()
    ),
    "GET desk:contribution with a file": Door(
        with_file, leaves=(Act.CONTRIBUTION_CONSULTED, Act.PACKAGE_LISTED)
    ),
    "GET desk:packages": Door(packages, leaves=(Act.PACKAGE_LISTED,)),
    "GET desk:package": Door(on_waiting, leaves=_OPENED, points_to=("con",)),
    "POST desk:package_release": Door(on_waiting, leaves=(Act.PACKAGE_RELEASED,), status=302),
    "POST desk:package_restrict": Door(on_package(), leaves=(Act.PACKAGE_RESTRICTED,), status=302),
    "GET desk:package_reveal": Door(on_package(1), leaves=_OPENED),
    "POST desk:package_reveal": Door(
        on_package(1, **GIVEN), leaves=(*_OPENED, Act.PACKAGE_REVEALED), status=200
    ),
    "POST desk:package_reveal with a fault": Door(
        on_package(1, purpose="validation", reason=""), leaves=_OPENED, status=422
    ),
    "GET desk:package_export": Door(on_package(), leaves=_OPENED),
    "POST desk:package_export": Door(
        exporting, leaves=(*_OPENED, Act.PACKAGE_DISCLOSED), status=200
    ),
}
