"""Files that contributors send: in which form they come, and what their sender says of them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class PackageForm(StrEnum):
    """As what the sender sends it; the content decides nothing here."""

    PACKAGE = "package"
    PACKAGE_AGE = "package_age"
    FILE = "file"


class Access(StrEnum):
    """How it was reached: what is asked before a file may be sent (procedures B.6)."""

    PUBLIC = "public"
    OWN_ACCOUNT = "own_account"
    GIVEN = "given"
    OTHER = "other"


# Ways that the desk may not accept: said before the upload, not after it.
LAWFUL_ACCESS = frozenset(Access) - {Access.OTHER}


class AccessPurpose(StrEnum):
    """Why an original is opened or given on: article 25 asks for the justification."""

    VALIDATION = "validation"
    ANALYSIS = "analysis"
    INVESTIGATION = "investigation"
    COURT = "court"
    DATA_SUBJECT = "data_subject"
    OVERSIGHT = "oversight"


class DestructionGround(StrEnum):
    WITHDRAWN = "withdrawn"
    NOT_LAWFUL = "not_lawful"
    RETENTION_ENDED = "retention_ended"
    DATA_SUBJECT = "data_subject"
    ERASED_WITH_CONTRIBUTION = "erased_with_contribution"


FORM_LABELS: Mapping[PackageForm, str] = {
    PackageForm.PACKAGE: "Signed evidence package",
    PackageForm.PACKAGE_AGE: "Signed evidence package, encrypted",
    PackageForm.FILE: "Single file",
}
ACCESS_LABELS: Mapping[Access, str] = {
    Access.PUBLIC: "It was public: no sign-in was needed",
    Access.OWN_ACCOUNT: "I was signed in under my own real account",
    Access.GIVEN: "Someone who may have it gave it to me",
    Access.OTHER: "In another way",
}
PURPOSE_LABELS: Mapping[AccessPurpose, str] = {
    AccessPurpose.VALIDATION: "Validating the report",
    AccessPurpose.ANALYSIS: "Analysis at the desk",
    AccessPurpose.INVESTIGATION: "For an investigation",
    AccessPurpose.COURT: "For a court or prosecutor",
    AccessPurpose.DATA_SUBJECT: "A person asked about their data",
    AccessPurpose.OVERSIGHT: "Oversight",
}
