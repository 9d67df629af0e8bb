"""A deployment of the release before yearly shards is upgraded: run in a process of its own."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, connection  # noqa: E402

from crosslight.core.evidence.checkpoint import Checkpoint, sign_checkpoint  # noqa: E402
from crosslight.core.evidence.entry import Opening, parse_entry  # noqa: E402
from crosslight.core.evidence.merkle import Frontier, leaf_hash, root_of  # noqa: E402
from crosslight.foundation import clock  # noqa: E402
from crosslight.ledger.keys import ensure_key  # noqa: E402
from tests.core.evidence.ledgers import an_entry, an_opening  # noqa: E402

SIZE = 600
ORIGIN = "crosslight.example/audit/{}"


def main() -> None:
    call_command("migrate", "ledger", "0003", verbosity=0)
    year = clock.now().year - 1
    _fill(ORIGIN.format(year), year)
    call_command("migrate", verbosity=0)
    from crosslight.ledger.services import receipt, verify_database
    from tests.ledger.acts import record_one

    before = verify_database()
    index = record_one()
    after = verify_database()
    found = {
        "before": [before.first_fault, before.entries, before.checkpoints, before.shards],
        "after": [after.first_fault, after.entries, after.shards],
        "index": index,
        "receipt": receipt(300).index,
        "refused": [_is_refused(statement) for statement in _FORBIDDEN],
    }
    sys.stdout.write(json.dumps(found))


def _fill(origin: str, year: int) -> None:
    """Rows as the release before wrote them, its triggers in place."""
    opening = an_opening(opening=Opening(origin=origin)).to_bytes()
    bodies = [opening, *(an_entry(number).to_bytes() for number in range(1, SIZE))]
    bodies = [body.replace(b'"ts":"2026', f'"ts":"{year}'.encode()) for body in bodies]
    leaves = [leaf_hash(body) for body in bodies]
    frontier = Frontier()
    for leaf in leaves:
        frontier = frontier.push(leaf)
    notes = {
        size: sign_checkpoint(
            Checkpoint(origin, size, root_of(leaves[:size])), key=ensure_key()
        ).note
        for size in (300, SIZE)
    }
    last_at = parse_entry(bodies[-1]).at
    with connection.cursor() as cursor:
        for index, (body, leaf) in enumerate(zip(bodies, leaves, strict=True)):
            entry = parse_entry(body)
            cursor.execute(
                'INSERT INTO ledger_ledgerentry ("index", body, leaf_hash, act, actor_id) '
                "VALUES (%s, %s, %s, %s, %s)",
                [index, body, leaf, entry.act.value, entry.actor],
            )
            for name in entry.objects:
                cursor.execute(
                    "INSERT INTO ledger_ledgerobject (object_id, entry_index) VALUES (%s, %s)",
                    [name, index],
                )
        for number in range(SIZE // 256):
            root = root_of(leaves[number * 256 : number * 256 + 256])
            cursor.execute(
                "INSERT INTO ledger_ledgertile (number, root) VALUES (%s, %s)", [number, root]
            )
        cursor.execute(
            "INSERT INTO ledger_ledgercheckpoint (size, note) VALUES (300, %s)", [notes[300]]
        )
        cursor.execute(
            "INSERT INTO ledger_ledgerhead (id, origin, size, frontier, last_at, note) "
            "VALUES (1, %s, %s, %s, %s, %s)",
            [origin, SIZE, frontier.to_bytes(), last_at, notes[SIZE]],
        )


_FORBIDDEN = (
    'DELETE FROM ledger_ledgerentry WHERE "index" = 5',
    "DELETE FROM ledger_ledgerobject",
    "DELETE FROM ledger_ledgertile",
    "UPDATE ledger_ledgertile SET start = start + 1",
    "DELETE FROM ledger_ledgercheckpoint",
    "UPDATE ledger_ledgerhead SET size = size",
    "DELETE FROM ledger_ledgerhead",
    "UPDATE ledger_ledgerentry SET act = ''",
)


def _is_refused(statement: str) -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


if __name__ == "__main__":
    main()
