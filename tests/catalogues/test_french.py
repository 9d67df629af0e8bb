"""The French catalogue: complete for what the pages say, true to its places, and compiled."""

from __future__ import annotations

import gettext
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from scripts.texts import REGION, SOURCE, texts

from crosslight.core.matching.v1.wording import LABELS, SENTENCES

FOLDER = SOURCE / "locale" / "fr" / "LC_MESSAGES"
_PLACE = re.compile(r"%(?:\(\w+\))?[sd%]")
_TAG = re.compile(r"</?\w+[^>]*>")
_TALL = "[:;?!»]"


@pytest.fixture(scope="module")
def french() -> gettext.GNUTranslations:
    with (FOLDER / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


@pytest.fixture(scope="module")
def entries() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return list(_entries((FOLDER / "django.po").read_text("utf-8")))


def _entries(catalogue: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """English forms and French forms of each entry but the first, which describes the file."""
    for block in catalogue.split("\n\n")[1:]:
        said = re.findall(r'^(msg\w+)(?:\[\d\])? "(.*)"((?:\n".*")*)', block, re.MULTILINE)
        forms = [
            (kind, first + "".join(re.findall(r'^"(.*)"$', more, re.MULTILINE)))
            for kind, first, more in said
        ]
        yield (
            tuple(text for kind, text in forms if kind.startswith("msgid")),
            tuple(text for kind, text in forms if kind == "msgstr"),
        )


def test_every_sentence_that_explains_a_match_is_said_in_french(
    french: gettext.GNUTranslations,
) -> None:
    said = {text for levels in SENTENCES.values() for text in levels.values()}
    said |= set(LABELS.values()) - {"Alias"}
    assert len(said) > 150
    assert [text for text in sorted(said) if french.gettext(text) == text] == []


def test_every_text_of_a_closed_list_is_in_the_catalogue(
    entries: list[tuple[tuple[str, ...], tuple[str, ...]]],
) -> None:
    known = {english[0].replace(r"\"", '"') for english, _french in entries}
    said = {text for each in texts().values() for text in each}
    assert len(said) > 500
    assert sorted(said - known) == [], "run scripts/messages and translate what is new"


def test_nothing_is_left_empty_or_guessed(
    entries: list[tuple[tuple[str, ...], tuple[str, ...]]],
) -> None:
    assert len(entries) > 2000
    assert [english for english, french in entries if not all(french)] == []
    assert "#, fuzzy" not in (FOLDER / "django.po").read_text("utf-8")


def test_places_and_tags_agree(entries: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    for english, french in entries:
        for pattern in (_PLACE, _TAG):
            wanted = {tuple(sorted(pattern.findall(text))) for text in english}
            found = {tuple(sorted(pattern.findall(text))) for text in french}
            assert found <= wanted, english


def test_tall_marks_keep_to_their_word(
    entries: list[tuple[tuple[str, ...], tuple[str, ...]]],
) -> None:
    loose = re.compile(rf" {_TALL}|« |(?<=[a-zé])[;?!»](?!\w)|['“”]")
    assert [text for _english, french in entries for text in french if loose.search(text)] == []


def test_regions_are_not_the_languages_of_the_same_name(french: gettext.GNUTranslations) -> None:
    assert french.pgettext(REGION, "Arabic") == "arabe"
    assert french.gettext("Arabic") == "Arabic"


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
def test_the_compiled_catalogue_is_this_one(tmp_path: Path) -> None:
    compiled = tmp_path / "django.mo"
    command = ["msgfmt", "--check", f"--output-file={compiled}", str(FOLDER / "django.po")]
    subprocess.run(command, check=True)

    assert compiled.read_bytes() == (FOLDER / "django.mo").read_bytes()
