"""The Portuguese catalogue: complete, true to its places, European, one word for one term."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from scripts.texts import REGION

from tests.catalogues import reading
from tests.catalogues.reading import PLACE, TAG, Entry

# What both languages write alike: names of things, formats, and values without words.
SAME_IN_BOTH = {
    "%(left)s ~ %(right)s: %(note)s",
    "%(n)d byte",
    "%(weight)s bits",
    "Auditor",
    "IBAN",
    "MMSI",
}
# From docs/reference/glossary-pt.md: where English says the first, Portuguese says the second.
GLOSSARY = {
    r"trafficking in human beings": r"tráfico de seres humanos",
    r"smuggling of migrants": r"tráfico ilícito de migrantes",
    r"possible victims?": r"presumíve(?:l|is) vítimas?",
    r"(?<!help )desks?\b": r"células?",
    r"contributors?\b": r"contribuidor(?:es|as?)?",
    r"\breporters?\b": r"comunicantes?",
    r"unit heads?": r"chefes? d(?:e|a sua) unidade",
    r"\bmatches (?:are|appear|that|waiting|between)": r"correspondências",
    r"handovers?\b": r"cedências?",
    r"(?<!\()\bgiver\b": r"cedente",
    r"receiving unit|\bthe receiver\b": r"recetora",
    r"joint rooms?": r"salas? conjuntas?",
    r"joint plan": r"plano conjunto",
    r"joint team": r"equipa (?:de investigação )?conjunta",
    r"national points?": r"pontos? foca(?:l|is) naciona(?:l|is)",
    r"regional office": r"escritório regional",
    r"data-protection officer": r"encarregado da proteção de dados",
    r"victim-protection officers?": r"responsáve(?:l|is) pela proteção das vítimas",
    r"\bmandates?\b": r"habilitaç(?:ão|ões)",
    r"originator": r"origem",
    r"legal bas[ie]s": r"fundamentos? jurídicos?",
    r"\bledger\b": r"registo",
    r"\breceipt\b": r"recibo",
    r"criteria sheet": r"folha de critérios",
    r"verification set": r"dados de verificação",
    r"second factor": r"segundo fator",
    r"recovery codes?": r"códigos? de recuperação",
    r"common values?": r"valor(?:es)? frequentes?",
    r"\bfeedback\b": r"informaç(?:ão|ões) de retorno",
    r"\bFIU\b|financial intelligence unit": r"\bUIF\b|Unidades? de Informação Financeira",
    r"chain of custody": r"cadeia de custódia",
    r"time stamp": r"selos? tempora(?:l|is)",
}
# Words that accuse, that name an informant or another thing, Brazilian spellings, and readers
# addressed as friends.
NEVER = re.compile(
    r"\bdenúnci|\bdenunci|\bcolaborador|\bvocê|\btu\b|\bcontribuinte|impressão digital"
    r"|\busuári|\barquivo de|\bregistro|\btela\b|\bsenha|\bequipe\b|\bcontato|\brecepç"
)


@pytest.fixture(scope="module")
def portuguese() -> gettext.GNUTranslations:
    return reading.compiled("pt")


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return reading.entries_of("pt")


def test_every_sentence_that_explains_a_match_is_said_in_portuguese(
    portuguese: gettext.GNUTranslations,
) -> None:
    assert reading.unsaid_sentences(portuguese, alike=tuple(SAME_IN_BOTH)) == []


def test_every_text_of_a_closed_list_is_in_the_catalogue(entries: list[Entry]) -> None:
    assert reading.unknown_texts(entries) == [], "run scripts/messages and translate what is new"


def test_nothing_is_left_empty_or_guessed(entries: list[Entry]) -> None:
    reading.assert_nothing_is_left("pt", entries)


def test_the_entries_are_those_of_the_french_catalogue(entries: list[Entry]) -> None:
    assert [english for english, _ in entries] == [
        english for english, _ in reading.entries_of("fr")
    ]


def test_nothing_is_left_in_english(
    portuguese: gettext.GNUTranslations, entries: list[Entry]
) -> None:
    alike = {english[0] for english, said in entries if english[0] == said[0]}
    assert sorted(alike - SAME_IN_BOTH) == []
    assert portuguese.gettext("Cases") == "Casos"


def test_places_and_tags_agree(entries: list[Entry]) -> None:
    for english, said in entries:
        for pattern in (PLACE, TAG):
            assert reading.found_in(pattern, said) <= reading.found_in(pattern, english), english


def test_quotations_and_signs_are_portuguese(entries: list[Entry]) -> None:
    plain = [TAG.sub("", text) for _english, said in entries for text in said]
    assert [text for text in plain if re.search(r"['‘’“”]|\\\"", text)] == []
    assert [text for text in plain if re.search(r"« | »| [:;?!,.](?!\w)|  ", text)] == []
    assert [text for text in plain if text.count("«") != text.count("»")] == []


@pytest.mark.parametrize(("term", "word"), sorted(GLOSSARY.items()))
def test_one_english_term_is_one_portuguese_word(
    term: str, word: str, entries: list[Entry]
) -> None:
    concerned = [
        (english, said) for english, said in entries if re.search(term, english[0], re.IGNORECASE)
    ]
    assert concerned, "the English of the pages no longer says this"
    other = [
        english[0] for english, said in concerned if not re.search(word, said[0], re.IGNORECASE)
    ]
    assert other == []


def test_no_word_accuses_is_brazilian_or_too_familiar(entries: list[Entry]) -> None:
    said = [text for _english, forms in entries for text in forms]
    assert [text for text in said if NEVER.search(text.lower())] == []


def test_regions_are_not_the_languages_of_the_same_name(
    portuguese: gettext.GNUTranslations,
) -> None:
    assert portuguese.pgettext(REGION, "Arabic") == "árabe"
    assert portuguese.gettext("Arabic") == "Arabic"


def test_the_compiled_catalogue_is_this_one(tmp_path: Path) -> None:
    reading.assert_compiled_as_it_is("pt", tmp_path)
