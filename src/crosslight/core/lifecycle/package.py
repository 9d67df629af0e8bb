"""Life of an evidence package, from the first byte to its destruction.

Two roads lead out of quarantine, and neither changes a byte: a package that holds is looked into,
sealed and released by a custodian; one that does not hold is sealed with the reason, since it may
itself be evidence.
"""

from __future__ import annotations

from enum import StrEnum

from crosslight.core.lifecycle.table import Lifecycle, Move


class PackageState(StrEnum):
    RECEIVING = "receiving"  # bytes are still coming
    ABANDONED = "abandoned"  # they never came to an end; what came is gone
    QUARANTINED = "quarantined"  # all bytes are here; nobody has looked at them
    VERIFIED = "verified"  # they are a package that holds; on record, with a receipt
    FAILED = "failed"  # they are not; on record, with a receipt
    INSPECTED = "inspected"  # annotated by the worker that has no network
    SEALED = "sealed"  # encrypted to a key of its own, no plain copy left
    SEALED_FAILED = "sealed_failed"
    RELEASED = "released"  # a custodian lets the desk work with it
    RESTRICTED = "restricted"  # a custodian has closed it
    DESTROYED = "destroyed"  # its key and its bytes are gone; hashes and statements stay


class PackageVerb(StrEnum):
    ARRIVE = "arrive"
    ABANDON = "abandon"
    VERIFY = "verify"
    FAIL = "fail"
    INSPECT = "inspect"
    SEAL = "seal"
    RELEASE = "release"
    RESTRICT = "restrict"
    DESTROY = "destroy"


_S = PackageState
_V = PackageVerb

PACKAGE = Lifecycle(
    name="package",
    first=_S.RECEIVING,
    moves=(
        Move(_S.RECEIVING, _V.ARRIVE, _S.QUARANTINED),
        Move(_S.RECEIVING, _V.ABANDON, _S.ABANDONED),
        Move(_S.QUARANTINED, _V.VERIFY, _S.VERIFIED),
        Move(_S.QUARANTINED, _V.FAIL, _S.FAILED),
        Move(_S.VERIFIED, _V.INSPECT, _S.INSPECTED),
        Move(_S.INSPECTED, _V.SEAL, _S.SEALED),
        Move(_S.FAILED, _V.SEAL, _S.SEALED_FAILED),
        Move(_S.SEALED, _V.RELEASE, _S.RELEASED),
        Move(_S.SEALED, _V.RESTRICT, _S.RESTRICTED),
        Move(_S.RELEASED, _V.RESTRICT, _S.RESTRICTED),
        Move(_S.RESTRICTED, _V.RELEASE, _S.RELEASED),
        # Whatever was received can be erased, at any moment; what never arrived is abandoned.
        Move(_S.QUARANTINED, _V.DESTROY, _S.DESTROYED),
        Move(_S.VERIFIED, _V.DESTROY, _S.DESTROYED),
        Move(_S.FAILED, _V.DESTROY, _S.DESTROYED),
        Move(_S.INSPECTED, _V.DESTROY, _S.DESTROYED),
        Move(_S.SEALED, _V.DESTROY, _S.DESTROYED),
        Move(_S.SEALED_FAILED, _V.DESTROY, _S.DESTROYED),
        Move(_S.RELEASED, _V.DESTROY, _S.DESTROYED),
        Move(_S.RESTRICTED, _V.DESTROY, _S.DESTROYED),
    ),
)

# The worker has something to do: each of these states ends without anybody's hand.
IN_WORK = frozenset({_S.QUARANTINED, _S.VERIFIED, _S.FAILED, _S.INSPECTED})
ENDED = frozenset({_S.ABANDONED, _S.DESTROYED})
# All of its bytes are here, and are to stay.
HELD = frozenset(_S) - ENDED - {_S.RECEIVING}

# The same words whatever an authority does with it (J1): released and restricted look alike.
SEEN_BY_CONTRIBUTOR = {
    _S.RECEIVING: "Not finished",
    _S.ABANDONED: "Not sent",
    _S.QUARANTINED: "Arrived, being checked",
    _S.VERIFIED: "Received",
    _S.FAILED: "Received, but does not hold",
    _S.INSPECTED: "Received",
    _S.SEALED: "Received",
    _S.SEALED_FAILED: "Received, but does not hold",
    _S.RELEASED: "Received",
    _S.RESTRICTED: "Received",
    _S.DESTROYED: "Erased",
}
SEEN_BY_DESK = {
    _S.RECEIVING: "Not finished",
    _S.ABANDONED: "Not sent",
    _S.QUARANTINED: "Arrived, being checked",
    _S.VERIFIED: "Being looked into",
    _S.FAILED: "Does not hold, being sealed",
    _S.INSPECTED: "Being sealed",
    _S.SEALED: "Waits for a custodian",
    _S.SEALED_FAILED: "Does not hold, kept sealed",
    _S.RELEASED: "Released",
    _S.RESTRICTED: "Restricted",
    _S.DESTROYED: "Destroyed",
}
