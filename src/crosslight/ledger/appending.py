"""Growing the ledger: entries to the end of the present year's shard, and a new shard each year.

Whoever calls has drafted entries; here they get their number, their time and their place in the
tree. However many come at once, the head moves once and is signed once.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection
from django.db.transaction import TransactionManagementError

from crosslight.core.evidence import canonical
from crosslight.core.evidence.canonical import JSON
from crosslight.core.evidence.checkpoint import Checkpoint, sign_checkpoint
from crosslight.core.evidence.entry import Entry, Opening, commitment, timestamp
from crosslight.core.evidence.merkle import Frontier, Growth, leaf_hash, root_of
from crosslight.core.evidence.rotation import deployment
from crosslight.core.evidence.tiles import WIDTH
from crosslight.foundation import clock
from crosslight.foundation.identifiers import new_id
from crosslight.foundation.transactions import lock_ledger
from crosslight.ledger.acts import Act
from crosslight.ledger.keys import ensure_key, key_of
from crosslight.ledger.models import (
    LedgerEntry,
    LedgerHead,
    LedgerObject,
    LedgerPayload,
    LedgerTile,
)
from crosslight.ledger.selectors import head_or_none, leaf_hashes, signed_by

Draft = tuple[Entry, Mapping[str, JSON] | None]

_PAYLOAD_KEY_BYTES = 32
# Rows in one statement; the databases' own limits are far above.
_ROWS = 500
_LEDGER = "system:ledger"
_INSERT_ENTRY = (
    f"INSERT INTO {LedgerEntry._meta.db_table} "  # noqa: S608  our own table
    '("index", body, leaf_hash, act, actor_id) VALUES (%s, %s, %s, %s, %s)'
)
_INSERT_OBJECT = (
    f"INSERT INTO {LedgerObject._meta.db_table} (object_id, entry_index) "  # noqa: S608
    "VALUES (%s, %s)"
)


def append(drafts: Sequence[Draft]) -> int:
    """Put the drafts at the end in their order and return the number of the first.

    A draft is an entry without id and time, and the content that it commits to, if any.
    """
    head, key = growing_shard()
    index = head.end
    write(head, drafts, key=key)
    return index


def growing_shard() -> tuple[LedgerHead, Ed25519PrivateKey]:
    """The shard of this year, ready to grow, and its key. Nobody else writes until the commit."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("The ledger records only inside the act's transaction.")
    lock_ledger()
    now = timestamp(clock.now())
    head = head_or_none()
    if head is None:
        return _opened(LedgerHead(year=int(now[:4]), start=0), key=ensure_key(), last_at=now)
    key = key_of(head.origin, head.note)
    # A clock that is behind does not reopen a year: time never runs backwards here.
    if int(now[:4]) > head.year and now > head.last_at:
        return _turned(head, key=key, now=now)
    return head, key


def _turned(
    head: LedgerHead, *, key: Ed25519PrivateKey, now: str
) -> tuple[LedgerHead, Ed25519PrivateKey]:
    """Close the shard of a past year and open this year's on its last root, within one act.

    Both are committed with the act that came first this year: there is no moment without a shard
    to write to, and none with two.
    """
    write(head, [(_own(Act.LOG_CLOSED), None)], key=key)
    following = LedgerHead(year=int(now[:4]), start=head.end)
    return _opened(following, key=key, last_at=head.last_at, before=head)


def _opened(
    head: LedgerHead, *, key: Ed25519PrivateKey, last_at: str, before: LedgerHead | None = None
) -> tuple[LedgerHead, Ed25519PrivateKey]:
    """The first entry of a shard names it, and the shard that it continues."""
    name = settings.LEDGER_ORIGIN if before is None else deployment(before.origin)
    head.origin = f"{name}/audit/{head.year:04d}"
    head.size, head.frontier, head.last_at = 0, b"", last_at
    opening = Opening(origin=head.origin)
    if before is not None:
        opening = Opening(
            origin=head.origin,
            previous_origin=before.origin,
            previous_size=before.size,
            previous_root=signed_by(before).root.hex(),
        )
    write(head, [(replace(_own(Act.LOG_OPENED), opening=opening), None)], key=key)
    return head, key


def _own(act: Act) -> Entry:
    """What the ledger records about itself has no session, and no release of a caller."""
    return Entry(id="", at="", act=act, actor=_LEDGER)


@dataclass
class _Rows:
    """Entries and objects go in without objects of models in between: half the time of it all."""

    entries: list[tuple[int, bytes, bytes, str, str]] = field(default_factory=list)
    objects: list[tuple[str, int]] = field(default_factory=list)
    payloads: list[LedgerPayload] = field(default_factory=list)

    def save(self) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT_ENTRY, self.entries)
            if self.objects:
                cursor.executemany(_INSERT_OBJECT, self.objects)
        if self.payloads:
            LedgerPayload.objects.bulk_create(self.payloads, batch_size=_ROWS)


def write(head: LedgerHead, drafts: Iterable[Draft], *, key: Ed25519PrivateKey) -> None:
    """Leaves first, the head after them. Time never runs backwards, whatever the clock says."""
    moment = max(timestamp(clock.now()), head.last_at)
    rows = _Rows()
    leaves = [
        _add(rows, index, (replace(entry, id=new_id("led"), at=moment), payload))
        for index, (entry, payload) in enumerate(drafts, start=head.end)
    ]
    rows.save()
    _close_tiles(head, leaves)
    _advance(head, leaves, at=moment, key=key)


def _add(rows: _Rows, index: int, draft: Draft) -> bytes:
    """The hash of the entry's bytes, which take in what binds it to its content."""
    entry, payload = draft
    if payload is not None:
        secret, content = secrets.token_bytes(_PAYLOAD_KEY_BYTES), canonical.encode(payload)
        entry = replace(entry, commitment=commitment(key=secret, payload=content))
        rows.payloads.append(LedgerPayload(index=index, key=secret, body=content))
    body = entry.to_bytes()
    leaf = leaf_hash(body)
    rows.entries.append((index, body, leaf, entry.act.value, entry.actor))
    rows.objects += [(name, index) for name in entry.objects]
    return leaf


def _advance(head: LedgerHead, leaves: Sequence[bytes], *, at: str, key: Ed25519PrivateKey) -> None:
    growth = Growth(Frontier.from_bytes(size=head.size, data=bytes(head.frontier)))
    for leaf in leaves:
        growth.push(leaf)
    frontier = growth.frontier
    signed = sign_checkpoint(Checkpoint(head.origin, frontier.size, frontier.root), key=key)
    is_new = head.size == 0
    head.size, head.frontier = frontier.size, frontier.to_bytes()
    head.last_at, head.note = at, signed.note
    head.save(force_insert=is_new, force_update=not is_new)


def _close_tiles(head: LedgerHead, leaves: Sequence[bytes]) -> None:
    """The roots of the tiles that `leaves` fill; the first one may have begun before them."""
    begun = head.size % WIDTH
    if begun + len(leaves) < WIDTH:
        return
    start = head.end - begun
    # Asked by place, not up to the end: the rows of `leaves` are there by now.
    hashes = [*leaf_hashes(start, start + begun), *leaves]
    LedgerTile.objects.bulk_create(
        LedgerTile(
            start=start + number * WIDTH,
            root=root_of(hashes[number * WIDTH : (number + 1) * WIDTH]),
        )
        for number in range(len(hashes) // WIDTH)
    )
