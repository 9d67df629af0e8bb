"""Ten thousand rows: within bounds of memory, in steps that each say how far they came."""

from __future__ import annotations

import tracemalloc

import pytest

from crosslight.contributions.services import (
    accept_import,
    consult_import,
    continue_import,
    match_columns,
    start_import,
)
from crosslight.contributions.services.imports import CHECKED_AT_ONCE, SENT_AT_ONCE
from crosslight.core.contributions.importing import MOST_ROWS
from crosslight.core.lifecycle.importing import ImportState
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.exchange.imports import read_file
from tests.contributions.import_files import as_csv, good_row, guessed
from tests.factories import World

pytestmark = pytest.mark.django_db
# The rows themselves are 3 MB of text; Python's objects for them some ten times as much.
_MOST_BYTES = 120_000_000


def test_ten_thousand_rows_stay_within_their_memory_and_show_progress(world: World) -> None:
    data = as_csv(
        good_row(n, **({"timing": "?"} if n % 100 == 0 else {})) for n in range(MOST_ROWS)
    )
    tracemalloc.start()
    try:
        table = read_file([data])
        found = start_import(actor=world.amina, kind=ContributionKind.RED_FLAG_REPORT, table=table)
        found = match_columns(actor=world.amina, import_id=found.pk, columns=guessed(found))
        found = continue_import(actor=world.amina, import_id=found.pk)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < _MOST_BYTES
    assert found.ready_count + found.bad_count == CHECKED_AT_ONCE

    while found.state == ImportState.CHECKING:
        found = continue_import(actor=world.amina, import_id=found.pk)
    assert (found.ready_count, found.bad_count) == (9_900, 100)

    found = accept_import(actor=world.amina, import_id=found.pk)
    found = continue_import(actor=world.amina, import_id=found.pk)
    seen, _ = consult_import(actor=world.amina, import_id=found.pk)
    assert (seen.done, seen.to_do) == (SENT_AT_ONCE, 9_900)
