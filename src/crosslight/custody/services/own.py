"""Reading the files of one's own contributions: each reading is on record, as theirs is (I6)."""

from __future__ import annotations

from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_view_own_package
from crosslight.custody.selectors import SeenPackage, own_package, own_packages
from crosslight.foundation.guard import require_standing
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

OWN_PURPOSE = "own_contribution"


def list_own_packages(*, actor: Actor, contribution_id: str) -> tuple[SeenPackage, ...]:
    """Those of one contribution; where there are none, nothing was read."""
    require_standing(may_view_own_package, actor)
    with act():
        rows = own_packages(actor, contribution_id)
        if rows:
            record(
                actor=actor,
                act=Act.PACKAGE_LISTED,
                objects=[row.id for row in rows],
                justification=OWN_PURPOSE,
            )
    return rows


def consult_own_package(*, actor: Actor, package_id: str) -> tuple[SeenPackage, str]:
    """One file, and the id of the contribution that it belongs to."""
    require_standing(may_view_own_package, actor)
    with act():
        seen, contribution_id = own_package(actor, package_id)
        record(
            actor=actor,
            act=Act.PACKAGE_CONSULTED,
            objects=[seen.id],
            justification=OWN_PURPOSE,
        )
    return seen, contribution_id
