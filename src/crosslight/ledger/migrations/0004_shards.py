"""One shard a year. A ledger of one piece becomes the first shard, under the year in its name.

Heads, tiles and checkpoints move to tables of another form, under triggers that know of retired
years; entries, objects and payloads stay where they are, and no number changes.
"""

from __future__ import annotations

from django.db import migrations, models

WIDTH = 256
MOVED = {"LedgerHead": "ledger_ledgerhead", "LedgerTile": "ledger_ledgertile",
         "LedgerCheckpoint": "ledger_ledgercheckpoint"}
# Deleted with their year only; the column holds the number of an entry.
BY_YEAR = (("ledger_ledgerentry", "index"), ("ledger_ledgerobject", "entry_index"),
           ("ledger_ledgertile", "start"))
KEPT = ("ledger_ledgercheckpoint", "ledger_ledgerstamp", "ledger_ledgercosignature",
        "ledger_ledgertombstone")
HEAD = "ledger_ledgerhead"
TOMBSTONE = "ledger_ledgertombstone"

RETIRED = """EXISTS (SELECT 1 FROM ledger_ledgertombstone t JOIN ledger_ledgerhead h ON h.year = t.year
    WHERE {number} >= h.start AND {number} < h.start + h.size)"""
NEEDED = """EXISTS (SELECT 1 FROM ledger_ledgerhold WHERE year = NEW.year)
    OR NOT EXISTS (SELECT 1 FROM ledger_ledgerhead WHERE year > NEW.year)"""

SQLITE_REFUSAL = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table} {when}
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""
SQLITE_GROWTH = """
CREATE TRIGGER {table}_grows BEFORE UPDATE ON {table} WHEN NEW.size <= OLD.size
    OR NEW.year <> OLD.year OR NEW.start <> OLD.start OR NEW.origin <> OLD.origin
    OR EXISTS (SELECT 1 FROM ledger_ledgerhead WHERE year > OLD.year)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END
"""
SQLITE_TOMBSTONE = """
CREATE TRIGGER {table}_needed BEFORE INSERT ON {table} WHEN {needed}
BEGIN SELECT RAISE(ABORT, 'this year is held or still open'); END
"""
POSTGRESQL_REFUSAL = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()
"""
POSTGRESQL_GROWTH_FUNCTION = """
CREATE FUNCTION ledger_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.size <= OLD.size OR NEW.year <> OLD.year OR NEW.start <> OLD.start
        OR NEW.origin <> OLD.origin
        OR EXISTS (SELECT 1 FROM ledger_ledgerhead WHERE year > OLD.year) THEN
        RAISE EXCEPTION 'the ledger only grows' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
