"""Doors of auditors and data-protection officers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crosslight.core.vocabulary.oversight import AccessVerdict
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import latest_entries
from crosslight.oversight import services
from crosslight.oversight.models import SampledAccess
from tests.coordination.factories import notified
from tests.doors.door import Call, Door, Doors
from tests.doors.unit import common
from tests.factories import World

# Pages about the ledger show identifiers of everything, and the content of nothing.
IDENTIFIERS = ("con", "int", "inv", "ent", "mat", "han", "roo", "hai", "roi", "val")
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
}
