"""Names of organisations: legal forms, generic words, acronyms and spellings."""

from __future__ import annotations

import pytest

from crosslight.core.attributes import organisations


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Teranga Transports S.A.R.L.", "teranga transports|limited"),
        ("SARL Teranga Transports", "teranga transports|limited"),
        ("Société à responsabilité limitée Teranga", "teranga|limited"),
        ("TERANGA SUARL", "teranga|limited"),
        ("Groupement d'Intérêt Économique Jappo", "jappo|cooperative"),
        ("GIE Jappo", "jappo|cooperative"),
        ("Teranga Sp. z o.o.", "teranga|limited"),
        ("ООО Тест", "test|limited"),
        ("ТОВ Тест", "test|limited"),
        ("Teranga Ltd. Şti.", "teranga|limited"),
        ("Teranga S.p.A.", "teranga|shares"),
        ("Asociación de Mujeres Unidas", "asociacion mujeres unidas|"),
        ("Ltd", "ltd|"),
        ("---", None),
        ("", None),
    ],
)
def test_form_keeps_words_and_the_kind_of_legal_form(raw, expected):
    assert organisations.form(raw) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Teranga Transports SARL", "TERANGA TRANSPORTS", "same"),
        ("Teranga Transports SARL", "Teranga Transports Ltd", "same"),
        ("Teranga Transports SARL", "Teranga Transports SA", "same_core"),
        ("Teranga Transports SARL", "Teranga Travel & Tours", "same_core"),
        ("Agence Nationale de Lutte", "ANL", "acronym"),
        ("ANL", "Agence Nationale de Lutte (ANL)", "acronym"),
        ("Banjul Breweries Ltd", "Banjul Brewery", "spelling"),
        ("A.N.L.", "Agence Nationale de Lutte", "acronym"),
        ("Ndiaye Transports", "Njie Transport Services Ltd", "spelling"),
        ("Terenga Export", "Teranga Export", "spelling"),
        ("Nouvelle Teranga", "Teranga", "partial"),
        ("Restaurant Le Baobab", "Restaurant La Mer", "different"),
        ("Transport SARL", "Transport Teranga SARL", "different"),
        ("West Africa Trading", "West Africa Travel Ltd", "different"),
    ],
)
def test_level_names_how_two_names_agree(left, right, expected):
    ours, theirs = organisations.form(left), organisations.form(right)
    assert organisations.level(ours, theirs) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Agence Nationale de Lutte", "ANL"),
        ("Ndiaye Transports SARL", "Njie Travel Ltd"),
        ("Société Baobab", "Baobab SA"),
    ],
)
def test_variants_bring_the_same_organisation_together(left, right):
    ours, theirs = (organisations.variants(organisations.form(raw)) for raw in (left, right))
    assert set(ours) & set(theirs)


def test_a_name_is_no_exact_key():
    assert organisations.key("teranga|limited") is None
