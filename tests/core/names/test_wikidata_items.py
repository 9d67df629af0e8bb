from __future__ import annotations

import gzip
from collections import Counter
from functools import cache
from importlib.resources import files

import pytest

from crosslight.core.names.scripts import to_latin
from crosslight.core.names.wikidata_items import items_of

MOST_ITEMS_OF_A_WORD = 6
MOST_WORDS_OF_AN_ITEM = 60
MOST_BYTES = 3_000_000

ONE_NAME = [
    ("Mamadou", "Mohamed"),
    ("Mamadou", "Muhammad"),
    ("Maxamed", "Mohamed"),
    ("Khaled", "Khalid"),
    ("Hussein", "Husayn"),
    ("Abdurrahman", "Abderrahmane"),
    ("Shevchenko", "Schewtschenko"),
    ("Шевченко", "Shevchenko"),
    ("Ševčenko", "Shevchenko"),
    ("Oleksandr", "Aleksandr"),
    ("Volodymyr", "Vladimir"),
    ("Yulia", "Julija"),
    ("Osipov", "Osipova"),
    ("Ayşe", "Aisha"),
    ("حيدر", "Haider"),
]

TWO_NAMES = [
    ("Hassan", "Hussein"),
    ("Diallo", "Diarra"),
    ("Aleksandr", "Aleksey"),
    ("Ivanov", "Ivanenko"),
    ("Kovačić", "Kovačević"),
    ("Said", "Saad"),
    ("Ahmed", "Hamed"),
    ("Karim", "Rahim"),
    ("Khaled", "Khalil"),
    ("Rashid", "Rashida"),
    ("Antonio", "Antonia"),
    ("Ahmad", "Ahmadi"),
    ("Osman", "Osmani"),
    ("Sorin", "Sorina"),
    ("Ștefan", "Ștefania"),
    ("Milan", "Miloš"),
    ("Zhang", "Jiang"),
    ("Huang", "Hong"),
    ("Nguyễn", "Ngô"),
    ("خالد", "خليل"),
]


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_spellings_of_one_name_share_an_item(one: str, other: str) -> None:
    assert items_of(to_latin(one)) & items_of(to_latin(other))


@pytest.mark.parametrize(("one", "other"), TWO_NAMES)
def test_two_names_share_no_item(one: str, other: str) -> None:
    assert not items_of(to_latin(one)) & items_of(to_latin(other))


@pytest.mark.parametrize(
    "word",
    ["", " ", "\n", "#", "a", "wikidata", "items", "hoxha 31036502", "31036502", "Hoxha", "é"],
)
def test_what_is_no_plain_word_of_the_table_has_no_items(word: str) -> None:
    assert items_of(word) == frozenset()


def test_every_word_is_found_with_its_items() -> None:
    assert [word for word, items in _lines() if items_of(word) != frozenset(items)] == []


def test_no_neighbour_of_a_word_is_taken_for_it() -> None:
    words = {word for word, _ in _lines()}
    made_up = {word + "q" for word in list(words)[::50]} - words
    assert [word for word in made_up if items_of(word)] == []


def test_every_item_joins_at_least_two_words_and_not_too_many() -> None:
    sizes = Counter(item for _, items in _lines() for item in items).values()
    assert min(sizes) >= 2
    assert max(sizes) <= MOST_WORDS_OF_AN_ITEM


def test_every_word_is_plain_and_has_few_items() -> None:
    for word, items in _lines():
        assert word.isascii()
        assert word.isalpha()
        assert word.islower()
        assert len(word) >= 2
        assert 1 <= len(set(items)) == len(items) <= MOST_ITEMS_OF_A_WORD


def test_words_are_sorted_and_each_stands_once() -> None:
    words = [word for word, _ in _lines()]
    assert words == sorted(set(words))


def test_the_file_is_small_and_says_what_it_is() -> None:
    assert len(_packed()) < MOST_BYTES
    count = len(_lines())
    assert _text().startswith("# Wikidata name items (CC0-1.0), release 0.1.0: ")
    assert f": {count} words, " in _text().splitlines()[0]
    assert count > 100_000


@cache
def _lines() -> list[tuple[str, list[int]]]:
    rows = (line.split() for line in _text().splitlines() if not line.startswith("#"))
    return [(word, [int(item) for item in items]) for word, *items in rows]


@cache
def _text() -> str:
    return gzip.decompress(_packed()).decode("ascii")


def _packed() -> bytes:
    folder = files("crosslight.core.names").joinpath("data", "wikidata")
    return folder.joinpath("names-0.1.0.txt.gz").read_bytes()
