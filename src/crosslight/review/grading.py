"""What a validator must decide before a contribution is admitted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from crosslight.core.vocabulary.law import (
    DataSubjectCategory,
    HandlingCode,
    InformationGrade,
    LegalBasis,
    SourceGrade,
)
from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.foundation.text import clean, clean_line

LONGEST_PURPOSE = 300
LONGEST_NOTE = 2000
# Data of persons not yet suspected of anything: kept for less than an investigation's own.
LONGEST_RETENTION = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """Grades are the authority's (A.8); the category is never a suspect by default (J5)."""

    source_grade: SourceGrade
    information_grade: InformationGrade
    handling_code: HandlingCode
    legal_basis: LegalBasis
    purpose: str
    retention_until: date
    subject_category: DataSubjectCategory = DataSubjectCategory.UNKNOWN
    legality_note: str = ""


def checked(grading: Grading, *, today: date) -> tuple[str, str]:
    """The purpose and note, cleaned. Raises FieldErrors (LED article 4: purpose and time limit)."""
    faults = tuple(_faults(grading, today=today))
    if faults:
        raise FieldErrors(faults)
    return (
        clean_line(grading.purpose, field="purpose", max_length=LONGEST_PURPOSE),
        clean(grading.legality_note, field="legality_note", max_length=LONGEST_NOTE),
    )


def _faults(grading: Grading, *, today: date) -> list[FieldError]:
    faults = []
    if not grading.purpose.strip():
        faults.append(
            FieldError(
                "D-101",
                "purpose",
                "The purpose of keeping this is missing.",
                "Say in one sentence what it is kept for.",
            )
        )
    if not today < grading.retention_until <= today + LONGEST_RETENTION:
        faults.append(
            FieldError(
                "D-102",
                "retention_until",
                "The keep-until date must lie after today and within three years.",
                "Choose the shortest time that the purpose needs.",
            )
        )
    return faults
