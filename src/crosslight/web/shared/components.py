"""What the components of `templates/components/` are given: small, named, immutable."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a state word looks. Each tone has a shape as well as a colour, and always its text."""

    NEUTRAL = "neutral"
    WAITING = "waiting"
    PROGRESS = "progress"
    DONE = "done"
    ATTENTION = "attention"
    STOPPED = "stopped"
    PROTECTED = "protected"


@dataclass(frozen=True, slots=True)
class Row:
    """A question and its answer; `change_url` leads back to the page that asks it."""

    label: str
    value: str
    change_url: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    title: str
    state: str
    tone: Tone
    url: str = ""
    hint: str = ""


class Agreement(StrEnum):
    SAME = "same"
    NEAR = "near"
    DIFFERENT = "different"
    WITHHELD = "withheld"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of two sides; `words` says the agreement, the pattern only repeats it."""

    label: str
    yours: str
    theirs: str
    words: str = ""
    agreement: Agreement = Agreement.UNSAID


@dataclass(frozen=True, slots=True)
class Column:
    """One side of a decision: whose it is, what it proposes, who has put their name to it."""

    title: str
    proposal: str
    rows: tuple[Row, ...] = ()
    state: str = ""
    tone: Tone = Tone.NEUTRAL
