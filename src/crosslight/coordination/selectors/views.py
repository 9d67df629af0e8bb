"""What one side may read, and nothing else: the shapes that the doors render."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from crosslight.core.entities.snapshot import EntitySnapshot


@dataclass(frozen=True, slots=True)
class Pointer:
    """What one comparison found, in words and without a value of either side.

    `template` is English with places for `params`, to be said in the reader's language. `weight`
    is in bits; below 0 it speaks against the match.
    """

    attribute: str
    level: str
    weight: float
    label: str
    template: str
    params: Mapping[str, str]

    @property
    def text(self) -> str:
        """English."""
        said = self.template % self.params if self.params else self.template
        return f"{self.label}: {said}"


@dataclass(frozen=True, slots=True)
class CommonHeld:
    """An identifier of one's own record that makes no matches, for too many hold it."""

    id: str
    value: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class CommonValueRow:
    """`value` is readable, "" where nobody holds it any more; `appeal_*` are of an open appeal."""

    id: str
    kind: str
    value: str
    holders: int
    since: datetime
    lifted_at: datetime | None
    is_common: bool
    appeal_id: str
    appeal_unit: str
    appeal_reason: str

    @property
    def is_shown(self) -> bool:
        """Not where fewer hold it again, nobody asks and nobody decided."""
        return self.is_common or bool(self.appeal_id) or self.lifted_at is not None


@dataclass(frozen=True, slots=True)
class OwnValue:
    statement_id: str
    property: str
    label: str
    value: str
    handling_code: str
    nature: str


@dataclass(frozen=True, slots=True)
class SetCell:
    """One value of a verification set. Withheld: `value` is "" and its owner keeps it."""

    value: str
    handling_code: str
    nature: str
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class SetRow:
    """Both sides' values of one attribute; an empty side does not hold it."""

    attribute: str
    label: str
    own: tuple[SetCell, ...]
    other: tuple[SetCell, ...]


@dataclass(frozen=True, slots=True)
class DutyContact:
    name: str
    phone: str
    languages: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class CaseHeader:
    """What opens at C4 and not before."""

    phase: str
    entity_role: str
    first_registered_at: datetime | None
    is_judicial: bool
    has_planned_operation: bool


@dataclass(frozen=True, slots=True)
class OwnSide:
    unit_id: str
    unit: str
    investigation_id: str
    investigation_reference: str
    entity_id: str
    caption: str
    values: tuple[OwnValue, ...]
    is_trigger: bool
    acknowledged_at: datetime | None
    verdict: str
    verdict_reason: str
    answered_at: datetime | None
    criteria: Mapping[str, str]
    outcome: str
    outcome_note: str


@dataclass(frozen=True, slots=True)
class OtherSide:
    """`verdict` stays "" until both are in; `header` and `criteria` until their state."""

    unit_id: str
    unit: str
    country: str
    country_name: str
    duty: DutyContact
    crime_area: str
    has_acknowledged: bool
    has_answered: bool
    verdict: str
    header: CaseHeader | None
    criteria: Mapping[str, str]
    outcome: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """`is_ours`: the own column."""

    id: str
    unit_id: str
    unit: str
    is_ours: bool
    kind: str
    giver_unit_id: str | None
    terms: Mapping[str, str]
    reason: str
    by: str
    at: datetime
    is_superseded: bool


@dataclass(frozen=True, slots=True)
class DecisionView:
    id: str
    reference: str
    kind: str
    giver_unit_id: str | None
    receiver_unit_id: str | None
    terms: Mapping[str, str]
    reason_a: str
    reason_b: str
    head_a: str
    head_b: str
    agreed_at: datetime
    procedure_version: str


