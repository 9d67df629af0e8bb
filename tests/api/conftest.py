"""A machine reporter with a key, and the client that speaks with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from crosslight.core.vocabulary.people import ActorKind, Role
from crosslight.partnerships import services
from tests.factories import CONSOLE, LEGAL_BASIS, World, a_year_from_now


@dataclass
class Machine:
    """Speaks JSON with one bearer key."""

    secret: str
    user_id: str
    credential_id: str

    def get(self, path: str, **headers: str):
        return Client(headers=self._headers(headers)).get(f"/api/v1{path}")

    def post(self, path: str, body: object, **headers: str):
        return Client(headers=self._headers(headers)).post(
            f"/api/v1{path}",
            body if isinstance(body, bytes) else json.dumps(body),
            content_type="application/json",
        )

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}", **more}


MakeMachine = Callable[..., Machine]


@pytest.fixture
def make_machine(world: World) -> MakeMachine:
    def make(
        *roles: Role,
        organisation=world.shelter,
        unit=None,
        scopes=("contributions", "entities", "matches", "ledger"),
        valid_until=None,
    ) -> Machine:
        name = f"robot-{organisation.pk}-{'-'.join(roles)}"
        user = services.add_person(
            actor=CONSOLE, email=f"{name}@example.org", name=name, kind=ActorKind.MACHINE
        )
        for role in roles:
            services.grant_mandate(
                actor=CONSOLE,
                user=user,
                role=role,
                organisation=organisation,
                unit=unit,
                legal_basis=LEGAL_BASIS,
                valid_until=valid_until or a_year_from_now(),
            )
        made = services.create_api_key(actor=CONSOLE, user=user, label="test", scopes=scopes)
        return Machine(made.secret, user.pk, made.credential.pk)

    return make


@pytest.fixture
def reporter(make_machine: MakeMachine) -> Machine:
    return make_machine(Role.REPORTER)
