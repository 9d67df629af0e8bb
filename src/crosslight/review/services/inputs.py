"""What units do with the inputs that a desk sent them (procedures B.3, R8a and R9)."""

from __future__ import annotations

from crosslight.accounts.models import NoticeKind
from crosslight.accounts.services import settle_notices
from crosslight.contributions.selectors import LONGEST_LIST
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_answer_input, may_view_input
from crosslight.core.vocabulary.contributions import FeedbackCode
from crosslight.core.vocabulary.people import UNIT_ROLES
from crosslight.foundation import clock
from crosslight.foundation.guard import require, require_standing
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.partnerships.selectors import users_with_role
from crosslight.review.models import IntelligenceInput
from crosslight.review.selectors import facts_of_input, input_for, inputs_for
from crosslight.review.services.reading import purpose_code


def list_inputs(*, actor: Actor) -> tuple[IntelligenceInput, ...]:
    """At most 200, newest first."""
    require_standing(may_view_input, actor)
    with act():
        rows = tuple(inputs_for(actor).prefetch_related("disseminations__unit")[:LONGEST_LIST])
        record(
            actor=actor,
            act=Act.INPUT_LISTED,
            objects=[row.pk for row in rows],
            justification="inbox",
        )
    return rows


def consult_input(*, actor: Actor, input_id: str, purpose: str) -> IntelligenceInput:
    """Open one input; the first opening by a receiving unit is kept with its time."""
    require_standing(may_view_input, actor)
    with act():
        found = input_for(actor, input_id)
        if actor.unit_id is not None:
            _mark_opened(found, actor.unit_id)
        record(
            actor=actor,
            act=Act.INPUT_CONSULTED,
            objects=[found.pk],
            justification=purpose_code(purpose),
        )
    return found


def mark_input_useful(*, actor: Actor, input_id: str, code: FeedbackCode) -> IntelligenceInput:
    """The unit's answer to the desk: a code, no case facts."""
    require_standing(may_answer_input, actor)
    with act():
        found = input_for(actor, input_id)
        require(may_answer_input, actor, facts_of_input(found))
        found.disseminations.filter(unit_id=actor.unit_id).update(
            usefulness=code.value, answered_at=clock.now()
        )
        record(
            actor=actor,
            act=Act.INPUT_ANSWERED,
            objects=[found.pk],
            justification="usefulness",
            reference=code.value,
            recipients=[f"country:{found.country_id}"],
        )
    return found


def _mark_opened(found: IntelligenceInput, unit_id: str) -> None:
    found.disseminations.filter(unit_id=unit_id, opened_at=None).update(opened_at=clock.now())
    settle_notices(
        object_id=found.pk,
        kinds=[NoticeKind.INPUT_WAITING],
        users=users_with_role(UNIT_ROLES, unit_id=unit_id),
    )
