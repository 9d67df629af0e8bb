"""What is said before a file is signed: nothing leaves unwarned, and some things not at all."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from crosslight.cli import package_warnings
from crosslight.cli.main import group
from crosslight.cli.package_captures import check_from
from crosslight.core.evidence.packages.facts import Role
from crosslight.custody.inspection import Flag, ObjectInspection, Provenance
from tests.core.evidence.captures.making import files, request, wacz, warc
from tests.core.evidence.packages.making import build as made
from tests.core.evidence.packages.making import files_of, source
from tests.custody.inspection.pictures import PLACE, exif, picture

OUT = Path("a.osint.zip")


def build(*more: str) -> Result:
    words = ("package", "build", "photo.jpg", "page.wacz", "--out", str(OUT), "--key", "me.key")
    return CliRunner().invoke(group, [*words, "--legal-basis", "gdpr_public_task", *more])


def described() -> list[dict]:
    return json.loads(files_of(OUT.read_bytes())["metadata/package.json"])["items"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("photo.jpg").write_bytes(picture())
    Path("page.wacz").write_bytes(wacz())
    return tmp_path


@pytest.fixture
def telling(folder: Path) -> None:
    """The photo says where it was made, the page carries cookies."""
    Path("photo.jpg").write_bytes(picture(exif=exif(place=PLACE)))
    recorded = warc(lambda writer: request(writer, ("Cookie", "session=1")))
    Path("page.wacz").write_bytes(wacz(files(recorded)))


@pytest.mark.usefixtures("telling")
def test_nothing_is_signed_before_the_warnings_are_accepted(folder: Path):
    done = build()
    assert done.exit_code == 1
    assert "photo.jpg says where it was made" in done.stderr
    assert "page.wacz carries cookies or passwords" in done.stderr
    assert "Nothing was signed." in done.stderr
    assert not OUT.exists()
    assert not Path("me.key").exists()


@pytest.mark.usefixtures("telling")
def test_what_was_found_is_in_the_description(folder: Path):
    assert build("--accept-warnings").exit_code == 0
    photo, page = described()
    assert photo["flags"] == {"contains_location": True}
    assert page["flags"] == {"contains_request_credentials": True}


def test_what_could_not_be_looked_through_is_said():
    Path("photo.jpg").write_bytes(b"%PDF-1.7 a letter")
    done = build()
    assert done.exit_code == 0, done.output
    assert "Not all of photo.jpg could be looked at" in done.stderr
    assert "flags" not in described()[0]


def test_a_damaged_capture_is_not_signed_as_a_whole_one():
    Path("page.wacz").write_bytes(wacz()[:-40])
    done = build()
    assert done.exit_code == 1
    assert "page.wacz is a damaged capture" in done.stderr
    assert not OUT.exists()
    Path("facts.json").write_text(json.dumps({"page.wacz": {"defects": ["truncated"]}}), "utf-8")
    assert build("--facts", "facts.json").exit_code == 0


@pytest.mark.parametrize("facts", [None, {"photo.jpg": {"flags": {"possible_minor": True}}}])
def test_a_possible_minor_stops_everything_and_names_the_hotline(facts):
    more = ["--minors", "yes"]
    if facts:
        Path("facts.json").write_text(json.dumps(facts), "utf-8")
        more = ["--facts", "facts.json"]
    done = build(*more, "--accept-warnings")
    assert done.exit_code == 1
    assert "hotline" in done.stderr
    assert "not even to us" in done.stderr
    assert not OUT.exists()
    assert not Path("me.key").exists()


def test_the_question_is_asked_at_a_keyboard(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(package_warnings.sys, "stdin", SimpleNamespace(isatty=lambda: True))
    asked: list[str] = []

    def confirm(question: str, **_: object) -> bool:
        asked.append(question)
        return False

    monkeypatch.setattr(package_warnings.click, "confirm", confirm)
    assert package_warnings.check_minors([], answer=None) == "no"
    assert asked == [package_warnings.MINOR_QUESTION]
    assert package_warnings.check_minors([], answer="no") == "no"
    assert len(asked) == 1


def test_how_it_was_captured_and_the_consent_are_in_the_description():
    facts = {"photo.jpg": {"consent_ref": "consent-9"}}
    Path("facts.json").write_text(json.dumps(facts), "utf-8")
    done = build(
        *("--consent", "consent-7", "--not-logged-in", "--exit-country", "NL", "--minors", "no"),
        *("--facts", "facts.json"),
    )
    assert done.exit_code == 0, done.output
    photo, page = described()
    assert (photo["consent_ref"], page["consent_ref"]) == ("consent-9", "consent-7")
    context = {"exit_country": "NL", "logged_in": False}
    assert photo["capture_context"] == page["capture_context"] == context
    assert photo["flags"] == {"possible_minor": False}


def test_a_country_that_is_none_is_refused():
    done = build("--exit-country", "Nowhere")
    assert done.exit_code == 2
    assert "capture_context does not have its form" in done.stderr


def test_captures_are_looked_into_when_a_package_is_verified():
    build()
    verify = ["package", "verify", str(OUT)]
    done = CliRunner().invoke(group, verify)
    assert (done.exit_code, "FAIL" in done.stdout) == (0, False), done.output
    OUT.write_bytes(made(source(b"no capture", suffix=".wacz", role=Role.CAPTURE)))
    done = CliRunner().invoke(group, verify)
    assert done.exit_code == 1
    assert "FAIL  captures" in done.stdout


@pytest.mark.parametrize(
    ("seen", "fault"),
    [
        ({"data/objects/0002.wacz": frozenset()}, None),
        ({"data/objects/0002.wacz": frozenset({Flag.DAMAGED})}, "damaged"),
        ({}, "could not be looked into"),
    ],
)
def test_a_capture_that_nobody_saw_is_no_sound_one(seen, fault):
    objects = [
        ObjectInspection(path, "application/zip", flags, (), Provenance.NONE)
        for path, flags in seen.items()
    ]
    said = check_from(objects)("data/objects/0002.wacz")
    assert (said is None) if fault is None else (fault in said)
