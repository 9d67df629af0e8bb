"""Asking witnesses over HTTP to cosign: the client's half of C2SP tlog-witness.

https://github.com/C2SP/C2SP/blob/main/tlog-witness.md. As with time stamps, nothing waits for a
witness: what is not cosigned now is asked for again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from crosslight.core.evidence.checkpoint import SignedCheckpoint
from crosslight.core.evidence.cosignature import cosigned_at
from crosslight.core.evidence.notes import Note, NoteFault, Signature, VerifierKey
from crosslight.core.evidence.quorum import PolicyFault, TrustPolicy
from crosslight.core.evidence.witness import Growth
from crosslight.foundation import clock
from crosslight.foundation.transactions import lock_ledger, own_act
from crosslight.ledger.errors import NoWitness
from crosslight.ledger.models import LedgerCosignature, LedgerHead
from crosslight.ledger.outgoing import Answer, Unanswered, post
from crosslight.ledger.selectors import Shard, growth_proof, shards, signed_by
from crosslight.ledger.services import keep_checkpoint

PATH = "add-checkpoint"
SIZE_TYPE = "text/x.tlog.size"
_HEADERS = {"Content-Type": "text/plain; charset=utf-8"}
_OK, _CONFLICT = 200, 409
_MOST_DIGITS = 19
# The last second that a date can name; later ones would say nothing anyway.
_LATEST = 253_402_300_799


@dataclass(frozen=True, slots=True)
class Witness:
    """`address` is the submission prefix."""

    key: VerifierKey
    address: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of one witness and one shard: cosigned, or the reason why not yet."""

    witness: str
    year: int
    size: int
    cosigned_at: int | None = None
    problem: str = ""


class _Refused(Exception):
    """The witness answered, and did not cosign; the message says what it said."""


def policy() -> TrustPolicy | None:
    """The deployment's own policy about its witnesses, if it names one."""
    path = settings.LEDGER_WITNESS_POLICY
    if path is None:
        return None
    try:
        return TrustPolicy.from_bytes(Path(path).read_bytes())
    except (OSError, PolicyFault) as error:
        raise NoWitness(f"The policy of witnesses {path} cannot be used: {error}") from error


def witnesses_of(found: TrustPolicy | None) -> tuple[Witness, ...]:
    """Those that can be asked over HTTP."""
    if found is None:
        return ()
    return tuple(Witness(found.witnesses[name], url) for name, url in found.addresses.items())


def ask_witnesses(
    witnesses: Sequence[Witness], *, least_age: timedelta = timedelta(0)
) -> tuple[Asked, ...]:
    """Ask each about every shard that grew since its last cosignature; no outage is an error.

    A growing shard is left alone while that cosignature is younger than `least_age`.
    """
    if not witnesses:
        raise NoWitness
    return tuple(
        _ask(witness, shard)
        for witness in witnesses
        for shard in shards()
        if not shard.is_retired and _is_due(shard, witness.key.to_text(), least_age)
    )


def _is_due(shard: Shard, vkey: str, least_age: timedelta) -> bool:
    if shard.cosigned.get(vkey) == shard.size:
        return False
    rows = LedgerCosignature.objects.filter(year=shard.year, vkey=vkey).order_by("-size")
    newest = rows.values_list("cosigned_at", flat=True).first()
    return shard.is_closed or newest is None or clock.now() - newest >= least_age


def _ask(witness: Witness, shard: Shard) -> Asked:
    known = shard.cosigned.get(witness.key.to_text(), 0)
    signed, growth = _growth(shard.year, known)
    try:
        answer = _sent(witness, growth)
        if (remembered := _remembered(answer)) is not None and remembered <= signed.size:
            # The witness knows another state than we remember, such as from an export on a stick.
            signed, growth = _growth(shard.year, remembered)
            answer = _sent(witness, growth)
        line, seconds = _cosignature(answer, signed, witness.key)
    except (Unanswered, _Refused) as error:
        return Asked(witness.key.name, shard.year, signed.size, problem=str(error))
    with own_act():
        keep_checkpoint(shard.year, signed)
        LedgerCosignature.objects.get_or_create(
            year=shard.year,
            size=signed.size,
            vkey=witness.key.to_text(),
            defaults={
                "line": line.to_line(),
                "cosigned_at": datetime.fromtimestamp(seconds, UTC),
            },
        )
    return Asked(witness.key.name, shard.year, signed.size, cosigned_at=seconds)


def _growth(year: int, old: int) -> tuple[SignedCheckpoint, Growth]:
    """The shard of this moment, and the proof that it continues its first `old` entries."""
    with own_act():
        lock_ledger()
        head = LedgerHead.objects.get(year=year)
        signed = signed_by(head)
        is_proven = 0 < old < head.size
        proof = growth_proof(head, old) if is_proven else ()
        return signed, Growth(old, proof, signed.note)


def _sent(witness: Witness, growth: Growth) -> Answer:
    url = f"{witness.address.rstrip('/')}/{PATH}"
    return post(url, growth.to_text().encode(), headers=_HEADERS)


def _remembered(answer: Answer) -> int | None:
    """The size that a witness says it cosigned last, where that is not the one we named."""
    if answer.status != _CONFLICT or answer.kind != SIZE_TYPE:
        return None
    text = answer.body.removesuffix(b"\n")
    if not text.isdigit() or len(text) > _MOST_DIGITS:
        raise Unanswered("The witness names a size that is no number.")
    return int(text)


def _cosignature(
    answer: Answer, signed: SignedCheckpoint, key: VerifierKey
) -> tuple[Signature, int]:
    if answer.status != _OK:
        said = answer.body[:300].decode("ascii", errors="replace")
        words = "".join(each for each in said if each.isprintable())
        raise _Refused(f"The witness refuses with the status {answer.status}: {words}")
    try:
        # Lines of other keys are ignored, as the protocol asks.
        note = Note.from_text(signed.note + answer.body.decode())
        seconds = cosigned_at(note, key=key)
    except (NoteFault, UnicodeDecodeError) as error:
        raise _Refused(f"The cosignature of the witness does not hold: {error}") from error
    if seconds is None or seconds > _LATEST:
        raise _Refused("The witness answered without a cosignature of its key.")
    return note.of(key)[-1], seconds
