"""An upgrade of a deployment that has matches already."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.executor import MigrationExecutor

from crosslight.coordination.models import KeyPopulation, Match, NotSamePair
from crosslight.coordination.services import upkeep
from crosslight.core.matching import key_of
from crosslight.core.vocabulary.coordination import Verdict
from tests.coordination.factories import answered
from tests.factories import build_world

NUMBERED_KEYS = ("coordination", "0002_numbered_keys")
PHONE_KEY = "phone:+447700900123"


@pytest.mark.django_db(transaction=True)
def test_an_upgrade_keeps_memory_and_evidence_and_says_that_a_rebuild_is_due() -> None:
    world = build_world()
    pair = answered(world, Verdict.NOT_SAME, Verdict.NOT_SAME)
    number = NotSamePair.objects.get().exact_keys
    loader = MigrationExecutor(connection).loader
    old = loader.project_state([NUMBERED_KEYS]).apps
    said = [{"attribute": "phone", "level": "exact", "pointer": "Phone number: the same, and rare"}]
    old.get_model("coordination", "Match").objects.update(evidence=said)
    old.get_model("coordination", "NotSamePair").objects.update(exact_keys=[PHONE_KEY])

    for operation in loader.get_migration(*NUMBERED_KEYS).operations:
        if isinstance(operation, RunPython):
            with connection.schema_editor() as editor:
                operation.code(old, editor)
    KeyPopulation.objects.update(release="")

    assert NotSamePair.objects.get().exact_keys == number == [key_of(PHONE_KEY)]
    (item,) = Match.objects.get().evidence
    assert (item["label"], item["template"]) == ("Phone number", "The same, and rare.")
    assert KeyPopulation.objects.get().size == 0
    assert upkeep.needs_rebuild()
    upkeep.rebuild_index(batch=10, resume=False, progress=lambda _done: None)
    assert Match.objects.count() == 1
    assert pair.entity_a.match_profile.unit_id == world.unit_a.pk
