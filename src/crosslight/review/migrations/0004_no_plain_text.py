"""The plain columns go; SQLite overwrites what they held (secure_delete)."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("review", "0003_seal_what_there_is")]
    operations = [
        migrations.RemoveField(model_name="validation", name="legality_note_plain"),
        migrations.RemoveField(model_name="validation", name="purpose_plain"),
        migrations.RemoveField(model_name="prioritisation", name="reasons_plain"),
        migrations.RemoveField(model_name="prioritisation", name="deviation_reason_plain"),
        migrations.RemoveField(model_name="drop", name="reason_plain"),
        migrations.RemoveField(model_name="intelligenceinput", name="title_plain"),
        migrations.RemoveField(model_name="intelligenceinput", name="body_plain"),
        migrations.RemoveField(model_name="intelligenceinput", name="identifiers_plain"),
        migrations.RemoveField(model_name="intelligenceinput", name="assessment_plain"),
    ]
