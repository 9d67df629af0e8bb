"""Importing in bulk: a table becomes contributions as if each row had been typed into the form.

Each step is small and commits by itself. What an interrupted one did not commit is done by the
next, and a row that was sent is marked in the transaction that sent it: none is sent twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from crosslight.contributions.deadlines import BAD_ROWS_KEPT, IMPORT_KEPT
from crosslight.contributions.import_files import FileFault, FileNotTaken, ReadTable
from crosslight.contributions.import_rows import Judged, judge_of
from crosslight.contributions.import_words import known_words
from crosslight.contributions.models import ContributionImport, ImportRow
from crosslight.contributions.selectors import (
    facts_of_import,
    import_for,
    rows_of,
    sent_before,
)
from crosslight.contributions.services.drafts import save_content, start_contribution
from crosslight.contributions.services.sending import submit_contribution
from crosslight.core.contributions.importing import (
    COLUMNS_OF,
    MOST_ROWS,
    column_faults,
    guess_columns,
)
from crosslight.core.indicators import catalogue
from crosslight.core.lifecycle.importing import ACCEPTED, IMPORT, ImportState, ImportVerb
from crosslight.core.policy import Actor, Rule, system_actor
from crosslight.core.policy.rules import (
    may_accept_import,
    may_continue_import,
    may_end_import,
    may_match_columns,
    may_start_import,
    may_view_import,
)
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.core.vocabulary.contributors import class_of
from crosslight.core.vocabulary.imports import (
    ImportColumn,
    RowDamage,
    RowOutcome,
)
from crosslight.foundation import clock
from crosslight.foundation.codes import not_on_list
from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.foundation.guard import advance, require, require_standing
from crosslight.foundation.sealing.destruction import destroy_later
from crosslight.foundation.sealing.purposes import Purpose
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.partnerships import selectors as partnerships

CHECKED_AT_ONCE = 200
SENT_AT_ONCE = 25
_STORED_AT_ONCE = 500
_CLOCKS = system_actor("clocks")


class _NotReceived(Exception):
    """What was ready at the preview is not any more."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes


def start_import(*, actor: Actor, kind: ContributionKind, table: ReadTable) -> ContributionImport:
    """Keep the rows of a table, sealed. Nothing is sent; which column holds what is guessed."""
    with act():
        require(may_start_import, actor)
        _check_kind(actor, kind)
        _check_size(table)
        organisation = partnerships.organisation(actor.organisation_id or "")
        words = known_words(catalogue().version)
        guessed = guess_columns(table.columns, kind=kind, words=words)
        found = ContributionImport.objects.create(
            organisation=organisation,
            author_id=actor.id,
            kind=kind.value,
            form=table.form.value,
            size=table.size,
            sha256=table.sha256,
            is_guessed_encoding=table.is_guessed_encoding,
            columns=list(table.columns),
            mapping=[column.value if column else "" for column in guessed],
            row_count=len(table.rows),
            session=actor.session,
            expires_at=clock.now() + IMPORT_KEPT,
        )
        _store_rows(found, table)
        record(
            actor=actor,
            act=Act.IMPORT_STARTED,
            objects=[found.pk],
            payload={"sha256": table.sha256, "rows": len(table.rows)},
        )
    return found


def match_columns(
    *, actor: Actor, import_id: str, columns: Sequence[ImportColumn | None]
) -> ContributionImport:
    """Say what each column of the file holds; then the rows are checked, batch by batch.

    Raises FieldErrors that name what no column holds or two columns hold. May be done again.
    """
    with act():
        found = _locked(import_id, actor, rule=may_match_columns)
        _check_columns(found, columns)
        _move(found, ImportVerb.CHECK)
        found.mapping = [column.value if column else "" for column in columns]
        found.ready_count = found.bad_count = 0
        found.session = actor.session
        found.expires_at = clock.now() + IMPORT_KEPT
        found.save()
        found.rows.update(outcome=RowOutcome.WAITING.value, codes=[])
        record(actor=actor, act=Act.IMPORT_CHECKED, objects=[found.pk])
    return found


