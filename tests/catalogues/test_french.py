"""The French catalogue: complete for what the pages say, true to its places, and compiled."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from scripts.texts import REGION

from tests.catalogues import reading
from tests.catalogues.reading import PLACE, TAG, Entry

_TALL = "[:;?!»]"


@pytest.fixture(scope="module")
def french() -> gettext.GNUTranslations:
    return reading.compiled("fr")


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return reading.entries_of("fr")


def test_every_sentence_that_explains_a_match_is_said_in_french(
    french: gettext.GNUTranslations,
) -> None:
    assert reading.unsaid_sentences(french, alike=["Alias"]) == []


def test_every_text_of_a_closed_list_is_in_the_catalogue(entries: list[Entry]) -> None:
    assert reading.unknown_texts(entries) == [], "run scripts/messages and translate what is new"


def test_nothing_is_left_empty_or_guessed(entries: list[Entry]) -> None:
    reading.assert_nothing_is_left("fr", entries)


def test_places_and_tags_agree(entries: list[Entry]) -> None:
    for english, french in entries:
        for pattern in (PLACE, TAG):
            assert reading.found_in(pattern, french) <= reading.found_in(pattern, english), english


def test_tall_marks_keep_to_their_word(entries: list[Entry]) -> None:
    loose = re.compile(rf" {_TALL}|« |(?<=[a-zé])[;?!»](?!\w)|['“”]")
    assert [text for _english, french in entries for text in french if loose.search(text)] == []


def test_regions_are_not_the_languages_of_the_same_name(french: gettext.GNUTranslations) -> None:
    assert french.pgettext(REGION, "Arabic") == "arabe"
    assert french.gettext("Arabic") == "Arabic"


def test_the_compiled_catalogue_is_this_one(tmp_path: Path) -> None:
    reading.assert_compiled_as_it_is("fr", tmp_path)
