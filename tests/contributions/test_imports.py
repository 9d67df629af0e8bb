"""Importing in bulk: twenty kinds of error, interruptions, the same file twice, what stays."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection

from crosslight.contributions import services
from crosslight.contributions.import_files import FileFault, FileNotTaken
from crosslight.contributions.models import Contribution, ContributionImport, ImportRow
from crosslight.contributions.services import (
    accept_import,
    consult_import,
    continue_import,
    end_import,
    expire_imports,
    list_imports,
    match_columns,
    start_import,
    take_bad_rows,
    work_on_imports,
)
from crosslight.contributions.services import imports as steps
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.core.vocabulary.imports import ImportColumn, RowOutcome
from crosslight.exchange.imports import read_file
from crosslight.foundation import clock
from crosslight.foundation.errors import (
    FieldErrors,
    NotAllowed,
    NotFoundOrHidden,
    WrongState,
)
from crosslight.foundation.sealing.keys import KeyDestroyed, Purpose, open_for
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from tests.contributions.import_files import (
    as_csv,
    as_json,
    as_xlsx,
    checked,
    good_row,
    guessed,
    started,
    worked,
)
from tests.factories import World

pytestmark = pytest.mark.django_db


def accepted(world: World, found: ContributionImport, **named: Any) -> ContributionImport:
    return worked(world.amina, accept_import(actor=world.amina, import_id=found.pk, **named))


def codes_of(found: ContributionImport) -> list[list[str]]:
    return [row.codes for row in found.rows.order_by("number")]


# --- twenty kinds of error: the file ---------------------------------------------------------

HEAD = as_csv([good_row()]).splitlines()[0]


def zipped_rubbish() -> bytes:
    return b"PK\x03\x04" + b"\x00" * 400


FILES: dict[str, tuple[bytes, FileFault]] = {
    "empty file": (b"", FileFault.EMPTY),
    "blank file": (b"\xef\xbb\xbf \r\n\r\n", FileFault.EMPTY),
    "PDF": (b"%PDF-1.7\n" + bytes(range(256)) * 40, FileFault.NO_TABLE),
    "damaged workbook": (zipped_rubbish(), FileFault.NO_TABLE),
    "broken JSON": (b'[{"facts": "x"', FileFault.NO_TABLE),
    "column named twice": (b"place,place\na,b\n", FileFault.NO_TABLE),
    "headings alone": (HEAD + b"\r\n", FileFault.NO_ROWS),
    "too many columns": (
        ",".join(f"c{n}" for n in range(101)).encode() + b"\n" + b"x," * 100 + b"x\n",
        FileFault.TOO_MANY_COLUMNS,
    ),
    "too many rows": (b"place\n" + b"x\n" * 10_001, FileFault.TOO_MANY_ROWS),
    "too large": (b"place\n" + b"x" * 20_000_001, FileFault.TOO_BIG),
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_cannot_be_taken_says_what_to_do(what: str) -> None:
    data, fault = FILES[what]

    with pytest.raises(FileNotTaken) as refused:
        read_file([data])

    assert refused.value.fault is fault
    (said,) = refused.value.errors
    assert said.field == "file"
    assert said.message
    assert said.remedy


# --- twenty kinds of error: the row ----------------------------------------------------------

ROWS: dict[str, tuple[dict[str, str], str, ImportColumn | None]] = {
    "unknown indicator": ({"indicators": "ILO-X9-99"}, "F-102", ImportColumn.INDICATORS),
    "no indicator": ({"indicators": ""}, "F-101", ImportColumn.INDICATORS),
    "no basis": ({"basis": ""}, "F-103", ImportColumn.BASIS),
    "bad date": ({"observed_on": "31/02/2026"}, "F-109", ImportColumn.OBSERVED_ON),
    "date in the future": ({"observed_on": "2999-01-01"}, "F-110", ImportColumn.OBSERVED_ON),
    "text in a code column": ({"timing": "soon after"}, "I-034", ImportColumn.TIMING),
    "formula in a code column": (
        {"how_known": "=cmd|' /c calc'!A1"},
        "I-034",
        ImportColumn.HOW_KNOWN,
    ),
    "country in words": ({"country": "Norland"}, "I-042", ImportColumn.COUNTRY),
    "bad e-mail": ({"email": "nobody at home"}, "F-111", ImportColumn.EMAIL),
    "too short": ({"facts": "They suffer."}, "F-106", ImportColumn.FACTS),
    "too long": ({"facts": "word " * 500}, "I-032", ImportColumn.FACTS),
    "nothing named": ({"place": "", "phone": ""}, "F-104", ImportColumn.PLACE),
    "foreign legal basis": ({"legal_basis": "gdpr_public_task"}, "L-202", ImportColumn.LEGAL_BASIS),
    "without consent": (
        {"victim_awareness": "refused", "party_role": ""},
        "C-220",
        ImportColumn.PHONE,
    ),
    "too many indicators": ({"indicators": "ILO-D1-02;" * 201}, "I-033", ImportColumn.INDICATORS),
    "neither yes nor no": ({"may_contact": "perhaps"}, "I-037", ImportColumn.MAY_CONTACT),
}


@pytest.mark.parametrize("what", ROWS)
def test_a_bad_row_has_its_reason_in_its_cell_and_costs_no_other(world: World, what: str) -> None:
    changes, code, column = ROWS[what]
    empty = dict.fromkeys(changes, "")
    rows = [empty | good_row(1), empty | good_row(2, **changes), empty | good_row(3)]

    found = checked(world.amina, rows)

    assert codes_of(found) == [[], [code], []]
    _, (row,) = consult_import(
        actor=world.amina, import_id=found.pk, outcomes=(RowOutcome.BAD,), most=9
    )
    assert [(reason.fault.code, reason.column) for reason in row.reasons] == [(code, column)]
    assert row.number == 3


LINE = as_csv([good_row(7)]).splitlines()[1]
DAMAGED: dict[str, tuple[bytes, str]] = {
    "ragged row": (b"a,b,c", "I-043"),
    "quote that is never closed": (b'"' + LINE, "I-043"),
    "cell of 10 MB": (LINE.replace(b"Norhaven 7", b"x" * 10_000_000), "I-045"),
    "cell of 20 kB": (LINE.replace(b"Norhaven 7", b"x" * 20_000), "I-045"),
    "control character": (LINE.replace(b"Norhaven 7", b"Nor\x07haven"), "I-031"),
    "direction override": (LINE.replace(b"Norhaven 7", "Nor\u202ehaven".encode()), "I-046"),
    "damaged place in UTF-8": (LINE.replace(b"Norhaven 7", "Nörhåven".encode() + b"\xff"), "I-044"),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_row_is_named_and_the_rows_around_it_are_read(world: World, what: str) -> None:
    line, code = DAMAGED[what]
    before, after = (as_csv([good_row(n)]).splitlines()[1] for n in (1, 2))

    found = checked(world.amina, b"\n".join([HEAD, before, line, after, b""]))

    assert codes_of(found) == [[], [code], []]


def test_a_row_that_repeats_another_is_left_out(world: World) -> None:
    found = checked(world.amina, [good_row(1), good_row(2), good_row(1)])
    assert codes_of(found) == [[], [], ["I-041"]]


def test_a_formula_without_a_value_is_named_and_one_with_a_value_is_read(world: World) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([good_row(1), good_row(2)])))
    book.active.cell(3, list(good_row()).index("place") + 1).value = "=A1"
    stream = io.BytesIO()
    book.save(stream)

    found = checked(world.amina, stream.getvalue())

    assert codes_of(found) == [[], ["I-049"]]


def test_an_object_in_a_cell_of_json_is_named(world: World) -> None:
    rows = [good_row(1), good_row(2) | {"facts": {"x": 1}}, 7]
    assert codes_of(checked(world.amina, as_json(rows))) == [[], ["I-048"], ["I-047"]]


def test_another_encoding_is_read_and_said(world: World) -> None:
    found = checked(world.amina, as_csv([good_row(place="Nörhåven")], encoding="cp1252"))
    assert found.is_guessed_encoding
    assert found.ready_count == 1
    assert found.rows.get().cells[2] == "Nörhåven"


# --- what is read ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "write",
    [
        as_csv,
        as_json,
        as_xlsx,
        lambda rows: as_csv(rows, delimiter=";", encoding="utf-8-sig"),
        lambda rows: as_csv(rows, delimiter="\t", encoding="utf-16"),
    ],
)
def test_each_form_of_file_says_the_same(world: World, write: Callable[..., bytes]) -> None:
    found = checked(world.amina, write([good_row(1), good_row(2)]))
    assert codes_of(found) == [[], []]
    accepted(world, found)
    sent = Contribution.objects.order_by("created_at").first()
    assert sent.content["facts"] == good_row()["facts"]
    assert sent.content["observed_on"] == "2026-02-28"
    assert [each["basis"] for each in sent.content["observations"]] == ["told", "told"]
    assert sent.content["identifiers"][0]["value"] == "+447700900123"


def test_headings_and_answers_are_read_in_another_language(world: World) -> None:
    """French: as a template in that language is filled in; Arabic answers beside it."""
    row = good_row()
    for column, said in {
        "timing": "Cette semaine",
        "may_contact": "Oui",
        "is_ongoing": "نعم",
    }.items():
        row[column] = said
    found = checked(world.amina, [row])
    assert codes_of(found) == [[]]


def test_an_indicator_list_has_no_column_for_a_person(world: World) -> None:
    """J4."""
    found = started(world.amina, [good_row()], kind=ContributionKind.RISK_INDICATOR)
    held = {column for column in guessed(found) if column}
    assert ImportColumn.PHONE not in held
    assert ImportColumn.FACTS not in held
    with pytest.raises(FieldErrors):
        match_columns(
            actor=world.amina,
            import_id=found.pk,
            columns=[ImportColumn(name) for name in good_row()],
        )


def test_a_missing_column_and_a_column_held_twice_are_named(world: World) -> None:
    found = started(world.amina, [good_row() | {"Telefon": "1"}])
    columns = [
        None if column is ImportColumn.FACTS else column or ImportColumn.PHONE
        for column in guessed(found)
    ]

    with pytest.raises(FieldErrors) as refused:
        match_columns(actor=world.amina, import_id=found.pk, columns=columns)

    assert [(each.code, each.field) for each in refused.value.errors] == [
        ("I-012", "facts"),
        ("I-013", "phone"),
    ]


# --- sending --------------------------------------------------------------------------------


def test_good_rows_are_sent_and_bad_ones_kept_with_their_reasons(world: World) -> None:
    """The acceptance of screens: some rows in, the others back with their reasons."""
    rows = [good_row(n, **({"timing": "?"} if n % 10 == 3 else {})) for n in range(60)]
    found = checked(world.amina, rows)
    assert (found.ready_count, found.bad_count) == (54, 6)

    found = accepted(world, found)

    assert (found.state, found.sent_count, found.bad_count) == ("sent", 54, 6)
    assert Contribution.objects.filter(state="received").count() == 54
    assert not Contribution.objects.exclude(state="received").exists()
    _, bad = take_bad_rows(actor=world.amina, import_id=found.pk)
    assert [row.number for row in bad] == [5, 15, 25, 35, 45, 55]
    assert found.reasons == {"I-034": 6}


def test_a_sent_row_is_a_contribution_like_one_of_the_form(world: World) -> None:
    accepted(world, checked(world.amina, [good_row()]))

    sent = Contribution.objects.get()

    assert sent.receipt_code
    assert sent.received_hash
    assert sent.author_id == world.amina.id
    assert [each.entry.act for each in read_entries(object_id=sent.pk)] == [
        Act.CONTRIBUTION_STARTED,
        Act.CONTRIBUTION_SAVED,
        Act.CONTRIBUTION_SUBMITTED,
        Act.CONTRIBUTION_RECEIVED,
    ]


def test_an_interrupted_import_goes_on_without_doubling(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut in the middle of a batch: that batch is as if it had not begun, the next does it."""
    found = checked(world.amina, [good_row(n) for n in range(60)])
    found = accept_import(actor=world.amina, import_id=found.pk)
    continue_import(actor=world.amina, import_id=found.pk)
    before = Contribution.objects.count()
    real, calls = services.sending.submit_contribution, []

    def cut(**named: Any) -> Any:
        calls.append(1)
        if len(calls) == 10:
            raise KeyboardInterrupt
        return real(**named)

    monkeypatch.setattr(steps, "submit_contribution", cut)
    with pytest.raises(KeyboardInterrupt):
        continue_import(actor=world.amina, import_id=found.pk)
    monkeypatch.undo()
    assert Contribution.objects.count() == before == steps.SENT_AT_ONCE

    found = ContributionImport.objects.get()
    assert worked(world.amina, found).sent_count == 60

    places = [each.content["place"] for each in Contribution.objects.all()]
    assert sorted(places) == sorted(f"Norhaven {n}" for n in range(60))


