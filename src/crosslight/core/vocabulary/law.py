"""Legal bases, handling codes, grades and data-subject categories (law.md; procedures A.8)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class LegalBasis(StrEnum):
    AML_DUTY = "aml_duty"
    DSA_ARTICLE_18 = "dsa_article_18"
    GDPR_CONSENT = "gdpr_consent"
    GDPR_VITAL_INTERESTS = "gdpr_vital_interests"
    GDPR_PUBLIC_TASK = "gdpr_public_task"
    GDPR_LEGITIMATE_INTERESTS = "gdpr_legitimate_interests"
    NO_PERSONAL_DATA = "no_personal_data"
    LED_ARTICLE_8 = "led_article_8"


class HandlingCode(StrEnum):
    """Europol's handling codes; the most restrictive wins (I5)."""

    H0 = "H0"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"


class SourceGrade(StrEnum):
    A = "A"
    B = "B"
    C = "C"
    X = "X"


class InformationGrade(StrEnum):
    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"


class DataSubjectCategory(StrEnum):
    """Directive (EU) 2016/680, article 6. The default is UNKNOWN, never suspect (J5)."""

    UNKNOWN = "unknown"
    SUSPECT = "suspect"
    CONVICTED = "convicted"
    POSSIBLE_VICTIM = "possible_victim"
    WITNESS = "witness"
    CONTACT = "contact"
    ASSOCIATE = "associate"
    NOT_A_PERSON = "not_a_person"


# A match on one of these goes to victim-protection officers only (procedures A.6, I13).
PROTECTED_CATEGORIES = frozenset({DataSubjectCategory.POSSIBLE_VICTIM, DataSubjectCategory.WITNESS})


class Nature(StrEnum):
    """Facts and assessments are kept apart from the first draft on (J3; LED article 7)."""

    FACT = "fact"
    ASSESSMENT = "assessment"


LEGAL_BASIS_LABELS: Mapping[LegalBasis, str] = {
    LegalBasis.AML_DUTY: "Duty under anti-money-laundering law",
    LegalBasis.DSA_ARTICLE_18: "Digital Services Act, article 18",
    LegalBasis.GDPR_CONSENT: "Consent of the person (GDPR 6(1)(a))",
    LegalBasis.GDPR_VITAL_INTERESTS: "Vital interests of a person (GDPR 6(1)(d))",
    LegalBasis.GDPR_PUBLIC_TASK: "Our public task by law (GDPR 6(1)(e))",
    LegalBasis.GDPR_LEGITIMATE_INTERESTS: "Legitimate interests (GDPR 6(1)(f))",
    LegalBasis.NO_PERSONAL_DATA: "No personal data in it",
    LegalBasis.LED_ARTICLE_8: "Task of a competent authority (LED article 8)",
}
HANDLING_LABELS: Mapping[HandlingCode, str] = {
    HandlingCode.H0: "H0: use for this purpose",
    HandlingCode.H1: "H1: not in court without permission",
    HandlingCode.H2: "H2: do not pass on without permission",
    HandlingCode.H3: "H3: other limits, ask first",
}
SOURCE_GRADE_LABELS: Mapping[SourceGrade, str] = {
    SourceGrade.A: "A: no doubt about the source",
    SourceGrade.B: "B: mostly reliable so far",
    SourceGrade.C: "C: mostly unreliable so far",
    SourceGrade.X: "X: reliability cannot be assessed",
}
INFORMATION_GRADE_LABELS: Mapping[InformationGrade, str] = {
    InformationGrade.ONE: "1: accuracy not in doubt",
    InformationGrade.TWO: "2: known to the source personally, not to the official",
    InformationGrade.THREE: "3: not known to the source personally, but corroborated",
    InformationGrade.FOUR: "4: not known to the source personally, not corroborated",
}
CATEGORY_LABELS: Mapping[DataSubjectCategory, str] = {
    DataSubjectCategory.UNKNOWN: "Not known",
    DataSubjectCategory.SUSPECT: "Suspected person",
    DataSubjectCategory.CONVICTED: "Convicted person",
    DataSubjectCategory.POSSIBLE_VICTIM: "Possible victim",
    DataSubjectCategory.WITNESS: "Witness",
    DataSubjectCategory.CONTACT: "Contact",
    DataSubjectCategory.ASSOCIATE: "Associate",
    DataSubjectCategory.NOT_A_PERSON: "Not a person",
}
NATURE_LABELS: Mapping[Nature, str] = {Nature.FACT: "Fact", Nature.ASSESSMENT: "Assessment"}

# Most restrictive last, so that max() by this order is the code that wins.
_ORDER = (HandlingCode.H0, HandlingCode.H1, HandlingCode.H2, HandlingCode.H3)


def most_restrictive(*codes: HandlingCode) -> HandlingCode:
    """I5: where codes meet, the most restrictive wins."""
    return max(codes, key=_ORDER.index)


def needs_permission(code: HandlingCode) -> bool:
    """I5: H2 and H3 items enter a handover only with the originator's stored permission."""
    return code in {HandlingCode.H2, HandlingCode.H3}
