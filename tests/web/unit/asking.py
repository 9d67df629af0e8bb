"""Asking the screens of units as one of the world's people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.test import Client
from django.urls import reverse

from crosslight.core.policy import Actor
from tests.web.signed_in import browser_of

HIDDEN_MATCH = "mat_" + "0" * 26


def get(actor: Actor, name: str, *ids: str, query: str = "", browser: Client | None = None) -> Any:
    address = reverse(f"unit:{name}", args=ids) + query
    return (browser or browser_of(actor)).get(address)


def post(actor: Actor, name: str, *ids: str, **data: Any) -> Any:
    return browser_of(actor).post(reverse(f"unit:{name}", args=ids), data)


def page(actor: Actor, name: str, *ids: str) -> str:
    """The text of a page that has to open."""
    response = get(actor, name, *ids)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def body(response: Any) -> str:
    return response.content.decode()


def in_three(name: str, day: str) -> Mapping[str, str]:
    """A date as its three boxes."""
    year, month, number = day.split("-")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}
