"""References of cases: number and authority."""

from __future__ import annotations

import pytest

from crosslight.core.attributes import case_references


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("PV n° 0123/2026", "123/2026"),
        ("2026-123", "123/2026"),
        ("Case 2026/AB/00123", "ab/123/2026"),
        ("Dossier 45.678", "45/678"),
    ],
)
def test_numbers_are_put_in_one_order_without_zeros(raw, number):
    assert case_references.form(raw).partition("|")[0] == number


@pytest.mark.parametrize("raw", ["12", "no number", "", "/"])
def test_what_holds_too_few_digits_is_no_reference(raw):
    assert case_references.form(raw) is None


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("PV 123/2026, Police de l'Air", "Police de l'air, dossier 2026-0123", "same"),
        ("PV 123/2026, Police de l'Air", "Police 123/2026", "same"),
        ("PV 123/2026, Police", "123/2026", "same_number"),
        ("PV 123/2026, Police", "Gendarmerie 123/2026", "other_authority"),
        ("PV 123/2026, Police", "PV 124/2026, Police", "different"),
    ],
)
def test_level_names_how_two_references_agree(left, right, expected):
    ours, theirs = (case_references.form(raw) for raw in (left, right))
    assert case_references.level(ours, theirs) == expected
    is_key_shared = bool(
        set(case_references.variants(ours)) & set(case_references.variants(theirs))
    )
    assert is_key_shared is (expected != "different")


def test_a_number_alone_is_no_exact_key():
    assert case_references.key("123/2026|") is None
    assert case_references.variants("1234|") == ()
