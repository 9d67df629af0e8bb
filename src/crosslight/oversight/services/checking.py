"""How the ledger stands, and checking the whole of it: each check is kept with its result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crosslight.core.evidence.checkpoint import SignedCheckpoint
from crosslight.core.evidence.verification import Verification
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_verify_ledger, may_view_ledger
from crosslight.foundation.guard import require
from crosslight.foundation.transactions import act
from crosslight.ledger import accesses, verification, watching
from crosslight.ledger import services as ledger
from crosslight.ledger.accesses import Standing
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import last_stamp
from crosslight.ledger.watching import Watch
from crosslight.oversight import selectors
from crosslight.oversight.models import LedgerCheck
from crosslight.oversight.selectors import Check


@dataclass(frozen=True, slots=True)
class Chain:
    """`standing` None: nothing was recorded yet; `check` None: nobody has checked it yet."""

    standing: Standing | None
    watch: Watch
    stamped_at: datetime | None
    check: Check | None


def see_chain(*, actor: Actor) -> Chain:
    """Size, checkpoints and watchers: no entry is shown, so none is named as consulted."""
    require(may_view_ledger, actor)
    return Chain(
        standing=accesses.standing(),
        watch=watching.watch(),
        stamped_at=last_stamp(),
        check=selectors.last_check(),
    )


def check_ledger(*, actor: Actor) -> Verification:
    """Recompute the whole ledger of this moment from its entries."""
    require(may_verify_ledger, actor)
    result = verification.verify_database()
    with act():
        kept = LedgerCheck.objects.create(
            by_id=actor.id,
            entries=result.entries,
            root=result.root,
            fault=result.first_fault or "",
        )
        outcome = "holds" if result.holds else f"fault_at_{result.entry}"
        ledger.record(actor=actor, act=Act.LEDGER_VERIFIED, objects=[kept.pk], reference=outcome)
    return result


def take_checkpoint(*, actor: Actor) -> SignedCheckpoint:
    """The signed size and root, to keep outside: a rewritten ledger cannot match it."""
    require(may_verify_ledger, actor)
    with act():
        ledger.record(actor=actor, act=Act.LEDGER_EXPORTED, reference="checkpoint")
    return ledger.checkpoint()
