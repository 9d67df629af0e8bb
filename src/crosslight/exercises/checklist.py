"""The six steps of /demo, ticked by what the ledger holds since the world was made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from crosslight.accounts.selectors import user_by_email
from crosslight.core.evidence.entry import OK, Entry
from crosslight.exercises.worlds import load_world, mail_of
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries

# Far more than a visitor does; the first of a kind is all that counts.
_MOST_ENTRIES = 1000
_BOTH = 2


@dataclass(frozen=True, slots=True)
class WalkedStep:
    number: int
    is_done: bool


@dataclass(frozen=True, slots=True)
class Hint:
    """What to type in step 3, and into which investigation."""

    investigation: str
    text: str


def hint_of_hit() -> Hint:
    world = load_world()
    case = next(row for row in world.investigations if row.key == world.hit.case)
    return Hint(investigation=case.title, text=world.hit.text)


@dataclass(frozen=True, slots=True)
class _Since:
    """The acts since the entry of that index, as far as they were allowed."""

    start: int

    def acts(self, act: Act, *, by: str = "") -> Iterator[Entry]:
        actor = _id_of(by) if by else None
        found = read_entries(after=self.start, limit=_MOST_ENTRIES, act=act.value, actor_id=actor)
        return (item.entry for item in found if item.entry.outcome == OK)

    def has(self, act: Act, *, by: str = "") -> bool:
        return any(True for _ in self.acts(act, by=by))


def walked_steps() -> tuple[WalkedStep, ...]:
    """The steps in their order; all open where no world was made."""
    made = read_entries(act=Act.EXERCISE_MADE.value, limit=1)
    return tuple(
        WalkedStep(number=number, is_done=bool(made) and is_done(_Since(made[0].index)))
        for number, is_done in enumerate(_STEPS, start=1)
    )


def _is_sent(since: _Since) -> bool:
    return since.has(Act.CONTRIBUTION_RECEIVED, by="amina")


def _is_validated(since: _Since) -> bool:
    return since.has(Act.CONTRIBUTION_VALIDATED, by="luis")


def _has_hit(since: _Since) -> bool:
    """A match of an entity that Ndeye entered: the matching itself names no person."""
    entered = {
        name for entry in since.acts(Act.ENTITY_ENTERED, by="ndeye") for name in entry.objects
    }
    return any(not entered.isdisjoint(entry.objects) for entry in since.acts(Act.MATCH_NOTIFIED))


def _is_answered(since: _Since) -> bool:
    """One match that two units have both acknowledged and both answered."""
    acknowledged = _units_by_object(since.acts(Act.MATCH_ACKNOWLEDGED))
    answered = _units_by_object(since.acts(Act.MATCH_ANSWERED))
    return any(
        len(units) == _BOTH and len(acknowledged.get(match, ())) == _BOTH
        for match, units in answered.items()
    )


def _is_handover_agreed(since: _Since) -> bool:
    return since.has(Act.HANDOVER_PREPARED)


def _is_log_seen(since: _Since) -> bool:
    return since.has(Act.LEDGER_CONSULTED, by="nuria")


_STEPS: tuple[Callable[[_Since], bool], ...] = (
    _is_sent,
    _is_validated,
    _has_hit,
    _is_answered,
    _is_handover_agreed,
    _is_log_seen,
)


def _id_of(key: str) -> str:
    user = user_by_email(mail_of(key))
    return user.pk if user else key


def _units_by_object(entries: Iterator[Entry]) -> Mapping[str, set[str]]:
    units: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for name in entry.objects:
            if entry.unit is not None:
                units[name].add(entry.unit)
    return units
