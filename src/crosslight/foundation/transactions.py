"""Transactions: one act, one commit; the ledger's writers in single file on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, local

from django.db import connection, transaction

# SQLite's waiters poll and starve each other, so threads queue here first.
_ONE_WRITER = Lock()
# What is to follow the commit of this thread's present act.
_THREAD = local()
# Any constant: names the one lock that orders the ledger's writers on PostgreSQL.
LEDGER_LOCK = 0x43524F53534C4754


@contextmanager
def act() -> Iterator[None]:
    """One act of one actor. Nested calls join the outer act, so a service may call a service."""
    with _in_single_file(), transaction.atomic():
        yield
    _do_what_follows()


@contextmanager
def sole_act() -> Iterator[None]:
    """An act that touches rows of several units: the ledger's lock comes first.

    Units enter and answer at the same time. With one order of locks (ledger, then rows) they can
    neither block each other for ever nor miss each other's new rows when they match.
    """
    with _in_single_file(), transaction.atomic():
        lock_ledger()
        yield
    _do_what_follows()


@contextmanager
def own_act() -> Iterator[None]:
    """An act that must commit by itself, such as the record of a refusal after its rollback."""
    with _in_single_file(), transaction.atomic(durable=True):
        yield
    _do_what_follows()


def after_act(do: Callable[[], object]) -> None:
    """Call `do` once the outermost act is committed, and may be an act itself; never if it is not.

    Django's own `on_commit` comes while this thread still counts as the one writer.
    """
    transaction.on_commit(lambda: _following().append(do))


def _do_what_follows() -> None:
    if connection.in_atomic_block:
        return
    following = _following()
    while following:
        following.pop(0)()


def _following() -> list[Callable[[], object]]:
    if not hasattr(_THREAD, "following"):
        _THREAD.following = []
    return _THREAD.following  # type: ignore[no-any-return]  # a local has no types


def lock_ledger() -> None:
    """Wait for the ledger's head until this transaction ends.

    SQLite has one writer by nature (IMMEDIATE); PostgreSQL needs an advisory lock, for without it
    168 of 240 links broke under four writers.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LEDGER_LOCK])


@contextmanager
def _in_single_file() -> Iterator[None]:
    """One writing thread of this process at a time on SQLite, which has one writer anyway."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with _ONE_WRITER:
        yield
