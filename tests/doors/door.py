"""What a door is, and what it must leave in the ledger when somebody goes through it.

How to add a door
-----------------
Somebody wrote a page, an operation, a command or a service, and `test_doors.py` says that it is in
no table. Add it to the table of its kind (`contributor.py`, `desk.py`, `unit.py`, `oversight.py`,
`shared.py`, `operations.py`, `console.py`, `services.py`):

    "POST desk:take": Door(
        lambda world: Call(world.luis, ids=[received(world.amina).pk]),
        leaves=(Act.CONTRIBUTION_TAKEN,),
    ),

The first argument prepares what the door needs and says who opens it with what. `leaves` are the
acts of the entries, all of them and no other. A door that leaves nothing says why (`none=`). The
walk then calls it as strangers and as that person, and holds every entry to article 25.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crosslight.core.policy import Actor
from crosslight.ledger.acts import Act
from tests.factories import World


@dataclass(frozen=True)
class Call:
    """Who opens a door with what; `objects` are those that its entries must name.

    `is_fresh`: password and factor were shown a moment ago, as changing them asks for. `body`: the
    bytes of a piece, where `PATCH` sends one.
    """

    actor: Actor | None
    ids: Sequence[object] = ()
    query: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    objects: Sequence[str] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    is_fresh: bool = False
    body: bytes = b""


@dataclass(frozen=True)
class Door:
    """`status` None: any below 400. `strangers` None: the usual ones of the surface.

    `points_to` are kinds of identifiers that stand on the page as the address of a link and say
    nothing else; everything else that is shown must be named by an entry.
    """

    call: Callable[[World], Call]
    leaves: tuple[Act, ...] = ()
    none: str = ""
    status: int | None = None
    strangers: tuple[str, ...] | None = None
    points_to: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.leaves) == bool(self.none):
            raise ValueError("a door says which acts it leaves, or why none")


Doors = Mapping[str, Door]
