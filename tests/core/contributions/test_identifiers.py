from __future__ import annotations

import pytest

from crosslight.core.contributions.content import Identifier
from crosslight.core.contributions.identifiers import normalised, personal_in
from crosslight.core.vocabulary.contributions import IdentifierKind


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (IdentifierKind.PHONE, "07700 900123", "+447700900123"),
        (IdentifierKind.EMAIL, "Someone@Example.ORG", "someone@example.org"),
        (IdentifierKind.PLATE, "ab-123-cd", "AB123CD"),
        (IdentifierKind.BIRTH_DATE, "2.3.1990", "1990-03-02"),
        (IdentifierKind.NAME, "Sample Person", "Sample Person"),
        (IdentifierKind.OTHER, "a blue door", "a blue door"),
        (IdentifierKind.PHONE, "no phone", ""),
    ],
)
def test_the_value_is_worked_out_and_the_raw_text_stays(
    kind: IdentifierKind, raw: str, value: str
) -> None:
    found = normalised(Identifier(kind=kind, raw=raw, value="forged"), region="GB")
    assert (found.raw, found.value) == (raw, value)


@pytest.mark.parametrize("kind", IdentifierKind)
@pytest.mark.parametrize("raw", ["x", "?", "0", "\u202e", "9" * 300, "é" * 300])
def test_no_text_breaks_a_normaliser(kind: IdentifierKind, raw: str) -> None:
    assert normalised(Identifier(kind=kind, raw=raw), region="GB").raw == raw


def test_a_story_holds_no_personal_data_by_its_names_dates_and_plates() -> None:
    text = "On 12.11.2026 a van, plate AB 123 CD, stood before the Blue House at www.example.org."
    assert personal_in(text, region="GB") == ()
