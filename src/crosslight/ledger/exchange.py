"""Another key for the ledger, from now on: on record, and signed by the old one and the new."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crosslight.core.evidence.notes import VerifierKey, verifier_key
from crosslight.core.evidence.rotation import sign_rotation
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_rotate_ledger_key
from crosslight.foundation.guard import require
from crosslight.foundation.transactions import own_act
from crosslight.ledger.acts import Act
from crosslight.ledger.appending import growing_shard, write
from crosslight.ledger.keys import coming_key, finish_exchange
from crosslight.ledger.services import draft


@dataclass(frozen=True, slots=True)
class Exchanged:
    """`index` is the number of the entry; from it on, checkpoints are signed with `new`."""

    index: int
    old: VerifierKey
    new: VerifierKey


def rotate_key(*, actor: Actor) -> Exchanged:
    """Make a key, have both keys sign the exchange on record, and put the old key away.

    The files follow the commit. Where the process dies between the two, the new key is found in
    its own file beside the old one, and the next exchange finishes this one first.
    """
    require(may_rotate_ledger_key, actor)
    with own_act():
        head, old = growing_shard()
        finish_exchange(head.origin, head.note)
        new = coming_key()
        index, place = head.end, head.size
        entry = replace(
            draft(actor=actor, act=Act.KEY_ROTATED, objects=()),
            rotation=sign_rotation(origin=head.origin, index=place, old=old, new=new),
        )
        write(head, [(entry, None)], key=new)
    finish_exchange(head.origin, head.note)
    keys = [verifier_key(name=head.origin, key=key) for key in (old, new)]
    return Exchanged(index, *keys)
