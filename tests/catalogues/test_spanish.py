"""The Spanish catalogue: complete for what the pages say, true to places and words, compiled."""

from __future__ import annotations

import gettext
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from scripts.texts import REGION, SOURCE, texts

from crosslight.core.matching.v1.wording import LABELS, SENTENCES
from tests.catalogues.reading import PLACE, TAG, entries_of

FOLDER = SOURCE / "locale" / "es" / "LC_MESSAGES"
Entries = list[tuple[tuple[str, ...], tuple[str, ...]]]

# What both languages write alike: names of things, formats, and values without words.
SAME_IN_BOTH = {
    "%(left)s ~ %(right)s: %(note)s",
    "%(n)d byte",
    "%(weight)s bits",
    "Alias",
    "Auditor",
    "Error:",
    "IBAN",
    "MMSI",
    "No",
    "Sector",
    "probable",
    "sector",
}
# From docs/reference/glossary-es.md: where English says the first, Spanish says the second.
GLOSSARY = {
    r"trafficking in human beings": r"trata de seres humanos",
    r"smuggling of migrants": r"tráfico ilícito de migrantes",
    r"possible victims?": r"presuntas? víctimas?",
    r"(?<!help )desks?\b": r"células?",
    r"contributors?\b": r"aportantes?",
    r"\breporters?\b": r"comunicantes?",
    r"unit heads?": r"jefes? de unidad",
    r"\bmatches (?:are|appear|that|waiting|between)": r"coincidencias",
    r"handovers?\b": r"cesi(?:ón|ones)",
    r"(?<!\()\bgiver\b": r"cedente",
    r"receiving unit|\bthe receiver\b": r"receptora",
    r"joint rooms?": r"salas? conjuntas?",
    r"joint plan": r"plan conjunto",
    r"joint team": r"equipo conjunto",
    r"national points?": r"puntos? focal(?:es)? nacional(?:es)?",
    r"regional office": r"oficina regional",
    r"data-protection officer": r"delegado de protección de datos",
    r"victim-protection officers?": r"responsables? de protección de víctimas",
    r"\bmandates?\b": r"habilitaci(?:ón|ones)",
    r"originator": r"originador",
    r"legal bas[ie]s": r"bases? jurídicas?",
    r"\bledger\b": r"registro",
    r"\breceipt\b": r"justificante",
    r"criteria sheet": r"hoja de criterios",
    r"verification set": r"datos de verificación",
    r"second factor": r"segundo factor",
    r"recovery codes?": r"códigos? de recuperación",
    r"common values?": r"valor(?:es)? frecuentes?",
    r"\bfeedback\b": r"información de retorno",
    r"\bFIU\b|financial intelligence unit": r"\bUIF\b|unidad de inteligencia financiera",
}
# Words that accuse, that name an informant or another crime, and readers addressed as friends.
NEVER = re.compile(r"\bdenunci|\bcolaborador|\bvosotros\b|\bvuestr|\btráfico de (?:seres|personas)")


@pytest.fixture(scope="module")
def spanish() -> gettext.GNUTranslations:
    with (FOLDER / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


@pytest.fixture(scope="module")
def entries() -> Entries:
    return entries_of("es")


def test_every_sentence_that_explains_a_match_is_said_in_spanish(
    spanish: gettext.GNUTranslations,
) -> None:
    said = {text for levels in SENTENCES.values() for text in levels.values()}
    said |= set(LABELS.values()) - SAME_IN_BOTH
    assert len(said) > 150
    assert [text for text in sorted(said) if spanish.gettext(text) == text] == []


def test_every_text_of_a_closed_list_is_in_the_catalogue(entries: Entries) -> None:
    known = {english[0].replace(r"\"", '"') for english, _spanish in entries}
    said = {text for each in texts().values() for text in each}
    assert len(said) > 500
    assert sorted(said - known) == [], "run scripts/messages and translate what is new"


def test_nothing_is_left_empty_or_guessed(entries: Entries) -> None:
    assert len(entries) > 2000
    assert [english for english, spanish in entries if not all(spanish)] == []
    assert "#, fuzzy" not in (FOLDER / "django.po").read_text("utf-8")


def test_nothing_is_left_in_english(spanish: gettext.GNUTranslations, entries: Entries) -> None:
    alike = {english[0] for english, said in entries if english[0] == said[0]}
    assert sorted(alike - SAME_IN_BOTH) == []
    assert spanish.gettext("Cases") == "Casos"


def test_places_and_tags_agree(entries: Entries) -> None:
    for english, spanish in entries:
        for pattern in (PLACE, TAG):
            wanted = {tuple(sorted(pattern.findall(text))) for text in english}
            found = {tuple(sorted(pattern.findall(text))) for text in spanish}
            assert found <= wanted, english


def test_questions_and_calls_open_and_quotations_are_spanish(entries: Entries) -> None:
    said = [text for _english, spanish in entries for text in spanish]
    plain = [TAG.sub("", text) for text in said]
    assert [t for t in plain if t.count("?") != t.count("¿") or t.count("!") != t.count("¡")] == []
    assert [text for text in plain if re.search(r"['‘’“”]|\\\"", text)] == []
    assert [text for text in plain if re.search(r"« | »| [:;?!,.](?!\w)|  ", text)] == []
    assert [text for text in plain if text.count("«") != text.count("»")] == []


@pytest.mark.parametrize(("term", "word"), sorted(GLOSSARY.items()))
def test_one_english_term_is_one_spanish_word(term: str, word: str, entries: Entries) -> None:
    concerned = [
        (english, spanish)
        for english, spanish in entries
        if re.search(term, english[0], re.IGNORECASE)
    ]
    assert concerned, "the English of the pages no longer says this"
    other = [
        english[0] for english, said in concerned if not re.search(word, said[0], re.IGNORECASE)
    ]
    assert other == []


def test_no_word_accuses_or_is_too_familiar(entries: Entries) -> None:
    said = [text for _english, spanish in entries for text in spanish]
    assert [text for text in said if NEVER.search(text.lower())] == []


def test_regions_are_not_the_languages_of_the_same_name(spanish: gettext.GNUTranslations) -> None:
    assert spanish.pgettext(REGION, "Arabic") == "árabe"
    assert spanish.gettext("Arabic") == "Arabic"


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
def test_the_compiled_catalogue_is_this_one(tmp_path: Path) -> None:
    compiled = tmp_path / "django.mo"
    command = ["msgfmt", "--check", f"--output-file={compiled}", str(FOLDER / "django.po")]
    subprocess.run(command, check=True)

    assert compiled.read_bytes() == (FOLDER / "django.mo").read_bytes()
