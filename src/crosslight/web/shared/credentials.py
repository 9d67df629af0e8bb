"""Passwords and second factors that people change themselves: each change is on record.

allauth tells of some changes only after the commit, when an entry could be lost. So what the person
holds is compared before and after, and the entry is written in the transaction of the change.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpResponseBase

from crosslight.accounts.models import User
from crosslight.accounts.selectors import Factors, factors_of
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.web.shared.access import ScreenRequest, View


@dataclass(frozen=True, slots=True)
class _Held:
    """What signs the person in; `password` is its hash."""

    password: str
    factors: Factors


def recorded(view: View) -> Callable[..., HttpResponseBase]:
    """The view in one act, with an entry for each thing that it changed."""

    @functools.wraps(view)
    def acting(request: ScreenRequest, /, *arguments: object, **named: object) -> HttpResponseBase:
        with act():
            before = _held_by(request.user)
            response = view(request, *arguments, **named)
            for kind in _changes(before, _held_by(request.user)):
                record(actor=request.actor, act=kind, objects=[request.actor.id])
        return response

    return acting


def _held_by(user: User) -> _Held:
    return _Held(user.password, factors_of(user))


def _changes(before: _Held, after: _Held) -> Iterator[Act]:
    if before.password != after.password:
        yield Act.PASSWORD_SET
    if after.factors.apps - before.factors.apps:
        yield Act.FACTOR_ADDED
    if before.factors.apps - after.factors.apps:
        yield Act.FACTOR_REMOVED
    if after.factors.codes - before.factors.codes:
        yield Act.FACTOR_CODES_MADE
