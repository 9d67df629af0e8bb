from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerCheckpoint',
            fields=[
                ('size', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('note', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='LedgerPayload',
            fields=[
                ('index', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('key', models.BinaryField(max_length=32)),
                ('body', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('index', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('body', models.BinaryField()),
                ('leaf_hash', models.BinaryField(max_length=32)),
                ('act', models.CharField(max_length=64)),
                ('actor_id', models.CharField(max_length=90)),
            ],
            options={
                'indexes': [models.Index(fields=['act', 'index'], name='ledger_by_act'), models.Index(fields=['actor_id', 'index'], name='ledger_by_actor')],
            },
        ),
        migrations.CreateModel(
            name='LedgerHead',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('origin', models.CharField(max_length=120)),
                ('size', models.PositiveBigIntegerField()),
                ('frontier', models.BinaryField()),
                ('last_at', models.CharField(max_length=27)),
                ('note', models.TextField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='ledger_head_is_one_row')],
            },
        ),
        migrations.CreateModel(
            name='LedgerObject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.CharField(max_length=90)),
                ('entry_index', models.PositiveBigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['entry_index'], name='ledger_objects_of_entry')],
                'constraints': [models.UniqueConstraint(fields=('object_id', 'entry_index'), name='ledger_object_once_per_entry')],
            },
        ),
    ]
