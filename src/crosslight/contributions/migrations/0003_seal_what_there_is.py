"""Seals the texts of contributions that were stored plain, each with its contribution's own key."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from crosslight.foundation.sealing.blind_index import index_of
from crosslight.foundation.sealing.purposes import Purpose


def seal(apps: Any, _schema_editor: Any) -> None:
    for contribution in apps.get_model("contributions", "Contribution").objects.iterator():
        contribution.content = {} if contribution.erased_at else contribution.content_plain
        contribution.format_errors = contribution.format_errors_plain
        notes = [reason.get("note", "") for reason in contribution.return_reasons]
        contribution.return_note = next(filter(None, notes), "")
        contribution.return_reasons = [
            {**reason, "note": ""} for reason in contribution.return_reasons
        ]
        contribution.save()
        _index(apps, contribution)
    for version in apps.get_model("contributions", "ContributionVersion").objects.iterator():
        version.content = version.content_plain
        version.save()
    for question in apps.get_model("contributions", "Question").objects.iterator():
        question.note, question.answer = question.note_plain, question.answer_plain
        question.save()


def _index(apps: Any, contribution: Any) -> None:
    model = apps.get_model("contributions", "ContributionIdentifier")
    values = {each.get("value") for each in contribution.content.get("identifiers", [])}
    model.objects.bulk_create(
        model(
            contribution=contribution,
            index=index_of("identifier", value, purpose=Purpose.CONTRIBUTION),
        )
        for value in sorted(filter(None, values))
    )


class Migration(migrations.Migration):
    dependencies = [
        ("contributions", "0002_sealed"),
        ("sealing", "0001_initial"),
    ]
    operations = [migrations.RunPython(seal)]
