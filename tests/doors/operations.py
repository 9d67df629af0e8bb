"""Doors of the API: every operation, by its method and path."""

from __future__ import annotations

from crosslight.core.vocabulary.contributions import ReturnCode
from crosslight.core.vocabulary.people import Role
from crosslight.ledger.acts import Act
from crosslight.review import services as review
from tests.contributions.factories import received, red_flag
from tests.coordination.factories import acknowledged, notified
from tests.custody.factories import PHOTO, announced, arrived, home_of
from tests.doors.contributor import PIECE, STANDING, asked
from tests.doors.door import Call, Door, Doors
from tests.doors.unit import second_word
from tests.factories import World
from tests.investigations.factories import registered
from tests.review.factories import in_library, in_triage

# For whom each part of the API is, and who holds a key that is not for it.
REPORTER = (Role.REPORTER,)
OFFICER = (Role.UNIT_OFFICER,)
ENTITY = {
    "schema": "Person",
    "role": "recruiter",
    "subject_category": "suspect",
    "statements": [
        {
            "property": "phone",
            "value": "07700 900123",
            "source": "Interview note 7",
            "source_grade": "B",
            "information_grade": "2",
            "handling_code": "H1",
        },
        {
            "property": "name",
            "value": "Mamadou Diallo",
            "source": "Interview note 7",
            "source_grade": "B",
            "information_grade": "2",
            "handling_code": "H1",
        },
    ],
}


def correcting(world: World) -> Call:
    found = in_triage(world)
    returned = review.return_contribution(
        actor=world.luis, contribution_id=found.pk, codes=[ReturnCode.MISSING_WHEN], note=""
    )
    data = {"version": returned.version, "content": red_flag(place="Southport")}
    return Call(None, ids=[found.pk], data=data)


def one(world: World) -> Call:
    return Call(None, ids=[received(world.amina).pk])


def shelf(world: World) -> Call:
    return Call(None, objects=[in_library(world).pk])


def one_of_the_shelf(world: World) -> Call:
    return Call(None, ids=[in_library(world).pk])


def answering(world: World) -> Call:
    _found, question = asked(world)
    return Call(None, ids=[question], data={"answer": "We do not hold this."})


def own_cases(world: World) -> Call:
    return Call(None, objects=[registered(world.ndeye, world.fatou).pk])


def own_matches(world: World) -> Call:
    pair = notified(world)
    return Call(None, objects=[pair.match.pk, pair.entity_a.pk])


def one_match(world: World) -> Call:
    pair = acknowledged(world)
    return Call(None, ids=[pair.match.pk], objects=[pair.entity_a.pk, pair.entity_b.pk])


def entering(world: World) -> Call:
    pair = notified(world)
    return Call(None, ids=[pair.inv_a.pk], data=ENTITY)


def acknowledging(world: World) -> Call:
    pair = second_word(world)
    return Call(None, ids=[pair.match.pk], objects=[pair.entity_a.pk, pair.entity_b.pk])


FILE = {
    "form": "file",
    "size": len(PHOTO),
    "access": "public",
    "legal_basis": "no_personal_data",
    "shows_minor": False,
}


def announcing(world: World) -> Call:
    home = home_of(world.amina)
    return Call(None, ids=[home.pk], data=FILE, objects=[home.pk])


def own_files(world: World) -> Call:
    home = home_of(world.amina)
    return Call(None, ids=[home.pk], objects=[arrived(world.amina, home)])


def own_file(world: World) -> Call:
    return Call(None, ids=[arrived(world.amina, home_of(world.amina))])


def coming(data: bytes = b""):
    """`data` is the piece that is sent."""
    return lambda world: Call(
        None,
        ids=[announced(world.amina, home_of(world.amina))],
        data={"body": data} if data else {},
    )


_SENT = (
    Act.CONTRIBUTION_STARTED,
    Act.CONTRIBUTION_SAVED,
    Act.CONTRIBUTION_SUBMITTED,
    Act.CONTRIBUTION_RECEIVED,
)

