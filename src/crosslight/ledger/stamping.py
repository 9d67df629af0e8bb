"""Time stamps on the ledger's states, from the authority that the deployment chose (RFC 3161).

No act waits for it. What cannot be stamped now is simply not yet stamped, and asked again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from crosslight.core.evidence.checkpoint import SignedCheckpoint
from crosslight.core.evidence.stamps import (
    is_after,
    stamped_message,
    verify_checkpoint_stamp,
)
from crosslight.core.evidence.timestamps import (
    Authority,
    Stamp,
    StampFault,
    check_reply,
    request_for,
)
from crosslight.foundation import clock
from crosslight.foundation.transactions import own_act
from crosslight.ledger.errors import NoAuthority
from crosslight.ledger.models import LedgerHead, LedgerStamp
from crosslight.ledger.outgoing import Unanswered, post
from crosslight.ledger.selectors import Shard, entry, shards
from crosslight.ledger.services import checkpoint

# How old the newest time stamp of a growing shard may become before another is asked for.
HOURLY = timedelta(hours=1)
_HEADERS = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
}
_OK = 200


@dataclass(frozen=True, slots=True)
class _Chosen:
    url: str
    trust: Authority


@dataclass(frozen=True, slots=True)
class Stamping:
    """What came of one shard: a stamp, or the reason why there is none yet."""

    year: int
    size: int
    at: datetime | None = None
    leaf: str = ""
    problem: str = ""


def stamp_ledger(*, least_age: timedelta = timedelta(0)) -> tuple[Stamping, ...]:
    """Have every shard stamped that grew since its last time stamp; never raises for an outage.

    A growing shard is left alone while its newest stamp is younger than `least_age`. Raises
    NoAuthority where the deployment names none.
    """
    authority = _authority()
    return tuple(
        _stamp(shard, authority)
        for shard in shards()
        if not shard.is_retired and not shard.is_stamped and _is_due(shard, least_age)
    )


def is_configured() -> bool:
    return settings.LEDGER_STAMPS is not None


def _authority() -> _Chosen:
    chosen = settings.LEDGER_STAMPS
    if chosen is None:
        raise NoAuthority
    try:
        trust = Authority.pinned(Path(chosen.root).read_bytes(), [chosen.policy])
    except (OSError, StampFault) as error:
        raise NoAuthority(f"The root of the authority in {chosen.root} cannot be used.") from error
    return _Chosen(chosen.url, trust)


def _is_due(shard: Shard, least_age: timedelta) -> bool:
    if shard.is_closed:
        return True
    rows = LedgerStamp.objects.filter(year=shard.year).order_by("-size")
    newest = rows.values_list("stamped_at", flat=True).first()
    return newest is None or clock.now() - newest >= least_age


def _stamp(shard: Shard, authority: _Chosen) -> Stamping:
    signed = checkpoint(shard.year)
    try:
        response, stamp = _asked(signed, authority)
        _check_time(shard, signed, stamp)
    except (Unanswered, StampFault) as error:
        return Stamping(shard.year, signed.size, problem=str(error))
    with own_act():
        # Another process may have had the same state stamped in the meantime: one is enough.
        LedgerStamp.objects.get_or_create(
            year=shard.year,
            size=signed.size,
            defaults={
                "response": response,
                "stamped_at": stamp.time,
                "leaf": stamp.signer,
                "root": authority.trust.pem().decode("ascii"),
                "policy": stamp.policy,
            },
        )
    return Stamping(shard.year, signed.size, at=stamp.time, leaf=stamp.signer)


def _asked(signed: SignedCheckpoint, authority: _Chosen) -> tuple[bytes, Stamp]:
    """The authority's whole answer, and what it says. What does not hold is not kept."""
    message = stamped_message(signed.checkpoint)
    request = request_for(message)
    answer = post(authority.url, request, headers=_HEADERS)
    if answer.status != _OK:
        raise Unanswered(f"The authority answers with the status {answer.status}.")
    check_reply(answer.body, request=request, data=message)
    stamp = verify_checkpoint_stamp(
        answer.body, checkpoint=signed.checkpoint, trust=authority.trust
    )
    return answer.body, stamp


def _check_time(shard: Shard, signed: SignedCheckpoint, stamp: Stamp) -> None:
    head = LedgerHead.objects.get(year=shard.year)
    last = entry(head.start + signed.size - 1).entry.at
    if not is_after(stamp.time, last):
        raise StampFault(
            f"The authority says {stamp.time:%Y-%m-%dT%H:%M:%SZ}, and the last entry is of {last}: "
            "one of the two clocks is wrong."
        )
