"""Reading one's own contributions: each reading is on record (I6)."""

from __future__ import annotations

from dataclasses import dataclass

from crosslight.contributions.contributor_view import ContributorView, contributor_view
from crosslight.contributions.selectors import (
    LONGEST_LIST,
    contribution_for_contributor,
    own_contributions,
)
from crosslight.core.evidence.receipts import SUFFIX, Proof
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_view_own_contribution
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.foundation.guard import require_standing
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import receipt, record

OWN_PURPOSE = "own_contribution"


@dataclass(frozen=True, slots=True)
class LedgerReceipt:
    """`code` is that of the receipt on the page; `index` the number of the entry."""

    code: str
    index: int
    proof: Proof

    @property
    def filename(self) -> str:
        return f"receipt-{self.code}{SUFFIX}"


def consult_own(*, actor: Actor, contribution_id: str) -> ContributorView:
    require_standing(may_view_own_contribution, actor)
    with act():
        view = contributor_view(contribution_for_contributor(actor, contribution_id))
        record(
            actor=actor,
            act=Act.CONTRIBUTION_CONSULTED,
            objects=[view.id],
            justification=OWN_PURPOSE,
        )
    return view


def take_receipt(*, actor: Actor, contribution_id: str) -> LedgerReceipt:
    """The ledger's receipt of the entry by which the contribution was last received.

    It holds that one entry, made at the moment of sending, and hashes of others: nothing of what
    became of the contribution.
    """
    require_standing(may_view_own_contribution, actor)
    with act():
        contribution = contribution_for_contributor(actor, contribution_id)
        if contribution.ledger_index is None:
            raise NotFoundOrHidden
        record(
            actor=actor,
            act=Act.LEDGER_EXPORTED,
            objects=[contribution.pk],
            justification=OWN_PURPOSE,
            reference="receipt",
        )
    proof = receipt(contribution.ledger_index)
    return LedgerReceipt(contribution.receipt_code or "", contribution.ledger_index, proof)


def list_own(*, actor: Actor) -> tuple[ContributorView, ...]:
    """The newest of the organisation's contributions, at most 200."""
    require_standing(may_view_own_contribution, actor)
    with act():
        rows = own_contributions(actor).prefetch_related("questions", "feedback")
        views = tuple(map(contributor_view, rows[:LONGEST_LIST]))
        record(
            actor=actor,
            act=Act.CONTRIBUTION_LISTED,
            objects=[view.id for view in views],
            justification=OWN_PURPOSE,
        )
    return views
