"""What contributors send and what the desk answers (procedures B.3, B.4)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class ContributionKind(StrEnum):
    RISK_INDICATOR = "risk_indicator"
    RED_FLAG_REPORT = "red_flag_report"
    OSINT_PRESERVATION = "osint_preservation"
    TYPOLOGY = "typology"


# No machine looks into a file for persons, and a typology is about nobody.
WITHOUT_FILES = frozenset({ContributionKind.TYPOLOGY})


class ObservationBasis(StrEnum):
    """J3: how the contributor knows; asked of every indicator."""

    SEEN = "seen"
    TOLD = "told"
    DERIVED = "derived"


class Timing(StrEnum):
    TODAY = "today"
    THIS_WEEK = "this_week"
    THIS_MONTH = "this_month"
    EARLIER = "earlier"
    NOT_SURE = "not_sure"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_SURE = "not_sure"


class Sureness(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


class SharingWish(StrEnum):
    DESK_DECIDES = "desk_decides"
    ASK_FIRST = "ask_first"
    NO = "no"


class VictimAwareness(StrEnum):
    NO_ONE = "no_one"
    AGREED = "agreed"
    NOT_ASKED = "not_asked"
    REFUSED = "refused"


class PartyRole(StrEnum):
    RECRUITER = "recruiter"
    WORKPLACE = "workplace"
    VEHICLE = "vehicle"
    CUSTOMER = "customer"
    NOT_SURE = "not_sure"


class IdentifierKind(StrEnum):
    """What a contributor can name besides a place: the codes of the paste box and three more."""

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


# What can point to one person; a vehicle, a vessel or a public website alone does not.
PERSONAL_IDENTIFIERS = frozenset(IdentifierKind) - {
    IdentifierKind.PLATE,
    IdentifierKind.VESSEL,
    IdentifierKind.VIN,
    IdentifierKind.WEBSITE,
}


class Sector(StrEnum):
    """Where the exploitation that a typology describes takes place."""

    AGRICULTURE = "agriculture"
    FISHING = "fishing"
    SHIPPING = "shipping"
    CONSTRUCTION = "construction"
    MANUFACTURING = "manufacturing"
    MINING = "mining"
    TRANSPORT = "transport"
    HOSPITALITY = "hospitality"
    DOMESTIC_WORK = "domestic_work"
    CARE = "care"
    CLEANING = "cleaning"
    BEAUTY = "beauty"
    SEXUAL_SERVICES = "sexual_services"
    BEGGING = "begging"
    CRIME = "crime"
    ONLINE = "online"
    SPORT = "sport"
    SEVERAL = "several"
    OTHER = "other"


class DangerReason(StrEnum):
    CHILD = "child"
    CONFINEMENT = "confinement"
    THREAT_TO_LIFE = "threat_to_life"


class ReturnCode(StrEnum):
    WRONG_TYPE = "WRONG_TYPE"
    NO_INDICATOR = "NO_INDICATOR"
    NO_REASON_FOR_SUSPICION = "NO_REASON_FOR_SUSPICION"
    MISSING_WHEN = "MISSING_WHEN"
    MISSING_WHERE = "MISSING_WHERE"
    NO_IDENTIFIER_AND_NO_PLACE = "NO_IDENTIFIER_AND_NO_PLACE"
    DOCUMENT_MISSING = "DOCUMENT_MISSING"
    INCOHERENT = "INCOHERENT"
    DUPLICATE_OF = "DUPLICATE_OF"
    BULK_DEFENSIVE = "BULK_DEFENSIVE"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    UNLAWFUL_COLLECTION = "UNLAWFUL_COLLECTION"
    EXCESSIVE_PERSONAL_DATA = "EXCESSIVE_PERSONAL_DATA"
    CONSENT_MISSING = "CONSENT_MISSING"


class FeedbackCode(StrEnum):
    USEFUL_NEW = "USEFUL_NEW"
    USEFUL_CONFIRMS = "USEFUL_CONFIRMS"
    KNOWN_ALREADY = "KNOWN_ALREADY"
    NOT_USABLE_QUALITY = "NOT_USABLE_QUALITY"
    NOT_USABLE_LEGAL = "NOT_USABLE_LEGAL"
    NO_SUSPICION_FOUND = "NO_SUSPICION_FOUND"


# The four axes of feedback (Directive (EU) 2024/1640, article 28), each marked from 1 to 5.
FEEDBACK_AXES: Mapping[str, str] = {
    "information_quality": "Quality of the information",
    "timeliness": "Timeliness",
    "description": "Description",
    "documents": "Documents",
}


class Priority(StrEnum):
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class QuestionForm(StrEnum):
    """J8: a question may only ask what is already held; it never sets a task."""

    PLACE = "place"
    TIME = "time"
    IDENTIFIER = "identifier"
    DOCUMENT = "document"
    HOW_KNOWN = "how_known"
    CONSENT = "consent"


CONTRIBUTION_KIND_LABELS: Mapping[ContributionKind, str] = {
    ContributionKind.RISK_INDICATOR: "Indicator list",
    ContributionKind.RED_FLAG_REPORT: "Red-flag report",
    ContributionKind.OSINT_PRESERVATION: "Preserved material",
    ContributionKind.TYPOLOGY: "Typology",
}
BASIS_LABELS: Mapping[ObservationBasis, str] = {
    ObservationBasis.SEEN: "I saw it",
    ObservationBasis.TOLD: "It was told to me",
    ObservationBasis.DERIVED: "A document or system shows it",
}
TIMING_LABELS: Mapping[Timing, str] = {
    Timing.TODAY: "Today",
    Timing.THIS_WEEK: "This week",
    Timing.THIS_MONTH: "This month",
    Timing.EARLIER: "Earlier",
    Timing.NOT_SURE: "Not sure",
}
ANSWER_LABELS: Mapping[Answer, str] = {
    Answer.YES: "Yes",
    Answer.NO: "No",
    Answer.NOT_SURE: "Not sure",
}
SURENESS_LABELS: Mapping[Sureness, str] = {
    Sureness.CERTAIN: "Certain",
    Sureness.LIKELY: "Likely",
    Sureness.UNSURE: "Unsure",
}
SHARING_LABELS: Mapping[SharingWish, str] = {
    SharingWish.DESK_DECIDES: "The desk decides",
    SharingWish.ASK_FIRST: "Ask me first",
    SharingWish.NO: "No",
}
VICTIM_AWARENESS_LABELS: Mapping[VictimAwareness, str] = {
    VictimAwareness.NO_ONE: "No possible victim is involved",
    VictimAwareness.AGREED: "They know and agreed",
    VictimAwareness.NOT_ASKED: "They were not asked",
    VictimAwareness.REFUSED: "They refused",
}
PARTY_ROLE_LABELS: Mapping[PartyRole, str] = {
    PartyRole.RECRUITER: "Recruiter or controller",
    PartyRole.WORKPLACE: "Workplace or business",
    PartyRole.VEHICLE: "Vehicle or vessel",
    PartyRole.CUSTOMER: "User of the services",
    PartyRole.NOT_SURE: "Not sure",
}
IDENTIFIER_LABELS: Mapping[IdentifierKind, str] = {
    IdentifierKind.NAME: "Name",
    IdentifierKind.BIRTH_DATE: "Date of birth",
    IdentifierKind.PHONE: "Phone",
    IdentifierKind.EMAIL: "E-mail",
    IdentifierKind.HANDLE: "Social-media account",
    IdentifierKind.ACCOUNT: "Bank account",
    IdentifierKind.DOCUMENT: "Identity document",
    IdentifierKind.PLATE: "Number plate",
    IdentifierKind.VESSEL: "Vessel",
    IdentifierKind.VIN: "Vehicle identification number",
    IdentifierKind.WEBSITE: "Website",
    IdentifierKind.ADDRESS: "Address",
    IdentifierKind.OTHER: "Something else",
}
SECTOR_LABELS: Mapping[Sector, str] = {
    Sector.AGRICULTURE: "Farming and forestry",
    Sector.FISHING: "Fishing and fish processing",
    Sector.SHIPPING: "Ships and ports",
    Sector.CONSTRUCTION: "Building work",
    Sector.MANUFACTURING: "Factories and workshops",
    Sector.MINING: "Mines and quarries",
    Sector.TRANSPORT: "Transport and delivery",
    Sector.HOSPITALITY: "Hotels and restaurants",
    Sector.DOMESTIC_WORK: "Work in private homes",
    Sector.CARE: "Care of the sick and old",
    Sector.CLEANING: "Cleaning and laundries",
    Sector.BEAUTY: "Beauty, massage and nails",
    Sector.SEXUAL_SERVICES: "Sexual exploitation",
    Sector.BEGGING: "Begging and street selling",
    Sector.CRIME: "Forced crime",
    Sector.ONLINE: "Online scams and online abuse",
    Sector.SPORT: "Sport and entertainment",
    Sector.SEVERAL: "Several of these",
    Sector.OTHER: "Something else",
}
DANGER_LABELS: Mapping[DangerReason, str] = {
    DangerReason.CHILD: "A child may be affected",
    DangerReason.CONFINEMENT: "Someone is held and cannot leave",
    DangerReason.THREAT_TO_LIFE: "Someone's life is threatened",
}
RETURN_LABELS: Mapping[ReturnCode, str] = {
    ReturnCode.WRONG_TYPE: "Another kind of contribution fits better",
    ReturnCode.NO_INDICATOR: "No indicator is named",
    ReturnCode.NO_REASON_FOR_SUSPICION: "It is not clear what raised the concern",
    ReturnCode.MISSING_WHEN: "When it happened is missing",
    ReturnCode.MISSING_WHERE: "Where it happened is missing; a town is enough",
    ReturnCode.NO_IDENTIFIER_AND_NO_PLACE: "Neither an identifier nor a place is given",
    ReturnCode.DOCUMENT_MISSING: "A document that is mentioned is missing",
    ReturnCode.INCOHERENT: "Parts of it contradict each other",
    ReturnCode.DUPLICATE_OF: "It repeats an earlier contribution of yours",
    ReturnCode.BULK_DEFENSIVE: "Many alike were sent; send what stands out",
    ReturnCode.OUT_OF_SCOPE: "It is about something else than exploitation",
    ReturnCode.UNLAWFUL_COLLECTION: "It was not lawfully collected",
    ReturnCode.EXCESSIVE_PERSONAL_DATA: "It holds more personal data than needed",
    ReturnCode.CONSENT_MISSING: "The person's consent is missing",
}
FEEDBACK_LABELS: Mapping[FeedbackCode, str] = {
    FeedbackCode.USEFUL_NEW: "Useful: it told us something new",
    FeedbackCode.USEFUL_CONFIRMS: "Useful: it confirms what we hold",
    FeedbackCode.KNOWN_ALREADY: "Known to us already",
    FeedbackCode.NOT_USABLE_QUALITY: "Not usable: details are missing",
    FeedbackCode.NOT_USABLE_LEGAL: "Not usable for legal reasons",
    FeedbackCode.NO_SUSPICION_FOUND: "Nothing suspicious was found",
}
PRIORITY_LABELS: Mapping[Priority, str] = {
    Priority.P1: "P1: danger to a person",
    Priority.P2: "P2: specific and actionable",
    Priority.P3: "P3: useful context",
    Priority.P4: "P4: for the record",
}
QUESTION_LABELS: Mapping[QuestionForm, str] = {
    QuestionForm.PLACE: "Do you already hold where this happened? A town is enough.",
    QuestionForm.TIME: "Do you already hold when this happened?",
    QuestionForm.IDENTIFIER: "Do you already hold a phone number, plate, account or website?",
    QuestionForm.DOCUMENT: "Do you already hold the document that you mention?",
    QuestionForm.HOW_KNOWN: "Do you already hold how this became known to you?",
    QuestionForm.CONSENT: "Do you already hold the person's agreement to share this?",
}
