"""C6: template, file, columns, preview with the reason in the cell, result, bad rows."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from crosslight.contributions.models import Contribution, ContributionImport
from crosslight.contributions.services import accept_import
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.web.contributor import imports as pages
from tests.contributions.import_files import as_csv, checked, good_row, started, worked
from tests.factories import World, user_of
from tests.web.signed_in import browser_of

ROOT = "/contributor/imports/"


@pytest.fixture
def amina(world: World) -> Client:
    return browser_of(world.amina)


def at(found: ContributionImport, verb: str = "") -> str:
    return f"{ROOT}{found.pk}/{verb}"


def upload(client: Client, data: bytes, kind: str = "red_flag_report") -> Any:
    file = SimpleUploadedFile("Amina's list.csv", data)
    return client.post(f"{ROOT}new/", {"kind": kind, "file": file})


def text_of(response: Any) -> str:
    return response.content.decode()


def two_rows() -> list[dict[str, str]]:
    return [good_row(1), good_row(2, timing="soon", place="Easthaven")]


def test_from_the_file_to_the_result(world: World, amina: Client) -> None:
    """The whole way without a script."""
    answer = upload(amina, as_csv(two_rows()))
    found = ContributionImport.objects.get()
    assert answer["Location"] == at(found)

    page = text_of(amina.get(at(found)))
    assert "What does each column hold?" in page
    chosen = dict(
        re.findall(r'<select[^>]*name="(column_\d+)".*?<option value="(\w*)" selected>', page)
    )
    assert sorted(chosen.values()) == sorted(good_row())
    assert amina.post(at(found, "columns/"), chosen)["Location"] == at(found)

    preview = text_of(amina.get(at(found)))
    assert "Import the 1 ready row" in preview
    assert "Easthaven" in preview
    assert "This is not one of the answers on the list." in preview
    assert "(I-034)" in preview
    assert "Who will see this:" in preview
    assert "Norhaven 1" in text_of(amina.get(at(found) + "?show=ready"))

    assert amina.post(at(found, "accept/"))["Location"] == at(found)
    result = text_of(amina.get(at(found)))
    assert "1 sent" in result
    assert "1 not taken" in result
    assert Contribution.objects.get().state == "received"

    amina.post(at(found, "end/"))
    report = text_of(amina.get(at(found)))
    assert "The rows of the file were erased" in report
    assert "I-034" in report
    assert "Easthaven" not in report


def test_the_name_of_the_file_is_kept_nowhere(world: World, amina: Client) -> None:
    upload(amina, as_csv(two_rows()))
    assert "Amina&#x27;s list" not in text_of(amina.get(at(ContributionImport.objects.get())))


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "I-060"), (b"%PDF-1.4\n" + bytes(range(256)) * 40, "I-061"), (b"a,b\n", "I-062")],
)
def test_a_file_that_is_not_taken_comes_back_with_the_reason(
    world: World, amina: Client, data: bytes, code: str
) -> None:
    answer = upload(amina, data)
    assert answer.status_code == 422
    assert "id_file" in text_of(answer)
    said = {"I-060": "The file is empty.", "I-061": "as a table", "I-062": "holds no rows"}
    assert said[code] in text_of(answer)
    assert not ContributionImport.objects.exists()


def test_without_a_file_the_form_says_so(world: World, amina: Client) -> None:
    answer = amina.post(f"{ROOT}new/", {"kind": "red_flag_report"})
    assert answer.status_code == 422
    assert "Choose the file that holds your rows." in text_of(answer)


def test_a_missing_column_is_named_and_the_choices_are_kept(world: World, amina: Client) -> None:
    found = started(world.amina, two_rows())
    data = {f"column_{n}": code for n, code in enumerate(found.mapping) if code != "facts"}

    answer = amina.post(at(found, "columns/"), data)

    assert answer.status_code == 422
    assert "What happened: No column of the file was chosen for this." in text_of(answer)
    assert '<option value="phone" selected>' in text_of(answer)


def test_columns_can_be_changed_after_the_preview(world: World, amina: Client) -> None:
    found = checked(world.amina, two_rows())
    assert "What does each column hold?" in text_of(amina.get(at(found) + "?columns"))


def test_an_unknown_code_of_a_column_is_refused(world: World, amina: Client) -> None:
    found = started(world.amina, two_rows())
    answer = amina.post(at(found, "columns/"), {"column_0": "priority"})
    assert answer.status_code == 422


def test_progress_shows_how_far_it_is_and_goes_on(
    world: World, amina: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_SECONDS", 0.0)
    found = checked(world.amina, [good_row(n) for n in range(30)])

    amina.post(at(found, "accept/"))
    page = text_of(amina.get(at(found)))
    assert "25 of 30 rows." in page
    assert "Go on now" in page

    amina.post(at(found, "go-on/"))
    assert Contribution.objects.count() == 30
    assert amina.post(at(found, "go-on/"))["Location"] == at(found)
    assert Contribution.objects.count() == 30


def test_the_same_file_twice_needs_a_tick(world: World, amina: Client) -> None:
    first = checked(world.amina, two_rows())
    worked(world.amina, accept_import(actor=world.amina, import_id=first.pk))
    second = checked(world.amina, two_rows())

    page = text_of(amina.get(at(second)))
    assert "Your organisation imported this same file on" in page
    assert "(1 row was sent)" in page
    refused = amina.post(at(second, "accept/"))
    assert refused.status_code == 422
    assert "I-040" in text_of(refused)
    amina.post(at(second, "accept/"), {"again": "yes"})
    assert Contribution.objects.count() == 2


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_bad_rows_come_back_with_reasons_and_can_be_imported_again(
    world: World, amina: Client, form: str
) -> None:
    """Also where a cell would be run as a formula: it is guarded, and read without its guard."""
    found = checked(world.amina, [good_row(1, place="=HYPERLINK(1)", timing="?")])

    answer = amina.post(at(found, "bad-rows/"), {"form": form})

    assert f'filename="bad-rows.{form}"' in answer["Content-Disposition"]
    if form == "csv":
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert b"'=HYPERLINK(1)" in answer.content
        assert b"When: This is not one of the answers on the list." in answer.content
    else:
        (head, row) = openpyxl.load_workbook(io.BytesIO(answer.content)).active.values
        assert dict(zip(head, row, strict=True))["place"] == "'=HYPERLINK(1)"
        assert "(I-034)" in dict(zip(head, row, strict=True))["Reasons"]
    again = started(world.amina, answer.content)
    assert again.rows.get().cells[list(again.columns).index("place")] == "=HYPERLINK(1)"
    assert again.mapping.count("") == 2


@pytest.mark.parametrize("kind", ["red_flag_report", "risk_indicator"])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_template_comes_in_the_language_of_the_user_and_is_recognised_whole(
    world: World, kind: str, language: str
) -> None:
    user = user_of(world.amina)
    user.language = language
    user.save()
    client = browser_of(world.amina)
    client.cookies["django_language"] = language

    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{ROOT}templates/{kind}.xlsx").content))

    (head,) = book.worksheets[0].values
    filled = io.BytesIO()
    book.worksheets[0].append(["x"] * len(head))
    book.save(filled)
    found = started(world.amina, filled.getvalue(), kind=kind_of(kind))
    assert "" not in found.mapping
    answers = list(book.worksheets[1].values)
    assert any("ILO-D1-02" in row for row in answers)


def kind_of(code: str) -> ContributionKind:
    return ContributionKind(code)


def test_templates_in_csv_and_json(world: World, amina: Client) -> None:
    table = amina.get(f"{ROOT}templates/red_flag_report.csv").content
    assert table.startswith(b"\xef\xbb\xbfIndicators,")
    (row,) = json.loads(amina.get(f"{ROOT}templates/risk_indicator.json").content)
    assert "facts" not in row
    assert amina.get(f"{ROOT}templates/red_flag_report.exe").status_code == 404
    assert amina.get(f"{ROOT}templates/osint_preservation.csv").status_code == 404


def test_a_lead_sees_imports_and_cannot_send_and_a_preparer_sees_none(world: World) -> None:
    found = checked(world.amina, two_rows())
    lead = browser_of(world.lead)
    assert "Ready" in text_of(lead.get(at(found))) or "ready" in text_of(lead.get(at(found)))
    assert "Import the 1 ready row" not in text_of(lead.get(at(found)))
    assert lead.post(at(found, "accept/")).status_code == 404
    assert browser_of(world.preparer).get(ROOT).status_code == 404
    assert browser_of(world.other_reporter).get(at(found)).status_code == 404


def test_the_home_page_leads_there(world: World, amina: Client) -> None:
    assert ROOT in text_of(amina.get("/contributor/"))
    assert ROOT not in text_of(browser_of(world.preparer).get("/contributor/"))
