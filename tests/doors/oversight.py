"""Doors of auditors and data-protection officers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crosslight.coordination.services import entry
from crosslight.core.vocabulary.erasure import ErasureGround, ErasureKind
from crosslight.core.vocabulary.oversight import AccessVerdict
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import latest_entries
from crosslight.oversight import services
from crosslight.oversight.erasure import services as erasure
from crosslight.oversight.models import SampledAccess
from tests.coordination.factories import acknowledged, notified
from tests.custody.factories import sealed
from tests.doors.door import Call, Door, Doors
from tests.doors.unit import common
from tests.doors.walking import KINDS
from tests.factories import World
from tests.investigations.factories import person, said
from tests.review.factories import disseminated

# Pages about the ledger show identifiers of everything, and the content of nothing.
IDENTIFIERS = KINDS
ORDER = {
    "kind": "court",
    "name": "Court of Northport, 12/2026",
    "code": "court-northport",
    "reason": "criminal_proceedings",
    "why": "Order of 3 May",
}
FIGURES = "size, root and watchers of the ledger; no entry"


def log(world: World) -> Call:
    notified(world)
    shown = latest_entries(limit=25)
    return Call(world.auditor, objects=[each.entry.id for each in shown[:20]])


def one_entry(world: World) -> Call:
    pair = notified(world)
    (found,) = latest_entries(limit=1, object_id=pair.match.pk)
    return Call(world.nuria, ids=[found.index], objects=[found.entry.id])


def sampled(world: World) -> Any:
    notified(world)
    services.consult_ledger(actor=world.nuria, wanted=services.LedgerFilter())
    return services.draw_sample(actor=world.auditor, seed="4-6-1")


def list_of_samples(world: World) -> Call:
    return Call(world.auditor, objects=[sampled(world).pk])


def drawing(world: World) -> Call:
    sampled(world)
    return Call(world.auditor, data={"seed": "1-2-3"})


def one_sample(world: World) -> Call:
    found = sampled(world)
    return Call(world.auditor, ids=[found.pk])


def judging(world: World) -> Call:
    found = sampled(world)
    access = SampledAccess.objects.filter(sample=found).earliest("index")
    data = {"verdict": AccessVerdict.TO_ASK.value, "note": "Why at night?"}
    return Call(world.auditor, ids=[found.pk, access.index], data=data)


def disclosing(*, of_object: bool) -> Callable[[World], Call]:
    def prepare(world: World) -> Call:
        pair = notified(world)
        name = pair.match.pk if of_object else ""
        return Call(
            world.auditor, data={**ORDER, "object_id": name}, objects=[name] if name else []
        )

    return prepare


def values(who: str) -> Callable[[World], Call]:
    def prepare(world: World) -> Call:
        appeal = asked(world)
        return Call(world.actors[who], objects=[appeal.value_id, appeal.pk])

    return prepare


def asked(world: World) -> Any:
    from crosslight.coordination.models import CommonValue
    from crosslight.coordination.services import common_values

    found = common(world)
    return common_values.appeal_common_value(
        actor=world.fatou,
        entity_id=found.pk,
        value_id=CommonValue.objects.get().pk,
        reason="One driver has the number now",
    )


def answering(data: dict[str, str]) -> Callable[[World], Call]:
    def prepare(world: World) -> Call:
        appeal = asked(world)
        return Call(world.rco, ids=[appeal.pk], data=data, objects=[appeal.value_id])

    return prepare


def asked_for(
    world: World, object_id: str, kind: ErasureKind, ground: ErasureGround
) -> erasure.Erasure:
    return erasure.request_erasure(actor=world.nuria, object_id=object_id, kind=kind, ground=ground)


def erasing(
    made: Callable[[World], str],
    *,
    kind: ErasureKind = ErasureKind.ERASE,
    data: dict[str, str] | None = None,
) -> Callable[[World], Call]:
    """An erasure of what `made` gives was asked for, and waits to be decided."""

    def prepare(world: World) -> Call:
        is_erasing = kind is ErasureKind.ERASE
        ground = ErasureGround.UNLAWFUL if is_erasing else ErasureGround.CONTESTED
        object_id = made(world)
        found = asked_for(world, object_id, kind, ground)
        return Call(world.nuria, ids=[found.pk], data=data or {}, objects=[object_id])

    return prepare


def lifting(made: Callable[[World], str]) -> Callable[[World], Call]:
    def prepare(world: World) -> Call:
        call = erasing(made, kind=ErasureKind.RESTRICT)(world)
        erasure.confirm_erasure(actor=world.nuria, erasure_id=str(call.ids[0]))
        return call

    return prepare


def sent_on(world: World) -> str:
    """Down to a unit that made a record of what it got."""
    sent = disseminated(world)
    pair = notified(world)
    entry.enter_entity(
        actor=world.ndeye,
        investigation_id=pair.inv_a.pk,
        draft=person(said("name", "Tavi Bell"), said("phone", "+44 7700 900777")),
        origin_input=sent.pk,
    )
    return sent.contribution_id


def with_file(world: World) -> str:
    return sealed(world.amina).contribution_id


def known_to_both(world: World) -> str:
    return acknowledged(world).entity_a.pk


def list_of_erasures(world: World) -> Call:
    call = erasing(sent_on)(world)
    return Call(world.nuria, objects=[*map(str, call.ids), *call.objects])


def asking(world: World) -> Call:
    object_id = with_file(world)
    data = {"object_id": object_id, "kind": "erase", "ground": ErasureGround.UNLAWFUL.value}
    return Call(world.nuria, data=data, objects=[object_id])


def finding(world: World) -> Call:
    """In a report and in a record."""
    pair = notified(world)
    found = disseminated(world)
    erasing(with_file)(world)
    return Call(
        world.nuria,
        data={"identifier": "+44 7700 900123"},
        objects=[pair.entity_a.pk, found.contribution_id],
    )


SURE = {"is_sure": "on"}

DOORS: Doors = {
    "GET oversight:home": Door(log, leaves=(Act.LEDGER_CONSULTED,), points_to=IDENTIFIERS),
    "GET oversight:entry": Door(one_entry, leaves=(Act.LEDGER_CONSULTED,), points_to=IDENTIFIERS),
    "POST oversight:entry_proof": Door(
        one_entry, leaves=(Act.LEDGER_EXPORTED,), points_to=IDENTIFIERS
    ),
    "GET oversight:verify": Door(lambda world: Call(world.auditor), none=FIGURES),
    "POST oversight:verify": Door(
        lambda world: Call(world.auditor), leaves=(Act.LEDGER_VERIFIED,), status=302
    ),
    "POST oversight:checkpoint": Door(
        lambda world: Call(world.auditor), leaves=(Act.LEDGER_EXPORTED,)
    ),
    "GET oversight:samples": Door(list_of_samples, leaves=(Act.ACCESSES_CONSULTED,)),
    "POST oversight:samples": Door(drawing, leaves=(Act.ACCESSES_DRAWN,), status=302),
    "GET oversight:sample": Door(
        one_sample, leaves=(Act.ACCESSES_CONSULTED,), points_to=IDENTIFIERS
    ),
    "POST oversight:judge": Door(judging, leaves=(Act.ACCESS_JUDGED,), status=302),
    "GET oversight:disclose": Door(lambda world: Call(world.auditor), none="an empty form"),
    "POST oversight:disclose": Door(
        disclosing(of_object=True), leaves=(Act.LEDGER_DISCLOSED,), points_to=IDENTIFIERS
    ),
    "POST oversight:disclose the whole": Door(
        disclosing(of_object=False), leaves=(Act.LEDGER_DISCLOSED,), points_to=IDENTIFIERS
    ),
    "GET oversight:matching": Door(values("nuria"), leaves=(Act.VALUE_LISTED,)),
    "GET oversight:appeal": Door(
        answering({}), leaves=(Act.VALUE_LISTED,), strangers=("amina", "auditor")
    ),
    "POST oversight:appeal": Door(
        answering({"answer": "kept", "reason": "It is a shelter"}),
        leaves=(Act.VALUE_LISTED, Act.VALUE_KEPT_COMMON),
        strangers=("amina", "auditor"),
        status=302,
    ),
    "GET oversight:erasures": Door(list_of_erasures, leaves=(Act.ERASURE_LISTED,)),
    "POST oversight:erasure_ask": Door(asking, leaves=(Act.ERASURE_REQUESTED,), status=302),
    "POST oversight:erasure_find": Door(
        finding, leaves=(Act.SUBJECT_SOUGHT, Act.ERASURE_LISTED), status=200
    ),
    "GET oversight:erasure": Door(erasing(sent_on), leaves=(Act.ERASURE_CONSULTED,)),
    "GET oversight:erasure of a record": Door(
        erasing(known_to_both), leaves=(Act.ERASURE_CONSULTED,)
    ),
    "POST oversight:erasure_confirm": Door(
        erasing(sent_on, data=SURE),
        leaves=(Act.CONTRIBUTION_ERASED, Act.INPUT_ERASED),
        status=302,
    ),
    "POST oversight:erasure_confirm with a fault": Door(
        erasing(sent_on), leaves=(Act.ERASURE_CONSULTED,), status=422
    ),
    "POST oversight:erasure_confirm with a file": Door(
        erasing(with_file, data=SURE),
        leaves=(Act.CONTRIBUTION_ERASED, Act.PACKAGE_DESTROYED),
        status=302,
    ),
    "POST oversight:erasure_confirm of a record": Door(
        erasing(known_to_both, data=SURE),
        leaves=(Act.ENTITY_ERASED, Act.MATCH_ANNULLED, Act.MATCH_SET_ERASED),
        status=302,
    ),
    "POST oversight:erasure_confirm to set aside": Door(
        erasing(sent_on, kind=ErasureKind.RESTRICT, data=SURE),
        leaves=(Act.CONTRIBUTION_RESTRICTED,),
        status=302,
    ),
    "POST oversight:erasure_confirm to set a record aside": Door(
        erasing(known_to_both, kind=ErasureKind.RESTRICT, data=SURE),
        leaves=(Act.ENTITY_RESTRICTED, Act.MATCH_ANNULLED, Act.MATCH_SET_ERASED),
        status=302,
    ),
    "POST oversight:erasure_drop": Door(
        erasing(sent_on), leaves=(Act.ERASURE_DROPPED,), status=302
    ),
    "POST oversight:erasure_lift": Door(
        lifting(sent_on), leaves=(Act.CONTRIBUTION_UNRESTRICTED,), status=302
    ),
    "POST oversight:erasure_lift of a record": Door(
        lifting(known_to_both), leaves=(Act.ENTITY_UNRESTRICTED,), status=302
    ),
}
