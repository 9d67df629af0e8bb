"""The tables refuse to forget: what is written stays, the head only grows.

These triggers stop mistakes and the application's own account. Whoever owns the database can drop
them; that is what the signed roots are for. Payload rows may be deleted (erasure), never changed.
"""

from __future__ import annotations

from django.db import migrations

KEPT_TABLES = ("ledger_ledgerentry", "ledger_ledgerobject", "ledger_ledgercheckpoint")
HEAD_TABLE = "ledger_ledgerhead"
PAYLOAD_TABLE = "ledger_ledgerpayload"

REFUSALS = (
    *((table, event) for table in KEPT_TABLES for event in ("UPDATE", "DELETE")),
    (HEAD_TABLE, "DELETE"),
    (PAYLOAD_TABLE, "UPDATE"),
)
UNTRUNCATED_TABLES = (*KEPT_TABLES, HEAD_TABLE)

SQLITE_REFUSAL = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""
SQLITE_GROWTH = """
CREATE TRIGGER {table}_grows BEFORE UPDATE ON {table} WHEN NEW.size <= OLD.size
BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRESQL_REFUSAL = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()
"""
POSTGRESQL_GROWTH = """
CREATE TRIGGER {table}_grows BEFORE UPDATE ON {table}
FOR EACH ROW WHEN (NEW.size <= OLD.size) EXECUTE FUNCTION ledger_refuse()
"""


def protect(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        _protect_on_postgresql(schema_editor)
    else:
        _protect_on_sqlite(schema_editor)


def _protect_on_sqlite(schema_editor) -> None:
    for table, event in REFUSALS:
        schema_editor.execute(SQLITE_REFUSAL.format(table=table, event=event))
    schema_editor.execute(SQLITE_GROWTH.format(table=HEAD_TABLE))


def _protect_on_postgresql(schema_editor) -> None:
    schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
    for table, event in (*REFUSALS, *((table, "TRUNCATE") for table in UNTRUNCATED_TABLES)):
        schema_editor.execute(POSTGRESQL_REFUSAL.format(table=table, event=event))
    schema_editor.execute(POSTGRESQL_GROWTH.format(table=HEAD_TABLE))


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    # A record that could be made forgetful by migrating backwards would be none.
    operations = [migrations.RunPython(protect)]
