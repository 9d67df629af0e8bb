"""What every operation declares and shares: its rule, its key's scope, repetition without harm."""

from __future__ import annotations

import functools
import hashlib
import inspect
from collections.abc import Callable
from typing import Any, ParamSpec

from django.http import HttpRequest
from ninja import Status
from ninja.security import HttpBearer

from crosslight.accounts import selectors as accounts
from crosslight.accounts.models import ApiCredential
from crosslight.accounts.services import (
    keep_answer,
    note_use,
)
from crosslight.api.problems import IdempotencyClash, KeyRefused, ScopeMissing
from crosslight.core.policy import Actor, Rule
from crosslight.core.vocabulary.people import ActorKind
from crosslight.foundation.errors import InputError, NotFoundOrHidden
from crosslight.foundation.transactions import act, lock_ledger
from crosslight.ledger.services import record_refusal
from crosslight.partnerships.selectors import actor_of

P = ParamSpec("P")
LONGEST_KEY = 100


class ApiRequest(HttpRequest):
    """The request once its key was accepted."""

    actor: Actor
    credential: ApiCredential


class BearerKey(HttpBearer):
    """A machine's key makes the actor; cookies never do."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        credential = accounts.credential_of(token)
        if credential is None:
            _record_dead_key(token)
            return None
        note_use(credential)
        actor = actor_of(credential.user, has_mfa=False, session=credential.pk)
        request.actor = actor  # type: ignore[attr-defined]
        request.credential = credential  # type: ignore[attr-defined]
        return actor


def _record_dead_key(token: str) -> None:
    """A key that is over is somebody's; of a key that never was there is nothing to record."""
    credential = accounts.known_credential(token)
    if credential is not None:
        record_refusal(
            actor=Actor(id=credential.user_id, kind=ActorKind.MACHINE),
            action="api.authenticate",
            objects=[credential.pk],
            code=KeyRefused.code,
        )


def operation(rule: Rule, *, scope: str) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """Declare the rule and the scope of an operation; without both it does not open.

    A role that the rule never names is told that there is nothing here, as on the screens.
    """

    def declare(view: Callable[P, Any]) -> Callable[P, Any]:
        @functools.wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:  # noqa: ANN401  ninja reads the wrapped signature
            request: Any = args[0]
            request.declared_action = rule.name
            if scope not in request.credential.scopes:
                raise ScopeMissing
            if request.actor.roles.isdisjoint(rule.roles) and not request.actor.expired_roles:
                raise NotFoundOrHidden
            return view(*args, **kwargs)

        guarded.action = rule  # type: ignore[attr-defined]
        # ninja would look the annotations up in this module, not in the view's.
        guarded.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
        return guarded

    return declare


def repeatable(view: Callable[P, Any]) -> Callable[P, Any]:
    """A POST with an Idempotency-Key is done once; its repetition gets the first answer again.

    The answer is kept in the transaction of the act: either both exist or neither. So what is
    another's, or can be taken back, has no place in an answer of such a view.
    """

    @functools.wraps(view)
    def once(*args: P.args, **kwargs: P.kwargs) -> Any:  # noqa: ANN401  as `operation`
        request: Any = args[0]
        key = request.headers.get("Idempotency-Key")
        if not key:
            return view(*args, **kwargs)
        if len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
            raise InputError("The Idempotency-Key is too long or not plain text.", code="I-410")
        request_hash = _hash_of(request)
        with act():
            # In single file, so that a repetition that comes at once finds the first answer.
            lock_ledger()
            kept = accounts.kept_answer(user=request.credential.user, key=key)
            if kept is None:
                status, answer = _plain(view(*args, **kwargs))
                keep_answer(
                    user=request.credential.user,
                    key=key,
                    request_hash=request_hash,
                    status=status,
                    answer=answer or {},
                )
                return Status(status, answer)
        if kept.request_hash != request_hash:
            raise IdempotencyClash
        return Status(kept.status, kept.answer or None)

    return once


def _hash_of(request: HttpRequest) -> str:
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    digest.update(request.body)
    return digest.hexdigest()


def _plain(result: Any) -> tuple[int, dict[str, Any] | None]:  # noqa: ANN401  what a view may return
    status, value = (
        (result.status_code, result.value) if isinstance(result, Status) else (200, result)
    )
    return status, value.model_dump(mode="json") if hasattr(value, "model_dump") else value
