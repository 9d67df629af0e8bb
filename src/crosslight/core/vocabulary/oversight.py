"""Words of oversight: what an auditor says of an access, and why parts of the ledger leave."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class AccessVerdict(StrEnum):
    IN_ORDER = "in_order"
    TO_ASK = "to_ask"


VERDICT_LABELS: Mapping[AccessVerdict, str] = {
    AccessVerdict.IN_ORDER: "In order",
    AccessVerdict.TO_ASK: "To be asked about",
}


class DisclosureReason(StrEnum):
    """The purposes of article 25(2) of Directive (EU) 2016/680; there is no other."""

    CRIMINAL_PROCEEDINGS = "criminal_proceedings"
    LAWFULNESS = "lawfulness"
    SELF_MONITORING = "self_monitoring"
    INTEGRITY = "integrity"


DISCLOSURE_LABELS: Mapping[DisclosureReason, str] = {
    DisclosureReason.CRIMINAL_PROCEEDINGS: "For criminal proceedings",
    DisclosureReason.LAWFULNESS: "To verify that the processing is lawful",
    DisclosureReason.SELF_MONITORING: "For self-monitoring",
    DisclosureReason.INTEGRITY: "To ensure the integrity and security of the data",
}


class RecipientKind(StrEnum):
    COURT = "court"
    PROSECUTOR = "prosecutor"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"


RECIPIENT_LABELS: Mapping[RecipientKind, str] = {
    RecipientKind.COURT: "A court",
    RecipientKind.PROSECUTOR: "A prosecutor",
    RecipientKind.SUPERVISOR: "A data-protection authority",
    RecipientKind.AUDITOR: "An auditor of a partner",
}

# What an identifier is of, by its first three letters: a kind, never a content.
KIND_LABELS: Mapping[str, str] = {
    "con": "Report",
    "imp": "Import",
    "typ": "Typology",
    "que": "Question",
    "fee": "Feedback",
    "int": "Intelligence input",
    "inv": "Case",
    "ent": "Record",
    "mat": "Match",
    "han": "Handover",
    "hai": "Record in a handover",
    "roo": "Joint room",
    "roi": "Record in a joint room",
    "val": "Common value",
    "led": "Ledger entry",
    "smp": "Sample of accesses",
    "usr": "Account",
}
