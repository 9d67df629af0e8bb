"""One-click sign-in as an invented person: in demo mode, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from crosslight.accounts.models import User
from crosslight.accounts.selectors import user_by_email
from crosslight.core.policy import Actor
from crosslight.exercises.making import NotInPractice, has_world
from crosslight.exercises.worlds import PersonaRow, load_world, mail_of
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

# The personas whose acts the checklist follows; the others stand behind them.
_ON_THE_WALK = 6


@dataclass(frozen=True, slots=True)
class Persona:
    """`what` is the line under the name on the card."""

    key: str
    name: str
    what: str
    is_on_the_walk: bool

    @property
    def first_name(self) -> str:
        return self.name.partition(" ")[0]


def personas() -> tuple[Persona, ...]:
    """The cards of /demo in their order; none where no world was made."""
    _require_demo()
    if not has_world():
        return ()
    world = load_world()
    names = {person.key: person.name for person in world.people}
    return tuple(
        _persona(row, name=names[row.key], place=place) for place, row in enumerate(world.personas)
    )


def persona_user(key: str) -> User:
    """The account behind a card. Whoever signs it in marks the session as a persona's.

    Raises NotInPractice outside demo mode, and NotFoundOrHidden for anyone who is no persona, so
    that no other account can be entered through this door even in a demo.
    """
    _require_demo()
    user = user_by_email(mail_of(key)) if key in _keys(load_world().personas) else None
    if user is None or not has_world():
        raise NotFoundOrHidden
    return user


def record_sign_in(*, actor: Actor) -> None:
    """Put the opening of a persona's session on record, as that of a real sign-in is."""
    _require_demo()
    with act():
        record(actor=actor, act=Act.SESSION_OPENED, reference="persona")


def _require_demo() -> None:
    if not settings.IS_DEMO:
        raise NotInPractice


def _persona(row: PersonaRow, *, name: str, place: int) -> Persona:
    return Persona(key=row.key, name=name, what=row.what, is_on_the_walk=place < _ON_THE_WALK)


def _keys(rows: Sequence[PersonaRow]) -> frozenset[str]:
    return frozenset(row.key for row in rows)
