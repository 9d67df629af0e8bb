from __future__ import annotations

from dataclasses import dataclass

from crosslight.core.vocabulary.coordination import Route


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may know of the object: frozen, read under the row's lock by the service.

    `unit_ids` are the units that own it or are party to it, `countries` those units' countries;
    `country` is the remit of the desk that received it. `is_restricted`: set aside (LED 16(3)).
    `is_handed_in`: its contributor has sent it, so that it is no longer a draft.
    """

    state: str = ""
    author_id: str | None = None
    organisation_id: str | None = None
    country: str | None = None
    unit_ids: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    recipient_unit_ids: frozenset[str] = frozenset()
    giver_unit_id: str | None = None
    receiver_unit_id: str | None = None
    route: Route | None = None
    is_restricted: bool = False
    is_handed_in: bool = False


NO_OBJECT = Facts()
