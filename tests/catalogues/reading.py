"""Reading the catalogues of the pages, and what holds for every language."""

from __future__ import annotations

import gettext
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from scripts.texts import SOURCE, texts

from crosslight.core.matching.v1.wording import LABELS, SENTENCES

PLACE = re.compile(r"%(?:\(\w+\))?[sd%]|\{\w+\}")
TAG = re.compile(r"</?\w+[^>]*>")
# English forms and translated forms of one entry.
Entry = tuple[tuple[str, ...], tuple[str, ...]]


def folder_of(language: str) -> Path:
    return SOURCE / "locale" / language / "LC_MESSAGES"


def compiled(language: str) -> gettext.GNUTranslations:
    with (folder_of(language) / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def entries_of(language: str) -> list[Entry]:
    return list(_entries((folder_of(language) / "django.po").read_text("utf-8")))


def _entries(catalogue: str) -> Iterator[Entry]:
    """Each entry but the first, which describes the file."""
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


def unsaid_sentences(catalogue: gettext.GNUTranslations, *, alike: Sequence[str] = ()) -> list[str]:
    """Sentences that explain a match and are still English; `alike` are the same in both."""
    said = {text for levels in SENTENCES.values() for text in levels.values()}
    said |= set(LABELS.values()) - set(alike)
    assert len(said) > 150
    return [text for text in sorted(said) if catalogue.gettext(text) == text]


def unknown_texts(entries: Sequence[Entry]) -> list[str]:
    """Texts of closed lists that the catalogue has no entry for."""
    known = {english[0].replace(r"\"", '"') for english, _translated in entries}
    said = {text for each in texts().values() for text in each}
    assert len(said) > 500
    return sorted(said - known)


def assert_nothing_is_left(language: str, entries: Sequence[Entry]) -> None:
    assert len(entries) > 2000
    assert [english for english, translated in entries if not all(translated)] == []
    assert "#, fuzzy" not in (folder_of(language) / "django.po").read_text("utf-8")


def found_in(pattern: re.Pattern[str], forms: Sequence[str]) -> set[tuple[str, ...]]:
    """For each form what of the pattern it holds, in any order."""
    return {tuple(sorted(pattern.findall(text))) for text in forms}


def assert_compiled_as_it_is(language: str, temporary: Path) -> None:
    if shutil.which("msgfmt") is None:
        pytest.skip("gettext is not installed")
    anew, folder = temporary / "django.mo", folder_of(language)
    command = ["msgfmt", "--check", f"--output-file={anew}", str(folder / "django.po")]
    subprocess.run(command, check=True)

    assert anew.read_bytes() == (folder / "django.mo").read_bytes()
