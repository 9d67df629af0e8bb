from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crosslight.cli import inspection_words
from crosslight.cli.main import group
from crosslight.core.evidence.captures.findings import Code as CaptureCode
from crosslight.custody.inspection import Flag, Provenance, Stop
from crosslight.custody.inspection.results import Code
from tests.cli.running import crosslight
from tests.core.evidence.captures.making import SECRET, request, warc
from tests.core.evidence.packages.making import (
    CONTRIBUTOR,
    STRANGER,
    build,
    files_of,
    fingerprint_of,
    source,
)
from tests.custody.inspection.pictures import PLACE, exif, picture


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["package", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    photo = picture(exif=exif(place=PLACE, model="Example Phone 7"))
    page = warc(lambda writer: request(writer, ("Cookie", SECRET)))
    Path("photo.jpg").write_bytes(photo)
    Path("page.warc.gz").write_bytes(page)
    Path("a.osint.zip").write_bytes(
        build(source(photo, suffix=".jpg"), source(page, suffix=".gz"), source(b"words"))
    )
    return tmp_path


def test_a_contributor_learns_what_a_file_betrays_before_it_is_packed(folder: Path):
    done = run("inspect", "photo.jpg")
    assert done.exit_code == 0
    assert "photo.jpg  (image/jpeg)" in done.stdout
    assert "who gets the original learns the place" in done.stdout
    assert "beside what it shows: a place, a device or its owner." in done.stdout
    assert "No malware scan was made." in done.stdout
    assert "52" not in done.stdout


def test_every_object_of_a_package_is_shown(folder: Path):
    before = Path("a.osint.zip").read_bytes()
    done = run("inspect", "a.osint.zip")
    assert done.exit_code == 0
    assert "2  data/objects/0002.gz  (application/warc+gzip)" in done.stdout
    assert "sent to the server: cookie (1)" in done.stdout
    assert "a place, credentials, a device or its owner." in done.stdout
    assert SECRET not in done.stdout
    assert Path("a.osint.zip").read_bytes() == before


def test_the_inspection_as_json(folder: Path):
    value = json.loads(run("inspect", "a.osint.zip", "--json").stdout)
    assert value["is_complete"] is True
    assert value["objects"][0]["flags"] == ["contains_device_traces", "contains_location"]
    assert json.loads(run("inspect", "photo.jpg", "--json").stdout)["objects"][0]["path"] == ""


def test_a_package_that_cannot_be_read_ends_with_status_1(folder: Path):
    Path("b.osint.zip").write_bytes(b"no package")
    done = run("inspect", "b.osint.zip")
    assert done.exit_code == 1
    assert "not an evidence package that can be read" in done.stderr
    assert "The file is as it was." in done.stderr


def copy(*more: object, number: int = 1, out: str = "b.osint.zip") -> Result:
    return run(
        *("working-copy", "a.osint.zip", "--object", number, "--out", out, "--key", "me.key", *more)
    )


def test_a_working_copy_holds_the_pixels_alone(folder: Path):
    done = copy()
    assert done.exit_code == 0, done.output
    assert "Copied 40 x 20 pixels into b.osint.zip" in done.stdout
    assert run("verify", "b.osint.zip").exit_code == 0
    made = files_of(Path("b.osint.zip").read_bytes())
    item = json.loads(made["metadata/package.json"])["items"][0]
    assert item["role"] == "derived"
    assert item["derived_from"] in done.stdout
    assert b"Exif" not in made["data/objects/0001.jpg"]
    assert "nothing that was found" in run("inspect", "b.osint.zip").stdout


def test_the_working_copy_as_json_for_an_organisation(folder: Path):
    contributor = "org_01jdm0000000000000000000ab"
    trusted = ("--trust", fingerprint_of(CONTRIBUTOR))
    value = json.loads(copy("--json", "--contributor", contributor, *trusted).stdout)
    assert value.keys() == {"package", "out", "derived_from"}
    made = files_of(Path("b.osint.zip").read_bytes())
    described = json.loads(made["metadata/package.json"])
    assert described["contributor"] == contributor
    assert described["legal_basis"] == "gdpr_public_task"
    assert described["sensitivity"] == ["possible_victim"]


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        ({"number": 2}, 1, "JPEG, PNG and WebP"),
        ({"number": 9}, 1, "name one of 1 to 3"),
        ({"number": 0}, 2, "0 is not in the range"),
        ({"out": "a.osint.zip"}, 2, "already there"),
        ({"out": "b.zip"}, 2, ".osint.zip"),
    ],
)
def test_what_cannot_be_copied_writes_nothing(folder: Path, arguments, status: int, word: str):
    done = copy(**arguments)
    assert done.exit_code == status
    assert word in done.stderr
    assert not Path("b.osint.zip").exists()
    assert not Path("me.key").exists()


def test_a_copy_of_a_stranger_s_package_is_refused(folder: Path):
    done = copy("--trust", fingerprint_of(STRANGER))
    assert done.exit_code == 1
    assert "not a key that you trust" in done.stderr


def test_no_data_folder_is_needed(folder: Path):
    absent = folder / "absent"
    done = crosslight("package", "inspect", folder / "photo.jpg", data=absent)
    assert done.returncode == 0, done.stderr
    assert not absent.exists()


def test_there_are_words_for_all_that_can_be_found():
    words = inspection_words
    assert words._OF_FINDINGS.keys() == {*Code, *CaptureCode}
    assert words._WARNINGS.keys() == set(Flag)
    assert words._PROVENANCE.keys() == set(Provenance)
    assert words._STOPS.keys() == set(Stop) - {Stop.NONE}
