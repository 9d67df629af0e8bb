"""The Arabic catalogue: complete, true to its places, six plurals, one word for one term."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from scripts.texts import REGION

from tests.catalogues import reading
from tests.catalogues.reading import PLACE, TAG, Entry

FORMS = 6
# Of the forms, those that stand for 0, 1 and 2 alone: they may say the number in words.
IN_WORDS = 3
LETTERS = re.compile("[\u0620-\u064a]")
# Names of products and formats, parts of commands, keys of a keyboard, laws, grades, examples:
# what may stand in Latin letters. Anything else in them is a word that nobody translated.
LATIN = {
    *("BIC", "CSV", "Crosslight", "IBAN", "IMO", "JSON", "MMSI", "SHA", "UTC", "lines", "log2"),
    *("FR", "UTF", "XLSX"),
    *("crosslight", "demo", "reset", "match", "rebuild", "Shift", "GDPR", "LED", "example"),
    *("name", "org", "SN", "ES", "H0", "H1", "H2", "H3", "P1", "P2", "P3", "P4", "A", "B"),
    *("C", "X", "Amina", "Luis", "Ndeye", "Nuria", "Ousman", "Fatou", "Lamin"),
    *("FAIL", "LOG", "Linux", "OK", "VKEY", "ZIP", "build", "con", "court", "doctor", "ent"),
    *("install", "jq", "northport", "openssl", "package", "pip", "pkcs1", "python", "sha2"),
}
# From docs/reference/glossary-ar.md: where English says the first, Arabic says the second, with or
# without the article and in any number and case.
GLOSSARY = {
    r"trafficking in human beings": "الاتجار بالأشخاص",
    r"(?i)smuggling of migrants": "تهريب المهاجرين",
    r"(?i)labour exploitation": "استغلال في العمل",
    r"(?i)possible victim": "ضح(?:ية|ايا) (?:ال)?مفترض",
    r"(?i)victim-protection officer": "مسؤول(?:و|ي)? حماية الضحايا",
    r"(?i)data-protection officer": "مسؤول حماية البيانات",
    r"(?i)data.protection": "حماية البيانات",
    r"(?<!help )\bdesks?\b": "مكا?تب (?:ال)?بلاغات",
    r"(?i)\bcontributors?\b": "مساهمة",
    r"(?i)\bhandovers?\b": "إحال",
    r"(?i)receiving unit": "وحد(?:ة|ات) المتلقية",
    r"(?i)joint room": "غرفة? (?:ال)?مشتركة",
    r"(?i)joint plan": "خطة (?:ال)?مشتركة",
    r"(?i)criteria sheet": "جدول المعايير",
    r"(?i)verification set": "عناصر التحقق",
    r"(?i)\backnowledged?\b": "استلام",
    r"(?i)legal basis": "أساس[^ ]* (?:ال)?قانوني",
    r"(?i)\bpurpose\b": "غرض",
    r"(?i)\bledger\b": "سجل",
    r"(?i)\bmandates?\b": "تكليف",
    r"(?i)\bfeedback\b": "تغذية (?:ال)?راجعة",
    r"(?i)financial intelligence unit|\bFIU\b": "وحدة المعلومات المالية",
    r"(?i)second factor": "عامل[^ ]* (?:ال)?ثان",
    r"(?i)recovery codes?": "رموز (?:ال)?استرداد",
    r"(?i)common values?": "قيمة? (?:ال)?شائعة",
    r"(?i)\bindicators?\b": "مؤشر",
    r"(?i)handling code": "رمز التداول",
    r"(?i)regional office": "مكتب الإقليمي",
    r"(?i)national points?": "نق[^ ]+ التنسيق الوطني",
    r"(?i)\bcustodian\b": "أمين العهدة",
    r"(?i)chain of custody": "سلسلة العهدة",
    r"(?i)\brestrict(?:ion|ed)?\b": "ق\u064f?ي[^ ]*د",
    r"(?i)evidence package": "حزمة أدلة",
}


@pytest.fixture(scope="module")
def arabic() -> gettext.GNUTranslations:
    return reading.compiled("ar")


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return reading.entries_of("ar")


def test_every_sentence_that_explains_a_match_is_said_in_arabic(
    arabic: gettext.GNUTranslations,
) -> None:
    assert reading.unsaid_sentences(arabic) == []


def test_every_text_of_a_closed_list_is_in_the_catalogue(entries: list[Entry]) -> None:
    assert reading.unknown_texts(entries) == [], "run scripts/messages and translate what is new"


def test_nothing_is_left_empty_or_guessed(entries: list[Entry]) -> None:
    reading.assert_nothing_is_left("ar", entries)


def test_the_entries_are_those_of_the_french_catalogue(entries: list[Entry]) -> None:
    assert [english for english, _ in entries] == [
        english for english, _ in reading.entries_of("fr")
    ]


def test_all_six_plurals_are_said(entries: list[Entry]) -> None:
    counted = [(english, forms) for english, forms in entries if len(english) == 2]
    assert len(counted) > 15
    assert [english for english, forms in counted if len(forms) != FORMS] == []
    assert [english for english, forms in entries if len(english) == 1 != len(forms)] == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "لا بطاقات"),
        (1, "بطاقة واحدة"),
        (2, "بطاقتان"),
        (3, "3 بطاقات"),
        (10, "10 بطاقات"),
        (11, "11 بطاقة"),
        (99, "99 بطاقة"),
        (100, "100 بطاقة"),
        (103, "103 بطاقات"),
    ],
)
def test_a_number_has_the_form_that_arabic_gives_it(
    arabic: gettext.GNUTranslations, number: int, said: str
) -> None:
    form = arabic.ngettext("%(number)s record", "%(number)s records", number)
    assert form % {"number": number} == said


def test_places_and_tags_agree(entries: list[Entry]) -> None:
    for english, forms in entries:
        for pattern in (PLACE, TAG):
            wanted = reading.found_in(pattern, english)
            counted = {tuple(sorted(places)) for places in _without_the_number(pattern, english)}
            for place, form in enumerate(forms):
                allowed = wanted | counted if len(forms) > 1 and place < IN_WORDS else wanted
                assert reading.found_in(pattern, [form]) <= allowed, english


def _without_the_number(pattern: re.Pattern[str], english: tuple[str, ...]) -> list[list[str]]:
    """What is left of the places of a plural when the number, its first, is said in words."""
    return [pattern.findall(english[-1])[1:]] if pattern is PLACE else []


def test_every_text_is_in_arabic_letters(entries: list[Entry]) -> None:
    for english, forms in entries:
        for form in forms:
            bare = TAG.sub(" ", PLACE.sub(" ", form))
            latin = set(re.findall(r"[A-Za-z]+\d?", bare)) - LATIN
            is_date_format = english[0].startswith("j M")
            assert is_date_format or not latin, (english, latin)
            wordless = "%(note)s" in english[0]
            assert is_date_format or wordless or LETTERS.search(bare), english


def test_marks_and_digits_are_those_of_the_glossary(entries: list[Entry]) -> None:
    loose = re.compile(
        r"[\u0600-\u06ff)»]\s*[,;?](?!\w)"  # Latin marks behind Arabic words
        r"|\s[،؛؟.](?!\w)"  # a space before a mark
        r"|[\u0660-\u0669\u06f0-\u06f9]"  # other digits than 0 to 9
        r"|['“”\"]|« | »"
    )
    assert [
        form for _english, forms in entries for form in forms if loose.search(TAG.sub("", form))
    ] == []


def test_dates_inside_of_a_sentence_are_set_apart(entries: list[Entry]) -> None:
    date = re.compile(r"\d{4}-\d\d")
    for english, forms in entries:
        for form in forms:
            apart = re.sub("\u2066[^\u2066\u2069]*\u2069", "", form)
            assert not date.search(apart), english
            assert form.count("\u2066") == form.count("\u2069"), english


@pytest.mark.parametrize("term", GLOSSARY, ids=range(len(GLOSSARY)))
def test_a_term_has_the_word_of_the_glossary(entries: list[Entry], term: str) -> None:
    said = [(english, forms) for english, forms in entries if re.search(term, english[0])]
    assert said, f"no text says {term!r}"
    other = [english for english, forms in said if not re.search(GLOSSARY[term], forms[-1])]
    assert other == []


def test_regions_are_not_the_languages_of_the_same_name(arabic: gettext.GNUTranslations) -> None:
    assert arabic.pgettext(REGION, "Arabic") == "عربية"
    assert arabic.gettext("Arabic") == "Arabic"


def test_the_compiled_catalogue_is_this_one(tmp_path: Path) -> None:
    reading.assert_compiled_as_it_is("ar", tmp_path)
