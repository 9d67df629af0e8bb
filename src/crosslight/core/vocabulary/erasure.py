"""Why data are erased or set aside: articles 5, 7 and 16 of the LED, GDPR 17 and 18."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class ErasureKind(StrEnum):
    """Restriction keeps the data and takes them out of use (article 16(3))."""

    ERASE = "erase"
    RESTRICT = "restrict"


class ErasureGround(StrEnum):
    """Short codes, since the record holds them; never who asked or what was held."""

    UNLAWFUL = "led_16_2_unlawful"
    DUTY = "led_16_2_duty"
    RETENTION_ENDED = "led_5_retention"
    SUBJECT_REQUEST = "led_16_5_request"
    CONSENT_WITHDRAWN = "gdpr_17_consent"
    CONTESTED = "led_16_3_a_contested"
    EVIDENCE = "led_16_3_b_evidence"


GROUNDS_OF: Mapping[ErasureKind, frozenset[ErasureGround]] = {
    ErasureKind.ERASE: frozenset(
        {
            ErasureGround.UNLAWFUL,
            ErasureGround.DUTY,
            ErasureGround.RETENTION_ENDED,
            ErasureGround.SUBJECT_REQUEST,
            ErasureGround.CONSENT_WITHDRAWN,
        }
    ),
    ErasureKind.RESTRICT: frozenset({ErasureGround.CONTESTED, ErasureGround.EVIDENCE}),
}
KIND_LABELS: Mapping[ErasureKind, str] = {
    ErasureKind.ERASE: "Erase",
    ErasureKind.RESTRICT: "Restrict",
}
GROUND_LABELS: Mapping[ErasureGround, str] = {
    ErasureGround.UNLAWFUL: "Unlawful processing (LED article 16(2))",
    ErasureGround.DUTY: "Legal duty to erase (LED article 16(2))",
    ErasureGround.RETENTION_ENDED: "Time limit reached (LED article 5)",
    ErasureGround.SUBJECT_REQUEST: "The person asked, rightly (LED article 16)",
    ErasureGround.CONSENT_WITHDRAWN: "Consent withdrawn (GDPR article 17)",
    ErasureGround.CONTESTED: "Accuracy contested, not yet settled (LED article 16(3)(a))",
    ErasureGround.EVIDENCE: "Needed as evidence (LED article 16(3)(b))",
}
