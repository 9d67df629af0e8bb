"""The blind index holds numbers; its tables are made anew, and filled by a rebuild.

Until `crosslight match rebuild` has run, `crosslight doctor` and the page on matching say that the
index is not of the present release (`KeyPopulation.release` is empty).
"""

from __future__ import annotations

import functools
from hashlib import blake2b

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import crosslight.foundation.clock
import crosslight.foundation.identifiers


def number_remembered_keys(apps, schema_editor):
    """`phone:+44…` becomes the signed 64-bit number by which the index knows it."""
    pairs = apps.get_model("coordination", "NotSamePair")
    for pair in pairs.objects.iterator():
        pair.exact_keys = sorted(map(_number_of, pair.exact_keys))
        pair.save()


def _number_of(text):
    digest = blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True) or 1


def word_evidence(apps, schema_editor):
    """What was one sentence becomes a label and a template; what it weighed is not known."""
    matches = apps.get_model("coordination", "Match")
    for match in matches.objects.iterator():
        match.evidence = [_worded(item) for item in match.evidence]
        match.save()


def _worded(item):
    label, _, said = item["pointer"].partition(": ")
    return {
        "attribute": item["attribute"],
        "level": item["level"],
        # A trifle, so that it still counts as what agrees.
        "weight": 0.01,
        "label": label,
        "template": f"{said[:1].upper()}{said[1:]}.".replace("%", "%%"),
        "params": {},
    }


def empty_population(apps, schema_editor):
    apps.get_model("coordination", "KeyPopulation").objects.update(size=0)


class Migration(migrations.Migration):
    dependencies = [
        ("coordination", "0001_initial"),
        ("investigations", "0001_initial"),
        ("partnerships", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel(name="MatchKey"),
        migrations.CreateModel(
            name="MatchProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("packed", models.TextField()),
                (
                    "entity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="match_profile",
                        to="investigations.entity",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MatchKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.BigIntegerField()),
                ("kind", models.PositiveSmallIntegerField()),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="coordination.matchprofile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "profile"), name="key_once_a_profile")
                ],
            },
        ),
        migrations.CreateModel(
            name="ValueCount",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("holders", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="CommonValue",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=functools.partial(
                            crosslight.foundation.identifiers.new_id, *("val",)
                        ),
                        editable=False,
                        max_length=30,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.BigIntegerField(unique=True)),
                ("since", models.DateTimeField(default=crosslight.foundation.clock.now)),
                ("lifted_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ValueAppeal",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=functools.partial(
                            crosslight.foundation.identifiers.new_id, *("apl",)
                        ),
                        editable=False,
                        max_length=30,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("state", models.CharField(default="asked", max_length=40)),
                ("reason", models.CharField(max_length=500)),
                ("asked_at", models.DateTimeField(default=crosslight.foundation.clock.now)),
                ("answer", models.CharField(blank=True, default="", max_length=500)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="investigations.entity",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.unit",
                    ),
                ),
                (
                    "value",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="coordination.commonvalue",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("value",),
                        name="one_open_appeal_a_value",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="keypopulation",
            name="release",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
        migrations.AddField(
            model_name="keypopulation",
            name="step",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.AddField(
            model_name="keypopulation",
            name="step_release",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
        migrations.AddField(
            model_name="keypopulation",
            name="rebuilt_to",
            field=models.CharField(blank=True, default="", max_length=30),
        ),
        migrations.AddField(
            model_name="match",
            name="lexicon",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.RunPython(empty_population, migrations.RunPython.noop),
        migrations.RunPython(number_remembered_keys, migrations.RunPython.noop),
        migrations.RunPython(word_evidence, migrations.RunPython.noop),
    ]
