"""Seals what the desk wrote of contributions, each text with its contribution's own key."""

from __future__ import annotations

from typing import Any

from django.db import migrations

_TEXTS = {
    "Validation": ("legality_note", "purpose"),
    "Prioritisation": ("reasons", "deviation_reason"),
    "Drop": ("reason",),
    "IntelligenceInput": ("title", "body", "identifiers", "assessment"),
}


def seal(apps: Any, _schema_editor: Any) -> None:
    for name, fields in _TEXTS.items():
        for row in apps.get_model("review", name).objects.select_related("contribution").iterator():
            is_erased = row.contribution.erased_at is not None
            for field in fields:
                if not is_erased:
                    setattr(row, field, getattr(row, f"{field}_plain"))
            row.save()


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0002_sealed"),
        ("contributions", "0003_seal_what_there_is"),
    ]
    operations = [migrations.RunPython(seal)]
