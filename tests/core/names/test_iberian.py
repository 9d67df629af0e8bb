from __future__ import annotations

import pytest

from crosslight.core.names import parse, score
from crosslight.core.names.iberian import maria_spelt_out, without_particle


@pytest.mark.parametrize(
    ("written", "name"),
    [("delafuente", "fuente"), ("delatorre", "torre"), ("delgarza", "garza")],
)
def test_a_particle_that_grew_on_is_cut_off(written, name):
    assert without_particle(written) == name


@pytest.mark.parametrize("name", ["delgado", "davila", "dominguez", "demba", "delacroix"])
def test_a_listed_name_keeps_what_looks_like_a_particle(name):
    assert without_particle(name) == name


@pytest.mark.parametrize(
    ("words", "spelt"),
    [
        (["ma", "del", "rosario", "gil"], ["maria", "del", "rosario", "gil"]),
        (["rosa", "ma", "gil"], ["rosa", "maria", "gil"]),
        (["david", "ma"], ["david", "ma"]),
        (["ma", "xiaoming"], ["ma", "xiaoming"]),
    ],
)
def test_ma_is_maria_beside_a_spanish_name_only(words, spelt):
    assert maria_spelt_out(words) == spelt


@pytest.mark.parametrize(
    ("two", "short"),
    [
        ("José María Pérez Cano", "Chema Pérez Cano"),
        ("Juan José Soria Gil", "Juanjo Soria Gil"),
        ("María Teresa Vidal Ros", "Maite Vidal Ros"),
        ("María Isabel Mena Ruiz", "Maribel Mena Ruiz"),
    ],
)
def test_two_given_names_have_one_short_form(two, short):
    assert score(two, short) > 0.8


def test_no_short_form_of_two_is_taken_for_one_of_them():
    assert len(parse("José Antonio Martínez Ruiz").tokens) == 4
    assert score("José Antonio Martínez Ruiz", "José Antonio Martínez") > 0.9


@pytest.mark.parametrize(
    ("one", "other"),
    [("Júnior", "Neto"), ("Filho", "Sobrinho"), ("Neto", "Filho"), ("Júnior", "Filho")],
)
def test_words_of_descent_tell_men_of_one_name_apart(one, other):
    assert score(f"João Alves Lima {one}", f"João Alves Lima {other}") < 0.2


def test_a_word_of_descent_left_out_counts_more_than_a_surname_left_out():
    alone = score("João Alves Lima", "João Alves Lima Júnior")
    assert alone < score("João Alves Lima", "João Alves Lima Souza")
    assert score("João Alves Lima Jr.", "João Alves Lima Júnior") > 0.95
