"""Reading one's imports: each reading is on record (I6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from crosslight.contributions.import_rows import Judge, Judged, Reason, judge_of
from crosslight.contributions.models import ContributionImport, ImportRow
from crosslight.contributions.selectors import (
    LONGEST_LIST_OF_IMPORTS,
    facts_of_import,
    ids_of_imports_in_work,
    import_for_contributor,
    imports_for,
    rows_of,
    sent_before,
)
from crosslight.contributions.services.imports import continue_import
from crosslight.core.lifecycle.importing import IN_WORK, OVER, ImportState
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_take_bad_rows, may_view_import
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.core.vocabulary.imports import ImportColumn, RowOutcome
from crosslight.foundation.errors import CrosslightError
from crosslight.foundation.guard import require, require_standing
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.partnerships.selectors import actor_of

OWN_PURPOSE = "own_contribution"
BATCHES_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class SeenRow:
    """`repeats`: the number of the first row that says the same."""

    number: int
    repeats: int | None
    outcome: RowOutcome
    cells: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """The same file, imported before."""

    at: datetime
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenImport:
    """What its organisation sees of an import; `columns` are empty once it is over."""

    id: str
    kind: ContributionKind
    state: ImportState
    by: str
    at: datetime
    accepted_by: str
    accepted_at: datetime | None
    expires_at: datetime | None
    form: str
    size: int
    sha256: str
    is_guessed_encoding: bool
    columns: tuple[str, ...]
    mapping: tuple[ImportColumn | None, ...]
    rows: int
    ready: int
    bad: int
    sent: int
    reasons: Mapping[str, int]
    before: Before | None

    @property
    def done(self) -> int:
        """Rows that the work of this state is through with."""
        if self.state is ImportState.CHECKING:
            return self.ready + self.bad
        return self.sent

    @property
    def to_do(self) -> int:
        return self.rows if self.state is ImportState.CHECKING else self.ready

    @property
    def is_in_work(self) -> bool:
        return self.state in IN_WORK

    @property
    def is_over(self) -> bool:
        return self.state in OVER


def list_imports(*, actor: Actor) -> tuple[SeenImport, ...]:
    """The newest of the organisation's imports, at most 50."""
    require_standing(may_view_import, actor)
    with act():
        rows = imports_for(may_view_import, actor).defer("columns")[:LONGEST_LIST_OF_IMPORTS]
        seen = tuple(_seen(found, columns=(), before=None) for found in rows)
        record(
            actor=actor,
            act=Act.IMPORT_LISTED,
            objects=[each.id for each in seen],
            justification=OWN_PURPOSE,
        )
    return seen


def consult_import(
    *,
    actor: Actor,
    import_id: str,
    outcomes: tuple[RowOutcome, ...] = (),
    first: int = 0,
    most: int = 0,
) -> tuple[SeenImport, tuple[SeenRow, ...]]:
    """The import, with `most` of its rows of these outcomes from the `first` on."""
    require_standing(may_view_import, actor)
    with act():
        found = import_for_contributor(actor, import_id)
        rows = rows_of(found, outcomes)[first : first + most] if most else []
        judge = judge_of(found)
        shown = tuple(_seen_row(row, judge) for row in rows)
        seen = _seen(found, columns=tuple(found.columns), before=_before(found))
        record(
            actor=actor,
            act=Act.IMPORT_CONSULTED,
            objects=[found.pk],
            justification=OWN_PURPOSE,
        )
    return seen, shown


def take_bad_rows(*, actor: Actor, import_id: str) -> tuple[SeenImport, Iterator[SeenRow]]:
    """The rows that were not taken, as they were read, each with its reasons."""
    require_standing(may_take_bad_rows, actor)
    with act():
        found = import_for_contributor(actor, import_id)
        require(may_take_bad_rows, actor, facts_of_import(found))
        seen = _seen(found, columns=tuple(found.columns), before=None)
        record(
            actor=actor,
            act=Act.IMPORT_TAKEN,
            objects=[found.pk],
            justification=OWN_PURPOSE,
        )
    judge = judge_of(found)
    rows = rows_of(found, (RowOutcome.BAD,)).iterator(chunk_size=500)
    return seen, (_seen_row(row, judge) for row in rows)


def work_on_imports() -> int:
    """What a timer does: some batches of each import in work, in the name of who asked for it.

    Whoever's mandate has ended since sends nothing more; their import ends at its date.
    """
    worked_on = 0
    for import_id in ids_of_imports_in_work():
        try:
            for _ in range(BATCHES_AT_ONCE):
                worked_on += _continue_as_its_people(import_id)
        except CrosslightError:
            continue
    return worked_on


def _continue_as_its_people(import_id: str) -> bool:
    found = ContributionImport.objects.select_related("author", "accepted_by").get(pk=import_id)
    if found.state not in IN_WORK:
        return False
    person = found.accepted_by or found.author
    actor = actor_of(person, has_mfa=False, session=found.session)
    continue_import(actor=actor, import_id=import_id)
    return True


def _seen(
    found: ContributionImport, *, columns: tuple[str, ...], before: Before | None
) -> SeenImport:
    return SeenImport(
        id=found.pk,
        kind=ContributionKind(found.kind),
        state=ImportState(found.state),
        by=found.author.name,
        at=found.created_at,
        accepted_by=found.accepted_by.name if found.accepted_by else "",
        accepted_at=found.accepted_at,
        expires_at=found.expires_at,
        form=found.form,
        size=found.size,
        sha256=found.sha256,
        is_guessed_encoding=found.is_guessed_encoding,
        columns=columns,
        mapping=tuple(ImportColumn(code) if code else None for code in found.mapping),
        rows=found.row_count,
        ready=found.ready_count,
        bad=found.bad_count,
        sent=found.sent_count,
        reasons=found.reasons,
        before=before,
    )


def _before(found: ContributionImport) -> Before | None:
    earlier = sent_before(found)
    if earlier is None or earlier.accepted_at is None:
        return None
    return Before(at=earlier.accepted_at, sent=earlier.sent_count)


def _seen_row(row: ImportRow, judge: Judge) -> SeenRow:
    judged = judge.of(row) if row.outcome == RowOutcome.BAD else Judged({}, ())
    return SeenRow(
        row.number, row.repeats, RowOutcome(row.outcome), tuple(row.cells), judged.reasons
    )