def accept_import(*, actor: Actor, import_id: str, is_again: bool = False) -> ContributionImport:
    """Have the ready rows sent. `is_again`: although the same file was imported before."""
    with act():
        found = _locked(import_id, actor, rule=may_accept_import)
        if not found.ready_count:
            raise FieldErrors((_NOTHING_READY,))
        if sent_before(found) is not None and not is_again:
            raise FieldErrors((_SAME_FILE,))
        _move(found, ImportVerb.ACCEPT)
        found.accepted_at = clock.now()
        found.accepted_by_id = actor.id
        found.session = actor.session
        found.expires_at = clock.now() + BAD_ROWS_KEPT
        found.save()
        record(actor=actor, act=Act.IMPORT_ACCEPTED, objects=[found.pk])
    return found


def continue_import(*, actor: Actor, import_id: str) -> ContributionImport:
    """One batch more of what is being checked or sent; safe to repeat, and from several sides."""
    with act():
        found = _locked(import_id, actor, rule=may_continue_import)
        if found.state == ImportState.CHECKING:
            _check_batch(found)
        elif found.state == ImportState.SENDING:
            _send_batch(found, actor)
    return found


def end_import(*, actor: Actor, import_id: str) -> ContributionImport:
    """Erase the rows that are left. What was sent stays with the desk."""
    with act():
        found = _locked(import_id, actor, rule=may_end_import)
        _end(found, actor, reason="asked")
    return found


def expire_imports() -> int:
    """Erase the rows of imports past their date; how many ended."""
    with act():
        past = ContributionImport.objects.select_for_update().filter(expires_at__lte=clock.now())
        ended = list(past)
        for found in ended:
            _end(found, _CLOCKS, reason="expired")
    return len(ended)


# --- one batch ------------------------------------------------------------------------------


def _check_batch(found: ContributionImport) -> None:
    judge = judge_of(found)
    batch = list(rows_of(found, (RowOutcome.WAITING,))[:CHECKED_AT_ONCE])
    for row in batch:
        row.codes = judge.of(row).codes
        row.outcome = (RowOutcome.BAD if row.codes else RowOutcome.READY).value
    ImportRow.objects.bulk_update(batch, ["codes", "outcome"])
    found.bad_count += sum(bool(row.codes) for row in batch)
    found.ready_count += sum(not row.codes for row in batch)
    if len(batch) < CHECKED_AT_ONCE:
        _move(found, ImportVerb.COUNT)
        found.reasons = _reasons(found)
    found.save()


def _send_batch(found: ContributionImport, actor: Actor) -> None:
    judge = judge_of(found)
    batch = list(rows_of(found, (RowOutcome.READY,))[:SENT_AT_ONCE])
    for row in batch:
        codes = _sent(found, row, actor, judged=judge.of(row))
        if codes:
            row.outcome, row.codes = RowOutcome.BAD.value, codes
            row.save(update_fields=["outcome", "codes"])
            found.bad_count += 1
            found.ready_count -= 1
    if len(batch) < SENT_AT_ONCE:
        _complete(found, actor)
    found.save()


def _sent(found: ContributionImport, row: ImportRow, actor: Actor, *, judged: Judged) -> list[str]:
    """Empty: it was sent; else why not, and nothing of it is left."""
    if judged.reasons:
        return judged.codes
    try:
        with act():
            _send(found, row, actor, content=judged.values)
    except _NotReceived as error:
        return error.codes
    return []


def _send(
    found: ContributionImport, row: ImportRow, actor: Actor, *, content: Mapping[str, object]
) -> None:
    """As the form does it, and the row is emptied in the same act."""
    contribution = start_contribution(actor=actor, kind=ContributionKind(found.kind))
    contribution = save_content(
        actor=actor,
        contribution_id=contribution.pk,
        version=contribution.version,
        content=content,
    )
    submission = submit_contribution(actor=actor, contribution_id=contribution.pk)
    if not submission.is_received:
        raise _NotReceived([fault.code for fault in submission.faults])
    row.outcome, row.cells, row.contribution = RowOutcome.SENT.value, [], contribution
    row.save(update_fields=["outcome", "cells", "contribution"])
    found.sent_count += 1


