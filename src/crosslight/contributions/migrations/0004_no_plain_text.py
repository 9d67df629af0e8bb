"""The plain columns go; SQLite overwrites what they held (secure_delete)."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contributions", "0003_seal_what_there_is")]
    operations = [
        migrations.RemoveField(model_name="contribution", name="content_plain"),
        migrations.RemoveField(model_name="contribution", name="format_errors_plain"),
        migrations.RemoveField(model_name="contributionversion", name="content_plain"),
        migrations.RemoveField(model_name="question", name="answer_plain"),
        migrations.RemoveField(model_name="question", name="note_plain"),
    ]
