"""Doors of the practice world, which exists in demo mode only."""

from __future__ import annotations

from crosslight.ledger.acts import Act
from tests.doors.door import Call, Door, Doors

_INVENTED = "invented people, whom no real deployment has"

PRACTICE: Doors = {
    "GET demo": Door(lambda _world: Call(None), none=_INVENTED),
    "GET demo_steps": Door(lambda _world: Call(None), none=_INVENTED),
    "POST demo_become": Door(
        lambda _world: Call(None, ids=["amina"]), leaves=(Act.SESSION_OPENED,), status=302
    ),
}