def _complete(found: ContributionImport, actor: Actor) -> None:
    """Where no bad row is left, there is nothing to keep."""
    _move(found, ImportVerb.COMPLETE)
    found.completed_at = clock.now()
    found.reasons = _reasons(found)
    found.expires_at = clock.now() + BAD_ROWS_KEPT
    record(actor=actor, act=Act.IMPORT_COMPLETED, objects=[found.pk])
    if not found.bad_count:
        _end(found, actor, reason="complete")


def _end(found: ContributionImport, actor: Actor, *, reason: str) -> None:
    was_accepted = found.state in ACCEPTED
    _move(found, ImportVerb.END if was_accepted else ImportVerb.CANCEL)
    found.columns = found.mapping = []
    found.ended_at = clock.now()
    found.expires_at = None
    found.save()
    found.rows.all().delete()
    destroy_later([found.pk], purpose=Purpose.CONTRIBUTION)
    record(actor=actor, act=Act.IMPORT_ENDED, objects=[found.pk], reference=reason)


# --- parts ----------------------------------------------------------------------------------


def _locked(import_id: str, actor: Actor, *, rule: Rule) -> ContributionImport:
    require_standing(rule, actor)
    found = import_for(may_view_import, actor, import_id, is_locked=True)
    require(rule, actor, facts_of_import(found))
    return found


def _move(found: ContributionImport, verb: ImportVerb) -> None:
    found.state = advance(IMPORT, ImportState(found.state), verb).value


def _reasons(found: ContributionImport) -> dict[str, int]:
    counted = Counter(
        code for row in rows_of(found, (RowOutcome.BAD,)).iterator() for code in row.codes
    )
    return dict(sorted(counted.items()))


def _store_rows(found: ContributionImport, table: ReadTable) -> None:
    first_of: dict[tuple[str, ...], int] = {}
    for at in range(0, len(table.rows), _STORED_AT_ONCE):
        ImportRow.objects.bulk_create(
            ImportRow(
                source=found,
                number=row.number,
                cells=list(row.cells),
                damage=row.damage.value if row.damage else "",
                repeats=_repeated(row.number, row.cells, row.damage, first_of=first_of),
            )
            for row in table.rows[at : at + _STORED_AT_ONCE]
        )


def _repeated(
    number: int,
    cells: tuple[str, ...],
    damage: RowDamage | None,
    *,
    first_of: dict[tuple[str, ...], int],
) -> int | None:
    """Number of the first row that says exactly the same."""
    if damage is not None or first_of.setdefault(cells, number) == number:
        return None
    return first_of[cells]


def _check_kind(actor: Actor, kind: ContributionKind) -> None:
    group = class_of(actor.contributor_kind) if actor.contributor_kind else None
    if kind not in COLUMNS_OF or group is None or kind not in group.may_send:
        raise FieldErrors((not_on_list("kind"),))


def _check_size(table: ReadTable) -> None:
    if not table.rows:
        raise FileNotTaken(FileFault.NO_ROWS)
    if len(table.rows) > MOST_ROWS:
        raise FileNotTaken(FileFault.TOO_MANY_ROWS)


def _check_columns(found: ContributionImport, columns: Sequence[ImportColumn | None]) -> None:
    kind = ContributionKind(found.kind)
    held = [column for column in columns if column is not None]
    faults = [_not_held(column) for column in column_faults(columns, kind=kind)]
    faults += [_held_twice(column) for column in dict.fromkeys(held) if held.count(column) > 1]
    if len(columns) != len(found.mapping) or not set(held) <= set(COLUMNS_OF[kind]):
        faults.append(not_on_list("columns"))
    if faults:
        raise FieldErrors(tuple(faults))


def _not_held(column: ImportColumn) -> FieldError:
    return FieldError(
        "I-012",
        column.value,
        "No column of the file was chosen for this.",
        "Choose the column that holds it, or add one to the file.",
    )


def _held_twice(column: ImportColumn) -> FieldError:
    return FieldError(
        "I-013",
        column.value,
        "Two columns of the file were chosen for this.",
        "Choose one of them.",
    )


_NOTHING_READY = FieldError(
    "I-039", "import", "No row is ready to be sent.", "Correct the rows and import the file again."
)
_SAME_FILE = FieldError(
    "I-040",
    "again",
    "You imported this same file before.",
    "Tick the box if it is to be sent once more.",
)
