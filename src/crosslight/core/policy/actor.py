from __future__ import annotations

from dataclasses import dataclass, field

from crosslight.core.vocabulary.contributors import ContributorKind
from crosslight.core.vocabulary.people import ActorKind, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts, as the mandates of this moment make them.

    `roles` come from mandates in force; `expired_roles` only explain a refusal. `session` is a
    hash that ties the acts of one sign-in together in the ledger, never the session key itself.
    """

    id: str
    kind: ActorKind = ActorKind.PERSON
    roles: frozenset[Role] = frozenset()
    expired_roles: frozenset[Role] = field(default=frozenset())
    organisation_id: str | None = None
    unit_id: str | None = None
    country: str | None = None
    contributor_kind: ContributorKind | None = None
    has_mfa: bool = False
    session: str = ""

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


def system_actor(name: str, *roles: Role) -> Actor:
    """The product itself, or its operator at the console: `system:clocks`, `system:console`."""
    return Actor(id=f"system:{name}", kind=ActorKind.SYSTEM, roles=frozenset(roles))