OPERATIONS: Doors = {
    "POST /contributions": Door(
        lambda _world: Call(None, data={"kind": "red_flag_report", "content": red_flag()}),
        leaves=_SENT,
        status=202,
    ),
    "GET /contributions": Door(
        lambda world: Call(None, objects=[received(world.amina).pk]),
        leaves=(Act.CONTRIBUTION_LISTED,),
    ),
    "GET /contributions/{contribution_id}": Door(one, leaves=(Act.CONTRIBUTION_CONSULTED,)),
    "POST /contributions/{contribution_id}/versions": Door(
        correcting,
        leaves=(
            Act.CONTRIBUTION_SAVED,
            Act.CONTRIBUTION_CORRECTED,
            Act.CONTRIBUTION_RECEIVED,
        ),
        status=202,
    ),
    "POST /contributions/{contribution_id}/withdrawal": Door(
        one,
        leaves=(
            Act.CONTRIBUTION_WITHDRAWN,
            Act.CONTRIBUTION_ERASED,
            Act.CONTRIBUTION_CONSULTED,
        ),
    ),
    "GET /contributions/{contribution_id}/receipt": Door(one, leaves=(Act.LEDGER_EXPORTED,)),
    "POST /questions/{question_id}/answer": Door(
        answering, leaves=(Act.QUESTION_ANSWERED,), status=204
    ),
    "POST /contributions/{contribution_id}/files": Door(
        announcing, leaves=(Act.PACKAGE_ANNOUNCED,), status=201
    ),
    "GET /contributions/{contribution_id}/files": Door(
        own_files, leaves=(Act.CONTRIBUTION_CONSULTED, Act.PACKAGE_LISTED)
    ),
    "GET /files/{package_id}": Door(own_file, leaves=(Act.PACKAGE_CONSULTED,)),
    "HEAD /uploads/{package_id}": Door(coming(), none=STANDING),
    "PATCH /uploads/{package_id}": Door(coming(PHOTO[:9]), none=PIECE, status=204),
    "PATCH /uploads/{package_id} the last piece": Door(
        coming(PHOTO), leaves=(Act.PACKAGE_QUARANTINED,), status=204
    ),
    "DELETE /uploads/{package_id}": Door(coming(), leaves=(Act.PACKAGE_ABANDONED,), status=204),
    "GET /typologies": Door(shelf, leaves=(Act.TYPOLOGY_LISTED,), strangers=()),
    "GET /typologies/{typology_id}": Door(
        one_of_the_shelf, leaves=(Act.TYPOLOGY_CONSULTED,), strangers=()
    ),
    "GET /indicators": Door(
        lambda _world: Call(None), none="the catalogue holds nobody's data", strangers=()
    ),
    "GET /investigations": Door(own_cases, leaves=(Act.INVESTIGATION_LISTED,)),
    "POST /investigations/{investigation_id}/entities": Door(
        entering, leaves=(Act.ENTITY_ENTERED, Act.MATCH_NOTIFIED), status=201
    ),
    "GET /matches": Door(own_matches, leaves=(Act.MATCH_LISTED,), points_to=("inv",)),
    "GET /matches/{match_id}": Door(one_match, leaves=(Act.MATCH_CONSULTED,), points_to=("inv",)),
    "POST /matches/{match_id}/acknowledgement": Door(
        acknowledging,
        leaves=(Act.MATCH_ACKNOWLEDGED, Act.MATCH_SET_RELEASED, Act.MATCH_CONSULTED),
        points_to=("inv",),
    ),
    "GET /ledger/checkpoint": Door(
        lambda _world: Call(None), none="size and root of the ledger, no entry", strangers=()
    ),
}
# Addresses beside the operations.
BESIDE = {
    "api/v1/": "the operations",
    "api/health": "says that the service is alive",
    "^api/": "answers every other address as one that is not there",
}