def test_the_timer_goes_on_in_the_name_of_who_accepted(world: World) -> None:
    found = checked(world.amina, [good_row(n) for n in range(3)])
    accept_import(actor=world.amina, import_id=found.pk)

    assert work_on_imports() == 1
    assert work_on_imports() == 0

    assert {each.author_id for each in Contribution.objects.all()} == {world.amina.id}
    assert ContributionImport.objects.get().state == "ended"


def test_the_timer_sends_nothing_for_whose_mandate_has_ended(world: World) -> None:
    found = checked(world.amina, [good_row()])
    accept_import(actor=world.amina, import_id=found.pk)
    world.shelter.accredited_until = clock.today() - timedelta(days=1)
    world.shelter.save()

    assert work_on_imports() == 0
    assert not Contribution.objects.exists()


def test_the_same_file_twice_is_warned_of_with_the_day_of_the_first(world: World) -> None:
    data = [good_row(), good_row(1, timing="?")]
    first = accepted(world, checked(world.amina, data))
    second = checked(world.amina, data)

    seen, _ = consult_import(actor=world.amina, import_id=second.pk)
    assert seen.before is not None
    assert (seen.before.at, seen.before.sent) == (first.accepted_at, 1)
    with pytest.raises(FieldErrors) as refused:
        accept_import(actor=world.amina, import_id=second.pk)
    assert [each.code for each in refused.value.errors] == ["I-040"]

    accepted(world, second, is_again=True)
    assert Contribution.objects.count() == 2


