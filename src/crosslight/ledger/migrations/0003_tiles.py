from __future__ import annotations

from django.db import migrations, models

TABLE = "ledger_ledgertile"
SQLITE_REFUSAL = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""
POSTGRESQL_REFUSAL = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()
"""


def protect(apps, schema_editor) -> None:
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    refusal = POSTGRESQL_REFUSAL if is_postgresql else SQLITE_REFUSAL
    for event in ("UPDATE", "DELETE", *(("TRUNCATE",) if is_postgresql else ())):
        schema_editor.execute(refusal.format(table=TABLE, event=event))


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="LedgerTile",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("root", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.RunPython(protect),
    ]