@dataclass(frozen=True, slots=True)
class MatchView:
    """A match as the actor's unit may see it in its present state (invariant I1).

    `actions` are the names of the rules that the actor could use now; `due_at` is the clock that
    runs in this state. Before the sets are open `weight` is None and `pointers` say only what
    agrees: the rest would tell what the other side holds.
    """

    id: str
    reference: str
    state: str
    state_label: str
    schema: str
    band: str
    weight: float | None
    model: str
    lexicon: str
    is_urgent: bool
    pointers: tuple[Pointer, ...]
    own: OwnSide
    other: OtherSide
    verification: tuple[SetRow, ...]
    proposals: tuple[ProposalView, ...]
    decision: DecisionView | None
    handover_id: str | None
    room_id: str | None
    notified_at: datetime
    due_at: datetime | None
    acknowledge_by: datetime | None
    answer_by: datetime | None
    decide_by: datetime | None
    outcome_by: datetime | None
    escalated_at: datetime | None
    actions: frozenset[str]


@dataclass(frozen=True, slots=True)
class MatchRow:
    """One line of the inbox; `is_our_turn`: the next step is this unit's."""

    id: str
    reference: str
    state: str
    state_label: str
    schema: str
    band: str
    is_urgent: bool
    agrees: tuple[Pointer, ...]
    other_unit: str
    other_country: str
    own_caption: str
    own_investigation_id: str
    own_investigation_reference: str
    notified_at: datetime
    due_at: datetime | None
    is_our_turn: bool
    escalated_at: datetime | None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """Ids, kinds and clocks; no value, no name, no caption."""

    id: str
    reference: str
    state: str
    state_label: str
    schema: str
    is_urgent: bool
    countries: tuple[str, ...]
    units: tuple[str, ...]
    notified_at: datetime
    due_at: datetime | None
    is_overdue: bool
    escalated_at: datetime | None
    owed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProtectionChoiceView:
    country: str
    step: str
    reason: str
    ground: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class ProtectionView:
    """A.6: protection coordination is needed. No case data, and no unit but one's own country's."""

    id: str
    reference: str
    state: str
    state_label: str
    is_urgent: bool
    has_role_conflict: bool
    countries: tuple[str, ...]
    own_units: tuple[str, ...]
    own_duty: tuple[DutyContact, ...]
    choices: tuple[ProtectionChoiceView, ...]
    notified_at: datetime
    actions: frozenset[str]


@dataclass(frozen=True, slots=True)
class HandoverItemView:
    """`snapshot` None: not, or no longer, for this reader."""

    id: str
    entity_id: str | None
    state: str
    state_label: str
    handling_code: str
    is_barred_from_court: bool
    snapshot: EntitySnapshot | None
    refusal_code: str
    refusal_note: str
    received_entity_id: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record of the giver's investigation; `blocked` says in a code why it cannot go yet."""

    entity_id: str
    caption: str
    schema: str
    handling_code: str
    is_picked: bool
    blocked: str


@dataclass(frozen=True, slots=True)
class HandoverView:
    id: str
    match_id: str
    decision_reference: str
    state: str
    state_label: str
    is_giver: bool
    giver: str
    receiver: str
    receiver_investigation_id: str | None
    items: tuple[HandoverItemView, ...]
    candidates: tuple[Candidate, ...]
    offered_at: datetime | None
    answer_by: datetime | None
    completed_at: datetime | None
    receipt: str
    actions: frozenset[str]


@dataclass(frozen=True, slots=True)
class HandoverRow:
    id: str
    match_id: str
    state: str
    state_label: str
    is_giver: bool
    giver: str
    receiver: str
    answer_by: datetime | None


@dataclass(frozen=True, slots=True)
class RoomItemView:
    id: str
    unit: str
    is_ours: bool
    snapshot: EntitySnapshot | None
    handling_code: str
    published_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class RoomMessageView:
    unit: str
    by: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RoomView:
    id: str
    match_id: str
    decision_reference: str
    units: tuple[str, ...]
    lead_unit: str
    plan: str
    plan_due: datetime
    version: int
    items: tuple[RoomItemView, ...]
    messages: tuple[RoomMessageView, ...]
    terms: Mapping[str, str]
    actions: frozenset[str]


@dataclass(frozen=True, slots=True)
class RoomRow:
    id: str
    match_id: str
    lead_unit: str
    plan_due: datetime
    has_plan: bool
