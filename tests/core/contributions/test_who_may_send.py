"""Who may send what on which basis, with or without personal data: every case (procedures B.2).

`who_may_send.csv` names what is taken; whatever it does not name must be refused, with a code that
says why. `personal_data`: whether it may hold any.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from crosslight.core.contributions import Content, check
from crosslight.core.indicators import catalogue
from crosslight.core.vocabulary.contributions import ContributionKind, PartyRole
from crosslight.core.vocabulary.contributors import CONTRIBUTOR_CLASSES, ContributorClass
from crosslight.core.vocabulary.law import LegalBasis
from tests.core.contributions.samples import complete, pattern, phone

TABLE = Path(__file__).with_name("who_may_send.csv")
PHONE = "+44 7700 900123"
WHY = {"L-201", "L-202", "L-204", "L-205"}
CASES = list(product(CONTRIBUTOR_CLASSES, ContributionKind, LegalBasis, (False, True)))


def read_table() -> dict[tuple[str, str, str], bool]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            (row["class"], row["kind"], row["basis"]): row["personal_data"] == "yes"
            for row in csv.DictReader(file)
        }


TAKEN = read_table()


def sample(kind: ContributionKind, *, basis: LegalBasis, has_personal_data: bool) -> Content:
    if kind is ContributionKind.TYPOLOGY:
        words = f"Crew are told to call {PHONE} when the boat has left, and to say nothing on land."
        changes = {"how_it_works": words} if has_personal_data else {}
        return pattern(legal_basis=basis, **changes)
    given = (phone(PartyRole.RECRUITER),) if has_personal_data else ()
    return replace(
        complete(), identifiers=given, legal_basis=basis, reference_of_fiu="STR-2026-0815"
    )


@pytest.mark.parametrize(
    ("group", "kind", "basis", "has_personal_data"),
    CASES,
    ids=lambda value: getattr(value, "name", value),
)
def test_what_the_table_names_is_taken_and_all_else_refused_with_the_reason(
    group: ContributorClass, kind: ContributionKind, basis: LegalBasis, has_personal_data: bool
) -> None:
    faults = check(
        kind,
        sample(kind, basis=basis, has_personal_data=has_personal_data),
        contributor_class=group,
        catalogue=catalogue(),
        today=date(2026, 11, 21),
        region="GB",
        files=1,
    )

    row = (group.name, kind.value, basis.value)
    is_taken = row in TAKEN and (TAKEN[row] or not has_personal_data)
    codes = {fault.code for fault in faults}
    assert codes == set() if is_taken else codes and codes <= WHY, (row, codes)
    assert all(fault.message and fault.remedy for fault in faults)


def test_every_row_of_the_table_is_a_case() -> None:
    cases = {(group.name, kind.value, basis.value) for group, kind, basis, _ in CASES}
    assert cases >= set(TAKEN)


def test_every_class_and_every_kind_is_in_the_table() -> None:
    assert {row[0] for row in TAKEN} == {group.name for group in CONTRIBUTOR_CLASSES}
    assert {row[1] for row in TAKEN} == {kind.value for kind in ContributionKind}
