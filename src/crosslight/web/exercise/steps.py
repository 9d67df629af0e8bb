"""The six steps in words, each with its tick."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.exercises.checklist import hint_of_hit, walked_steps
from crosslight.web.shared.components import Tone

_TITLES: tuple[str | Promise, ...] = (
    _("Send a red flag as Amina (4 minutes)"),
    _("Validate it as Luis"),
    _("Add a phone as Ndeye and get a match"),
    _("Acknowledge and answer as both units"),
    _("Agree a handover"),
    _("See all of it in Nuria's ledger"),
)
_HINTS: tuple[str | Promise, ...] = (
    _("New report, five short pages, then the receipt."),
    _("It is the newest in the queue: take it, grade it, give it a purpose and a date."),
    _("In the investigation “%(investigation)s”, add a record and paste this:"),
    _("Ndeye and Ousman each find a match waiting, acknowledge it, compare, and answer."),
    _("Fatou and Lamin, the heads: one proposes to hand over, the other agrees."),
    _("Who did what, when and why; never what it said. Then check the ledger."),
)
_WITH_TEXT = 3


@dataclass(frozen=True, slots=True)
class ShownStep:
    """`text` is what the visitor copies and pastes, where there is something."""

    number: int
    title: str
    hint: str
    text: str
    is_done: bool
    state: str
    tone: Tone


def shown_steps() -> tuple[ShownStep, ...]:
    hit = hint_of_hit()
    return tuple(
        ShownStep(
            number=step.number,
            title=str(_TITLES[step.number - 1]),
            hint=str(_HINTS[step.number - 1]) % {"investigation": hit.investigation},
            text=hit.text if step.number == _WITH_TEXT else "",
            is_done=step.is_done,
            state=gettext("Done") if step.is_done else gettext("To do"),
            tone=Tone.DONE if step.is_done else Tone.NEUTRAL,
        )
        for step in walked_steps()
    )
