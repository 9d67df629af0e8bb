"""What SQLite leaves behind: deleted bytes are zeroed in the file, but the journal keeps pages."""

from __future__ import annotations

from django.db import connections


def wipe_journal(alias: str) -> bool:
    """Write the journal back into the database and cut it off; whether it could be done now.

    Not inside a transaction, and not while another process reads: the next sweep tries again. The
    databases are opened with secure_delete, so the file itself holds no deleted byte. Other
    databases than SQLite have their own ways (vacuum, their log's retention).
    """
    connection = connections[alias]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = cursor.fetchone()
    return row is not None and row[0] == 0
