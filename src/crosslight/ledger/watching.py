"""Who outside of the house watches this ledger: witnesses that cosigned, and time stamps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from crosslight.core.evidence.checkpoint import Checkpoint
from crosslight.core.evidence.cosignature import cosigned_at
from crosslight.core.evidence.notes import Note, NoteFault
from crosslight.core.evidence.quorum import PolicyFault, TrustPolicy
from crosslight.ledger.accesses import notes_given_out

# How far back a checkpoint with enough cosignatures is looked for.
_MOST_NOTES = 100


@dataclass(frozen=True, slots=True)
class Watch:
    """`named`: the witnesses of the policy file; `size`: the newest checkpoint they stand for.

    `cosigners` are those of that checkpoint, or of the newest that anyone cosigned where the
    quorum is nowhere met. `fault`: why the policy file cannot be read.
    """

    named: tuple[str, ...] = ()
    cosigners: tuple[str, ...] = ()
    is_quorum_met: bool = False
    size: int | None = None
    fault: str = ""


def watch() -> Watch:
    path = Path(settings.LEDGER_POLICY_FILE)
    if not path.exists():
        return Watch()
    try:
        policy = TrustPolicy.from_bytes(path.read_bytes())
    except (OSError, PolicyFault) as error:
        return Watch(fault=str(error))
    return _seen_by(policy)


def last_stamp() -> datetime | None:
    """The time of the newest time stamp on a checkpoint; None where there is none."""
    return None


def _seen_by(policy: TrustPolicy) -> Watch:
    named = tuple(policy.witnesses)
    partly = Watch(named=named)
    for text in notes_given_out(most=_MOST_NOTES):
        cosigners, size = _cosigners(text, policy=policy)
        if cosigners and policy.is_met_by(cosigners):
            return Watch(named, cosigners, is_quorum_met=True, size=size)
        if cosigners and not partly.cosigners:
            partly = Watch(named, cosigners, size=size)
    return partly


def _cosigners(text: str, *, policy: TrustPolicy) -> tuple[tuple[str, ...], int | None]:
    """A false cosignature counts for nobody here; the verification is where it is a fault."""
    try:
        note = Note.from_text(text)
        size = Checkpoint.from_text(note.text).size
    except NoteFault:
        return (), None
    found = []
    for name, key in policy.witnesses.items():
        try:
            if cosigned_at(note, key=key) is not None:
                found.append(name)
        except NoteFault:
            continue
    return tuple(found), size
