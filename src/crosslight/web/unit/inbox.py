"""The lines of the match inbox, and which of them wait for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.coordination.selectors.views import MatchRow
from crosslight.core.lifecycle.match import DECIDED_STATES, OPEN_STATES, MatchState
from crosslight.core.matching.model import Band
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.people import Role
from crosslight.web.shared.components import Tone
from crosslight.web.unit.clocks import Clock, clock_of
from crosslight.web.unit.explaining import said

_S = MatchState


class MatchGroup(StrEnum):
    OURS = "ours"
    THEIRS = "theirs"
    DECIDED = "decided"
    CLOSED = "closed"


GROUP_LABELS: Mapping[MatchGroup, str | Promise] = {
    MatchGroup.OURS: _("Waiting for you"),
    MatchGroup.THEIRS: _("You are waiting"),
    MatchGroup.DECIDED: _("Decided"),
    MatchGroup.CLOSED: _("Closed"),
}
BAND_LABELS: Mapping[Band, str | Promise] = {
    Band.STRONG: _("Strong match"),
    Band.PROBABLE: _("Probable match"),
    Band.WEAK: _("Weak match"),
    Band.NONE: _("No match"),
}
TONES: Mapping[MatchState, Tone] = {
    _S.NOTIFIED: Tone.WAITING,
    _S.ACKNOWLEDGED: Tone.WAITING,
    _S.UNRESOLVED: Tone.PROGRESS,
    _S.CONFIRMED_SAME: Tone.WAITING,
    _S.DELIBERATION: Tone.PROGRESS,
    _S.SEPARATE: Tone.DONE,
    _S.HANDOVER: Tone.DONE,
    _S.JOINT: Tone.DONE,
    _S.NOT_SAME: Tone.STOPPED,
    _S.CLOSED: Tone.STOPPED,
    _S.ANNULLED: Tone.STOPPED,
}
# What one unit does next; the same state reads otherwise for the side that has done it.
_OUR_STEP: Mapping[MatchState, str | Promise] = {
    _S.NOTIFIED: _("Acknowledge"),
    _S.ACKNOWLEDGED: _("Compare and answer"),
    _S.CONFIRMED_SAME: _("Decide together"),
    _S.DELIBERATION: _("Agree or propose otherwise"),
    **dict.fromkeys(DECIDED_STATES, _("Say what came of it")),
}


_FOR_HEADS = frozenset({_S.CONFIRMED_SAME, _S.DELIBERATION, *DECIDED_STATES})


@dataclass(frozen=True, slots=True)
class MatchLine:
    row: MatchRow
    band: str
    agrees: tuple[str, ...]
    state: str
    tone: Tone
    due: Clock | None
    step: str


def group_of(row: MatchRow) -> MatchGroup:
    state = MatchState(row.state)
    if row.is_our_turn:
        return MatchGroup.OURS
    if state in DECIDED_STATES:
        return MatchGroup.DECIDED
    return MatchGroup.THEIRS if state in OPEN_STATES else MatchGroup.CLOSED


def line_of(row: MatchRow, actor: Actor) -> MatchLine:
    state = MatchState(row.state)
    return MatchLine(
        row=row,
        band=band_word(row.band),
        agrees=tuple(map(said, row.agrees)),
        state=state_words(state, row.other_unit, is_our_turn=row.is_our_turn),
        tone=TONES[state] if row.is_our_turn or state not in _TWO_FACED else Tone.PROGRESS,
        due=clock_of(actor, row.due_at),
        step=_step(row, actor),
    )


def _step(row: MatchRow, actor: Actor) -> str:
    """The unit's next step; what only its head may do is said to be the head's."""
    state = MatchState(row.state)
    if not row.is_our_turn:
        return ""
    if state in _FOR_HEADS and not actor.has(Role.UNIT_HEAD):
        return gettext("Your unit head decides")
    return str(_OUR_STEP.get(state, ""))


def band_word(band: str) -> str:
    return str(BAND_LABELS[Band(band)])


def is_weak(row: MatchRow) -> bool:
    return Band(row.band) is Band.WEAK


_TWO_FACED = frozenset({_S.NOTIFIED, _S.ACKNOWLEDGED, _S.DELIBERATION})
_STATE_WORDS: Mapping[MatchState, str | Promise] = {
    _S.NOTIFIED: _("New"),
    _S.ACKNOWLEDGED: _("Both acknowledged"),
    _S.NOT_SAME: _("Not the same"),
    _S.UNRESOLVED: _("With the national points"),
    _S.CONFIRMED_SAME: _("Same: heads decide"),
    _S.DELIBERATION: _("Deciding together"),
    _S.SEPARATE: _("Decided: separately"),
    _S.HANDOVER: _("Decided: hand over"),
    _S.JOINT: _("Decided: together"),
    _S.CLOSED: _("Closed"),
    _S.ANNULLED: _("Withdrawn by its owner"),
}


def state_words(state: MatchState, other_unit: str, *, is_our_turn: bool) -> str:
    """In the eyes of one side: who has done its step waits for the other."""
    if state in _TWO_FACED and not is_our_turn:
        return gettext("%(unit)s has not answered yet") % {"unit": other_unit}
    return str(_STATE_WORDS[state])