def test_another_organisation_hears_nothing_of_the_same_file(world: World) -> None:
    data = [good_row(legal_basis="gdpr_vital_interests")]
    accepted(world, checked(world.amina, data))
    found = checked(world.other_reporter, data)
    seen, _ = consult_import(actor=world.other_reporter, import_id=found.pk)
    assert seen.before is None


def test_nothing_is_accepted_where_no_row_is_ready(world: World) -> None:
    found = checked(world.amina, [good_row(timing="?")])
    with pytest.raises(FieldErrors) as refused:
        accept_import(actor=world.amina, import_id=found.pk)
    assert [each.code for each in refused.value.errors] == ["I-039"]


# --- what stays -----------------------------------------------------------------------------


def stored_bytes() -> bytes:
    """All columns of both tables, as the database gives them."""
    found = b""
    with connection.cursor() as cursor:
        for model in (ContributionImport, ImportRow):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608
            found += b"".join(
                bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                for row in cursor.fetchall()
                for value in row
            )
    return found


def test_rows_are_sealed_at_rest(world: World) -> None:
    found = started(world.amina, [good_row() | {"zebrafinch": "x"}])
    assert found.rows.get().cells[2] == "Norhaven 0"
    assert b"Norhaven" not in stored_bytes()
    assert b"zebrafinch" not in stored_bytes()


