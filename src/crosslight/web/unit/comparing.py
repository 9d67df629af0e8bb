"""A match in words: what the state means for this side, both sets side by side, both answers."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.coordination.selectors.views import MatchView, SetCell, SetRow
from crosslight.core.entities.verification import SetAttribute
from crosslight.core.lifecycle.match import DECIDED_STATES, HEADER_IS_OPEN, MatchState
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_acknowledge_match, may_answer_match
from crosslight.core.vocabulary.coordination import (
    CRIME_AREA_LABELS,
    VERDICT_LABELS,
    CrimeArea,
    Verdict,
)
from crosslight.core.vocabulary.law import HANDLING_LABELS, HandlingCode, Nature
from crosslight.web.shared.components import Agreement, Compared, Row, Tone
from crosslight.web.shared.words import word
from crosslight.web.unit.calling import duty_of
from crosslight.web.unit.clocks import clock_of
from crosslight.web.unit.columns import their_case
from crosslight.web.unit.explaining import explanation
from crosslight.web.unit.inbox import TONES, band_word, state_words

_S = MatchState


def page_of(match: MatchView, actor: Actor) -> dict[str, object]:
    """All that the page says, for one reader and in the present state."""
    state = MatchState(match.state)
    is_ours = bool(match.actions) and not _has_done(match, state)
    return {
        "band": band_word(match.band),
        "state": state_words(state, match.other.unit, is_our_turn=is_ours),
        "tone": TONES[state] if is_ours else _quiet_tone(state),
        "sentence": sentence(match),
        "due": clock_of(actor, match.due_at),
        "explained": explanation(match) if match.pointers else None,
        "own_rows": [Row(gettext(each.label), each.value) for each in match.own.values],
        "duty": duty_of(match.other.duty),
        "crime_area": word(CRIME_AREA_LABELS, CrimeArea(match.other.crime_area)),
        "compared": [compared(row, match.other.unit) for row in match.verification],
        "codes": _codes(match),
        "verdicts": _verdicts(match),
        "header": their_case(match),
        "may_acknowledge": may_acknowledge_match.name in match.actions,
        "may_answer": may_answer_match.name in match.actions,
        "is_new": state is _S.NOTIFIED,
        "is_confirmed": state in HEADER_IS_OPEN,
        "is_decided": state in DECIDED_STATES,
    }


def _has_done(match: MatchView, state: MatchState) -> bool:
    return state in {_S.NOTIFIED, _S.ACKNOWLEDGED} and not (
        {may_acknowledge_match.name, may_answer_match.name} & match.actions
    )


def _quiet_tone(state: MatchState) -> Tone:
    return Tone.PROGRESS if TONES[state] is Tone.WAITING else TONES[state]


# --- what the state means -----------------------------------------------------------------------

_SENTENCES: Mapping[MatchState, str | Promise] = {
    _S.NOTIFIED: _(
        "Both units were told at the same moment. Neither sees a value of the other: the "
        "verification set opens for both when both have acknowledged."
    ),
    _S.ACKNOWLEDGED: _(
        "Both units have acknowledged. Compare, then answer for your unit. Neither sees the "
        "other's answer before both are in."
    ),
    _S.NOT_SAME: _(
        "Both units say: not the same. What was exchanged is erased on both sides, and this pair "
        "is not asked again."
    ),
    _S.UNRESOLVED: _(
        "The answers leave it open. The national points of both countries are told; no more data "
        "moves."
    ),
    _S.CONFIRMED_SAME: _("Both units say: the same. The heads of both now decide together."),
    _S.DELIBERATION: _(
        "The heads decide together. Nothing moves until both have agreed to the same."
    ),
    _S.SEPARATE: _("Decided: each unit goes on alone, inside the agreed boundary."),
    _S.HANDOVER: _("Decided: one unit hands over to the other."),
    _S.JOINT: _("Decided: both work together in a joint room."),
    _S.CLOSED: _("Both units have said what came of it."),
    _S.ANNULLED: _("Withdrawn by its owner. The content is gone; the ledger keeps what was done."),
}


def sentence(match: MatchView) -> str:
    return str(_SENTENCES[MatchState(match.state)])


# --- both sets side by side ---------------------------------------------------------------------


def compared(row: SetRow, other_unit: str) -> Compared:
    agreement, words = _agreement(row, other_unit)
    return Compared(
        label=gettext(row.label),
        yours=_cells(row.own, gettext("Withheld by you")),
        theirs=_cells(row.other, gettext("Withheld by %(unit)s") % {"unit": other_unit}),
        words=words,
        agreement=agreement,
    )


def _agreement(row: SetRow, other_unit: str) -> tuple[Agreement, str]:
    """In words, by comparing what is shown, as it is written."""
    if any(cell.is_withheld for cell in (*row.own, *row.other)):
        return Agreement.WITHHELD, gettext("Not compared: withheld")
    if not row.other:
        return Agreement.UNSAID, gettext("Only you hold this")
    if not row.own:
        return Agreement.UNSAID, gettext("Only %(unit)s holds this") % {"unit": other_unit}
    return _likeness(row)


def _likeness(row: SetRow) -> tuple[Agreement, str]:
    own, other = _plain(row.own), _plain(row.other)
    if own == other:
        return Agreement.SAME, gettext("The same")
    if own & other:
        return Agreement.NEAR, gettext("One value is the same")
    if row.attribute == SetAttribute.BIRTH_DATE and _begins(own, other):
        return Agreement.NEAR, gettext("Agrees as far as it is known")
    return Agreement.DIFFERENT, gettext("Different as written")


def _plain(cells: tuple[SetCell, ...]) -> frozenset[str]:
    return frozenset(cell.value.strip().casefold() for cell in cells)


def _begins(own: frozenset[str], other: frozenset[str]) -> bool:
    return any(
        one.startswith(two) or two.startswith(one) for one in own for two in other if one and two
    )


def _cells(cells: tuple[SetCell, ...], withheld: str) -> str:
    return "\n".join(withheld if cell.is_withheld else _cell(cell) for cell in cells)


def _cell(cell: SetCell) -> str:
    """The value with its code; an assessment says that it is one."""
    nature = f", {gettext('assessment')}" if cell.nature == Nature.ASSESSMENT else ""
    return f"{cell.value} ({cell.handling_code}{nature})"


def _codes(match: MatchView) -> list[str]:
    """The handling codes on the page, in words."""
    cells = [cell for row in match.verification for cell in (*row.own, *row.other)]
    used = {cell.handling_code for cell in cells if not cell.is_withheld}
    return [word(HANDLING_LABELS, HandlingCode(code)) for code in sorted(used)]


# --- after both answers -------------------------------------------------------------------------


def _verdicts(match: MatchView) -> tuple[Row, ...]:
    """The own answer once given; the other's once both are in."""
    sides = ((match.own.unit, match.own.verdict), (match.other.unit, match.other.verdict))
    return tuple(Row(unit, word(VERDICT_LABELS, Verdict(said))) for unit, said in sides if said)
