"""Splink 5 on the synthetic persons, with names as sets of words of one kind or another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

import pyarrow
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import block_on

from benchmarks.splink_peer import SplinkTask

_NOT_LETTER = re.compile(r"[^a-z]+")
Row = Mapping[str, str | None]
Wording = Callable[[Row], Sequence[str]]


def raw_words(row: Row) -> list[str]:
    """Words of the name as written, but for case and accents."""
    decomposed = unicodedata.normalize("NFD", (row["name"] or "").casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return [word for word in _NOT_LETTER.split(plain) if word]


def true_words(row: Row) -> list[str]:
    """What an oracle makes of them, each word under the one name that it stands for."""
    return (row["truth_name"] or "").split("|")


def worded(rows: Sequence[Row], wording: Wording) -> pyarrow.Table:
    """The rows as Splink takes them: words sorted, parts of the date and of the phone apart."""
    return pyarrow.Table.from_pylist([_prepared(row, wording) for row in rows])


def _prepared(row: Row, wording: Wording) -> dict[str, object]:
    words = sorted(set(wording(row)))
    birth, phone = row["birth_date"] or "", re.sub(r"\D", "", row["phone"] or "")
    return {
        "id": row["id"],
        "words": words,
        "whole": " ".join(words) or None,
        "birth_date": birth if len(birth) == len("2000-01-01") else None,
        "birth_day": birth if len(birth) == len("2000-01-01") and birth[4:] != "-01-01" else None,
        "birth_year": birth[:4] or None,
        "sex": row["sex"],
        "nationality": row["nationality"],
        "birth_place": " ".join(_NOT_LETTER.split(_plain(row["birth_place"]))) or None,
        "phone": phone[-8:] or None,
        "document": row["document"],
    }


def _plain(text: str | None) -> str:
    decomposed = unicodedata.normalize("NFD", (text or "").casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_COMMON = "len(list_intersect(words_l, words_r))"
_NAMES = cl.CustomComparison(
    output_column_name="name",
    comparison_levels=[
        cll.NullLevel("whole"),
        cll.ExactMatchLevel("whole", term_frequency_adjustments=True),
        cll.CustomLevel(f"{_COMMON} >= 2", "two words or more alike"),
        cll.JaroWinklerLevel("whole", 0.92),
        cll.CustomLevel(f"{_COMMON} = 1", "one word alike"),
        cll.ElseLevel(),
    ],
)
_BIRTH = cl.CustomComparison(
    output_column_name="birth",
    comparison_levels=[
        cll.NullLevel("birth_year"),
        cll.ExactMatchLevel("birth_day"),
        cll.DamerauLevenshteinLevel("birth_day", 1),
        cll.ExactMatchLevel("birth_year"),
        cll.CustomLevel(
            "abs(cast(birth_year_l as int) - cast(birth_year_r as int)) <= 3", "near years"
        ),
        cll.ElseLevel(),
    ],
)

PERSONS = SplinkTask(
    id_column="id",
    comparisons=(
        _NAMES,
        _BIRTH,
        cl.ExactMatch("sex"),
        cl.ExactMatch("nationality").configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("birth_place", [0.92, 0.8]),
        cl.ExactMatch("phone").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("document", [1]),
    ),
    blocking=(
        block_on("document"),
        block_on("phone"),
        block_on("birth_day"),
        block_on("whole", "birth_year"),
        block_on("whole", "birth_place"),
        block_on("words", "birth_year", "birth_place", arrays_to_explode=["words"]),
    ),
    training=(block_on("birth_day"), block_on("whole")),
    sure_rules=(
        "l.document = r.document",
        "l.whole = r.whole and l.birth_day = r.birth_day",
        "l.phone = r.phone and l.birth_year = r.birth_year and l.sex = r.sex",
    ),
    sure_recall=0.4,
)
