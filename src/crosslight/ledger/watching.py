"""Who outside of the house watches this ledger: witnesses that cosigned, and time stamps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crosslight.core.evidence.quorum import TrustPolicy
from crosslight.ledger.asking import policy
from crosslight.ledger.errors import NoWitness
from crosslight.ledger.selectors import shards


@dataclass(frozen=True, slots=True)
class Watch:
    """`named`: the witnesses of the policy; `size`: how much of the growing shard they stand for.

    `cosigners` are those who stand for it, or for the most that anyone does where the quorum is
    nowhere met. `fault`: why the policy cannot be read.
    """

    named: tuple[str, ...] = ()
    cosigners: tuple[str, ...] = ()
    is_quorum_met: bool = False
    size: int | None = None
    fault: str = ""


def watch() -> Watch:
    try:
        found = policy()
    except NoWitness as error:
        return Watch(fault=str(error))
    return Watch() if found is None else _seen_by(found)


def _seen_by(policy: TrustPolicy) -> Watch:
    """Who cosigned a later state stands for the earlier ones: it saw that they are its past."""
    named = tuple(policy.witnesses)
    sizes = _cosigned(policy)
    for size in sorted(set(sizes.values()), reverse=True):
        cosigners = tuple(name for name in named if sizes.get(name, 0) >= size)
        if policy.is_met_by(cosigners):
            return Watch(named, cosigners, is_quorum_met=True, size=size)
    if not sizes:
        return Watch(named)
    most = max(sizes.values())
    return Watch(named, tuple(name for name in named if sizes.get(name) == most), size=most)


def _cosigned(policy: TrustPolicy) -> Mapping[str, int]:
    """Of each witness that cosigned the growing shard, its largest size."""
    growing = shards()[-1:]
    held = growing[0].cosigned if growing else {}
    return {
        name: held[key.to_text()] for name, key in policy.witnesses.items() if key.to_text() in held
    }