POSTGRESQL_GROWTH = """
CREATE TRIGGER {table}_grows BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION ledger_grows()
"""
POSTGRESQL_YEAR_FUNCTION = """
CREATE FUNCTION ledger_refuse_unless_retired() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE number bigint := (to_jsonb(OLD) ->> TG_ARGV[0])::bigint;
BEGIN
    IF NOT {retired} THEN
        RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$
"""
POSTGRESQL_YEAR = """
CREATE TRIGGER {table}_no_DELETE BEFORE DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION ledger_refuse_unless_retired('{column}')
"""
POSTGRESQL_TOMBSTONE_FUNCTION = """
CREATE FUNCTION ledger_needed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {needed} THEN
        RAISE EXCEPTION 'this year is held or still open'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
POSTGRESQL_TOMBSTONE = """
CREATE TRIGGER {table}_needed BEFORE INSERT ON {table}
FOR EACH ROW EXECUTE FUNCTION ledger_needed()
"""


def is_postgresql(schema_editor) -> bool:
    return schema_editor.connection.vendor == "postgresql"


def unprotect(apps, schema_editor) -> None:
    """The triggers of the tables that move, and those that refuse to delete even a retired year."""
    names = [(table, f"{table}_no_{event}") for table in MOVED.values()
             for event in ("UPDATE", "DELETE", "TRUNCATE")]
    names += [(HEAD, f"{HEAD}_grows")]
    names += [(table, f"{table}_no_DELETE") for table, _ in BY_YEAR[:2]]
    for table, trigger in names:
        on = f" ON {table}" if is_postgresql(schema_editor) else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger}{on}")


def move(apps, schema_editor) -> None:
    head = apps.get_model("ledger", "OldHead").objects.first()
    if head is None:
        return
    year = int(head.origin[-4:])
    apps.get_model("ledger", "LedgerHead").objects.create(
        year=year, origin=head.origin, start=0, size=head.size, frontier=head.frontier,
        last_at=head.last_at, note=head.note)
    Tile = apps.get_model("ledger", "LedgerTile")
    Tile.objects.bulk_create(
        (Tile(start=tile.number * WIDTH, root=tile.root)
         for tile in apps.get_model("ledger", "OldTile").objects.iterator()), batch_size=1000)
    Checkpoint = apps.get_model("ledger", "LedgerCheckpoint")
    Checkpoint.objects.bulk_create(
        (Checkpoint(year=year, size=old.size, note=old.note)
         for old in apps.get_model("ledger", "OldCheckpoint").objects.iterator()), batch_size=1000)


def protect(apps, schema_editor) -> None:
    if is_postgresql(schema_editor):
        _protect_on_postgresql(schema_editor)
    else:
        _protect_on_sqlite(schema_editor)


def _protect_on_sqlite(schema_editor) -> None:
    def refuse(table: str, event: str, when: str = "") -> None:
        schema_editor.execute(SQLITE_REFUSAL.format(table=table, event=event, when=when))

    for table, column in BY_YEAR:
        retired = RETIRED.format(number=f'OLD."{column}"')
        refuse(table, "DELETE", f"WHEN NOT {retired}")
    refuse("ledger_ledgertile", "UPDATE")
    refuse(HEAD, "DELETE")
    for table in KEPT:
        refuse(table, "UPDATE")
        refuse(table, "DELETE")
    schema_editor.execute(SQLITE_GROWTH.format(table=HEAD))
    schema_editor.execute(SQLITE_TOMBSTONE.format(table=TOMBSTONE, needed=NEEDED))


def _protect_on_postgresql(schema_editor) -> None:
    def execute(statement: str) -> None:
        schema_editor.execute(statement, params=None)

    execute(POSTGRESQL_YEAR_FUNCTION.format(retired=RETIRED.format(number="number")))
    execute(POSTGRESQL_GROWTH_FUNCTION)
    execute(POSTGRESQL_TOMBSTONE_FUNCTION.format(needed=NEEDED))
    for table, column in BY_YEAR:
        execute(POSTGRESQL_YEAR.format(table=table, column=column))
    refused = [("ledger_ledgertile", "UPDATE"), (HEAD, "DELETE")]
    refused += [(table, event) for table in KEPT for event in ("UPDATE", "DELETE")]
    refused += [(table, "TRUNCATE") for table in ("ledger_ledgertile", HEAD, *KEPT)]
    for table, event in refused:
        execute(POSTGRESQL_REFUSAL.format(table=table, event=event))
    execute(POSTGRESQL_GROWTH.format(table=HEAD))
    execute(POSTGRESQL_TOMBSTONE.format(table=TOMBSTONE))


YEAR = models.PositiveSmallIntegerField()
SIZE = models.PositiveBigIntegerField()


def number_of_row() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_tiles")]
    operations = [
        migrations.RunPython(unprotect),
        migrations.RenameModel("LedgerHead", "OldHead"),
        migrations.RenameModel("LedgerTile", "OldTile"),
        migrations.RenameModel("LedgerCheckpoint", "OldCheckpoint"),
        migrations.CreateModel(
            name="LedgerHead",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("origin", models.CharField(max_length=120, unique=True)),
                ("start", models.PositiveBigIntegerField()),
                ("size", models.PositiveBigIntegerField()),
                ("frontier", models.BinaryField()),
                ("last_at", models.CharField(max_length=27)),
                ("note", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="LedgerTile",
            fields=[
                ("start", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("root", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="LedgerCheckpoint",
            fields=[
                ("id", number_of_row()),
                ("year", YEAR.clone()),
                ("size", SIZE.clone()),
                ("note", models.TextField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(
                    fields=("year", "size"), name="ledger_checkpoint_of_a_size")],
            },
        ),
        migrations.CreateModel(
            name="LedgerStamp",
            fields=[
                ("id", number_of_row()),
                ("year", YEAR.clone()),
                ("size", SIZE.clone()),
                ("response", models.BinaryField()),
                ("stamped_at", models.DateTimeField()),
                ("leaf", models.CharField(max_length=64)),
                ("root", models.TextField()),
                ("policy", models.CharField(max_length=100)),
            ],
            options={
                "constraints": [models.UniqueConstraint(
                    fields=("year", "size"), name="ledger_stamp_of_a_size")],
            },
        ),
        migrations.CreateModel(
            name="LedgerCosignature",
            fields=[
                ("id", number_of_row()),
                ("year", YEAR.clone()),
                ("size", SIZE.clone()),
                ("vkey", models.CharField(max_length=300)),
                ("line", models.TextField()),
                ("cosigned_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(
                    fields=("year", "size", "vkey"), name="ledger_cosignature_of_a_witness")],
            },
        ),
        migrations.CreateModel(
            name="LedgerHold",
            fields=[
                ("id", number_of_row()),
                ("year", YEAR.clone()),
                ("reference", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [models.UniqueConstraint(
                    fields=("year", "reference"), name="ledger_hold_once")],
            },
        ),
        migrations.CreateModel(
            name="LedgerTombstone",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("retired_at", models.DateTimeField()),
                ("first_key", models.CharField(max_length=300)),
            ],
        ),
        migrations.RunPython(move),
        migrations.DeleteModel("OldHead"),
        migrations.DeleteModel("OldTile"),
        migrations.DeleteModel("OldCheckpoint"),
        migrations.RunPython(protect),
    ]