def test_when_it_ends_rows_and_key_are_gone_and_counts_and_codes_stay(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    found = accepted(world, checked(world.amina, [good_row(1), good_row(2, timing="?")]))
    with django_capture_on_commit_callbacks(execute=True):
        end_import(actor=world.amina, import_id=found.pk)

    seen, rows = consult_import(
        actor=world.amina, import_id=found.pk, outcomes=tuple(RowOutcome), most=9
    )
    assert rows == ()
    assert seen.columns == ()
    assert (seen.rows, seen.sent, seen.bad, dict(seen.reasons)) == (2, 1, 1, {"I-034": 1})
    assert len(seen.sha256) == 64
    assert not ImportRow.objects.exists()
    with pytest.raises(KeyDestroyed):
        open_for(found.pk, purpose=Purpose.CONTRIBUTION)


def test_where_all_was_sent_nothing_is_kept_for_longer(world: World) -> None:
    found = accepted(world, checked(world.amina, [good_row()]))
    assert found.state == "ended"
    assert not ImportRow.objects.exists()


def test_rows_of_forgotten_imports_are_erased(world: World) -> None:
    found = checked(world.amina, [good_row()])
    kept = started(world.amina, [good_row(2)])
    ContributionImport.objects.filter(pk=found.pk).update(expires_at=clock.now())

    assert expire_imports() == 1

    found.refresh_from_db()
    assert found.state == "cancelled"
    assert {row.source_id for row in ImportRow.objects.all()} == {kept.pk}


# --- who ------------------------------------------------------------------------------------


def test_only_reporters_import_and_only_their_organisation_sees_it(world: World) -> None:
    data = [good_row()]
    with pytest.raises(NotAllowed):
        started(world.preparer, data)
    found = checked(world.amina, data)
    with pytest.raises(NotFoundOrHidden):
        consult_import(actor=world.other_reporter, import_id=found.pk)
    with pytest.raises(NotAllowed):
        accept_import(actor=world.lead, import_id=found.pk)
    assert [each.id for each in list_imports(actor=world.lead)] == [found.pk]
    assert list_imports(actor=world.other_reporter) == ()


def test_a_kind_that_has_no_table_is_refused(world: World) -> None:
    with pytest.raises(FieldErrors):
        started(world.amina, [good_row()], kind=ContributionKind.OSINT_PRESERVATION)


def test_what_is_over_is_not_accepted_again(world: World) -> None:
    found = accepted(world, checked(world.amina, [good_row()]))
    for step in (accept_import, end_import, take_bad_rows):
        with pytest.raises(WrongState):
            step(actor=world.amina, import_id=found.pk)
    assert continue_import(actor=world.amina, import_id=found.pk).sent_count == 1


def test_each_step_is_on_record_without_content(world: World) -> None:
    found = accepted(world, checked(world.amina, [good_row(1), good_row(2, timing="?")]))
    end_import(actor=world.amina, import_id=found.pk)
    entries = read_entries(object_id=found.pk)
    assert [each.entry.act for each in entries] == [
        Act.IMPORT_STARTED,
        Act.IMPORT_CHECKED,
        Act.IMPORT_ACCEPTED,
        Act.IMPORT_COMPLETED,
        Act.IMPORT_ENDED,
    ]
    assert all(b"Norhaven" not in each.entry.to_bytes() for each in entries)


def test_a_table_of_too_many_rows_is_refused_by_the_service_too(world: World) -> None:
    table = read_file([b"place\n" + b"x\n" * 3])
    with pytest.raises(FileNotTaken):
        start_import(
            actor=world.amina,
            kind=ContributionKind.RED_FLAG_REPORT,
            table=replace(table, rows=table.rows * 4_000),
        )
