"""Contributions in bulk: the columns of a table, and how a row of it can be damaged."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from crosslight.core.vocabulary.contributions import IDENTIFIER_LABELS, IdentifierKind


class ImportColumn(StrEnum):
    """What a column can hold. Those of identifiers are called as the kinds of identifiers."""

    INDICATORS = "indicators"
    BASIS = "basis"
    DANGER = "danger"
    PLACE = "place"
    REGION_ONLY = "region_only"
    COUNTRY = "country"
    TIMING = "timing"
    OBSERVED_ON = "observed_on"
    IS_ONGOING = "is_ongoing"
    NAME = "name"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    ACCOUNT = "account"
    DOCUMENT = "document"
    PLATE = "plate"
    VESSEL = "vessel"
    VIN = "vin"
    WEBSITE = "website"
    ADDRESS = "address"
    OTHER = "other"
    PARTY_ROLE = "party_role"
    FACTS = "facts"
    ASSESSMENT = "assessment"
    HOW_KNOWN = "how_known"
    SURENESS = "sureness"
    SHARING_WISH = "sharing_wish"
    MAY_CONTACT = "may_contact"
    VICTIM_AWARENESS = "victim_awareness"
    LEGAL_BASIS = "legal_basis"
    REFERENCE_OF_FIU = "reference_of_fiu"
    CAMPAIGN_TAG = "campaign_tag"


class ImportFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


class RowOutcome(StrEnum):
    WAITING = "waiting"  # not checked yet
    READY = "ready"
    BAD = "bad"
    SENT = "sent"


class RowDamage(StrEnum):
    """Why a row could not be read into cells."""

    RAGGED = "ragged"
    UNDECODABLE = "undecodable"
    CELL_TOO_LARGE = "cell-too-large"
    CONTROL_CHARACTER = "control-character"
    DIRECTION_OVERRIDE = "direction-override"
    NOT_JSON = "not-json"
    NESTED_VALUE = "nested-value"
    FORMULA_WITHOUT_VALUE = "formula-without-value"


IMPORT_COLUMN_LABELS: Mapping[ImportColumn, str] = {
    ImportColumn.INDICATORS: "Indicators",
    ImportColumn.BASIS: "How the indicators are known",
    ImportColumn.DANGER: "Danger",
    ImportColumn.PLACE: "Place",
    ImportColumn.REGION_ONLY: "Only the region is known",
    ImportColumn.COUNTRY: "Country",
    ImportColumn.TIMING: "When",
    ImportColumn.OBSERVED_ON: "Date",
    ImportColumn.IS_ONGOING: "Still going on",
    **{ImportColumn(kind.value): IDENTIFIER_LABELS[kind] for kind in IdentifierKind},
    ImportColumn.PARTY_ROLE: "Whose identifiers",
    ImportColumn.FACTS: "What happened",
    ImportColumn.ASSESSMENT: "What you conclude",
    ImportColumn.HOW_KNOWN: "How you know it",
    ImportColumn.SURENESS: "How sure",
    ImportColumn.SHARING_WISH: "May go to partner countries",
    ImportColumn.MAY_CONTACT: "May be contacted",
    ImportColumn.VICTIM_AWARENESS: "What a possible victim knows",
    ImportColumn.LEGAL_BASIS: "Legal basis",
    ImportColumn.REFERENCE_OF_FIU: "Reference of the FIU",
    ImportColumn.CAMPAIGN_TAG: "Campaign",
}
OUTCOME_LABELS: Mapping[RowOutcome, str] = {
    RowOutcome.WAITING: "Not checked yet",
    RowOutcome.READY: "Ready",
    RowOutcome.BAD: "Cannot be imported",
    RowOutcome.SENT: "Sent",
}
FLAG_LABELS: Mapping[bool, str] = {True: "Yes", False: "No"}
