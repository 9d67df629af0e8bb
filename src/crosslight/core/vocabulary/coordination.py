"""Investigations, matches and their decisions (procedures A.2, A.5)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class CrimeArea(StrEnum):
    SEXUAL_EXPLOITATION = "sexual_exploitation"
    LABOUR_EXPLOITATION = "labour_exploitation"
    DOMESTIC_SERVITUDE = "domestic_servitude"
    FORCED_BEGGING = "forced_begging"
    FORCED_CRIME = "forced_crime"
    FORCED_MARRIAGE = "forced_marriage"
    ORGAN_REMOVAL = "organ_removal"
    SMUGGLING = "smuggling"
    MONEY_LAUNDERING = "money_laundering"


class CasePhase(StrEnum):
    INTELLIGENCE = "intelligence"
    OPEN = "open"
    JUDICIAL = "judicial"
    PRE_ARREST = "pre_arrest"


class EntityRole(StrEnum):
    """What the entity is in the investigation; the legal category is kept apart from it."""

    RECRUITER = "recruiter"
    TRANSPORTER = "transporter"
    EXPLOITER = "exploiter"
    FACILITATOR = "facilitator"
    FINANCIER = "financier"
    INSTRUMENT = "instrument"
    PLACE = "place"
    POSSIBLE_VICTIM = "possible_victim"
    WITNESS = "witness"
    NOT_SURE = "not_sure"


class Audience(StrEnum):
    """Chosen before the first save; the default is MATCH_ONLY."""

    ONLY_US = "only_us"
    MATCH_ONLY = "match_only"


class Visibility(StrEnum):
    """Procedures A.2. VICTIM routes a match to victim-protection officers (A.6)."""

    OPEN = "open"
    VICTIM = "victim"


class Route(StrEnum):
    COORDINATION = "coordination"
    PROTECTION = "protection"


class Verdict(StrEnum):
    SAME = "same"
    NOT_SAME = "not_same"
    CANNOT_TELL = "cannot_tell"
    DATA_ERROR = "data_error"


class AppealState(StrEnum):
    """Of a unit's question whether a common value should make matches again."""

    ASKED = "asked"
    KEPT = "kept"
    LIFTED = "lifted"


class DecisionKind(StrEnum):
    SEPARATE = "SEPARATE"
    HANDOVER = "HANDOVER"
    JOINT = "JOINT"


class RefusalCode(StrEnum):
    """Modelled on Directive (EU) 2023/977, article 6."""

    NOT_HELD = "NOT_HELD"
    NEEDS_JUDICIAL_AUTH = "NEEDS_JUDICIAL_AUTH"
    NOT_GRANTED = "NOT_GRANTED"
    HARMS_SECURITY = "HARMS_SECURITY"
    HARMS_INQUIRY_OR_PERSON = "HARMS_INQUIRY_OR_PERSON"
    MINOR_OFFENCE = "MINOR_OFFENCE"
    DISPROPORTIONATE = "DISPROPORTIONATE"
    THIRD_PARTY_CONSENT_REFUSED = "THIRD_PARTY_CONSENT_REFUSED"
    NO_LEGAL_BASIS = "NO_LEGAL_BASIS"
    DATA_PROTECTION = "DATA_PROTECTION"


class OutcomeCode(StrEnum):
    FALSE_MATCH = "FALSE_MATCH"
    DUPLICATE_WORK_AVOIDED = "DUPLICATE_WORK_AVOIDED"
    COLLISION_AVOIDED = "COLLISION_AVOIDED"
    NEW_LINK_PROVED = "NEW_LINK_PROVED"
    VICTIM_FOUND_SAFE = "VICTIM_FOUND_SAFE"
    ARREST = "ARREST"
    NO_EFFECT = "NO_EFFECT"
    NOT_KNOWN = "NOT_KNOWN"


class ProtectionStep(StrEnum):
    """What a victim-protection officer may decide on a match (procedures A.6)."""

    SAFETY_ACTION = "safety_action"
    INFORM_WITH_CONSENT = "inform_with_consent"
    INFORM_BY_LAW = "inform_by_law"
    NOTHING = "nothing"


class Criterion(StrEnum):
    """The criteria sheet (procedures A.4): filled by both sides, never summed."""

    MOST_OFFENDING = "most_offending"
    MOST_HARM = "most_harm"
    SUSPECT_WHEREABOUTS = "suspect_whereabouts"
    SUSPECT_TIES = "suspect_ties"
    VICTIM_INTERESTS = "victim_interests"
    ONGOING_DANGER = "ongoing_danger"
    ADMISSIBILITY = "admissibility"
    PHASE = "phase"
    COVERT_MEASURES = "covert_measures"
    CAPACITY = "capacity"
    DELAY = "delay"
    JOINT_TEAM_POSSIBLE = "joint_team_possible"


CRIME_AREA_LABELS: Mapping[CrimeArea, str] = {
    CrimeArea.SEXUAL_EXPLOITATION: "Sexual exploitation",
    CrimeArea.LABOUR_EXPLOITATION: "Labour exploitation",
    CrimeArea.DOMESTIC_SERVITUDE: "Domestic servitude",
    CrimeArea.FORCED_BEGGING: "Forced begging",
    CrimeArea.FORCED_CRIME: "Forced criminal activities",
    CrimeArea.FORCED_MARRIAGE: "Forced marriage",
    CrimeArea.ORGAN_REMOVAL: "Organ removal",
    CrimeArea.SMUGGLING: "Smuggling of migrants",
    CrimeArea.MONEY_LAUNDERING: "Money laundering",
}
CASE_PHASE_LABELS: Mapping[CasePhase, str] = {
    CasePhase.INTELLIGENCE: "Intelligence",
    CasePhase.OPEN: "Open investigation",
    CasePhase.JUDICIAL: "Judicial",
    CasePhase.PRE_ARREST: "Before arrests",
}
ENTITY_ROLE_LABELS: Mapping[EntityRole, str] = {
    EntityRole.RECRUITER: "Suspected recruiter",
    EntityRole.TRANSPORTER: "Suspected transporter",
    EntityRole.EXPLOITER: "Suspected exploiter",
    EntityRole.FACILITATOR: "Suspected facilitator",
    EntityRole.FINANCIER: "Suspected financier",
    EntityRole.INSTRUMENT: "Means (phone, account, vehicle)",
    EntityRole.PLACE: "Place",
    EntityRole.POSSIBLE_VICTIM: "Possible victim",
    EntityRole.WITNESS: "Witness",
    EntityRole.NOT_SURE: "Not sure yet",
}
AUDIENCE_LABELS: Mapping[Audience, str] = {
    Audience.ONLY_US: "Only us: not matched outside the unit",
    Audience.MATCH_ONLY: "Match only: matched, but nobody outside reads it",
}
VISIBILITY_LABELS: Mapping[Visibility, str] = {
    Visibility.OPEN: "Both units are told",
    Visibility.VICTIM: "Possible victim: routed to the victim-protection officer",
}
APPEAL_LABELS: Mapping[AppealState, str] = {
    AppealState.ASKED: "Being looked at",
    AppealState.KEPT: "No, it stays common",
    AppealState.LIFTED: "Yes, while not more than ten times as many hold it",
}
VERDICT_LABELS: Mapping[Verdict, str] = {
    Verdict.SAME: "Same",
    Verdict.NOT_SAME: "Not the same",
    Verdict.CANNOT_TELL: "Cannot tell",
    Verdict.DATA_ERROR: "Our data is wrong",
}
DECISION_LABELS: Mapping[DecisionKind, str] = {
    DecisionKind.SEPARATE: "Investigate separately",
    DecisionKind.HANDOVER: "Hand over",
    DecisionKind.JOINT: "Work together",
}
REFUSAL_LABELS: Mapping[RefusalCode, str] = {
    RefusalCode.NOT_HELD: "Not held",
    RefusalCode.NEEDS_JUDICIAL_AUTH: "Needs a judicial authorisation",
    RefusalCode.NOT_GRANTED: "The authorisation was not granted",
    RefusalCode.HARMS_SECURITY: "Harms essential security",
    RefusalCode.HARMS_INQUIRY_OR_PERSON: "Harms an inquiry or a person's safety",
    RefusalCode.MINOR_OFFENCE: "Minor offence",
    RefusalCode.DISPROPORTIONATE: "Disproportionate or not relevant",
    RefusalCode.THIRD_PARTY_CONSENT_REFUSED: "A third country has not agreed",
    RefusalCode.NO_LEGAL_BASIS: "No legal basis here",
    RefusalCode.DATA_PROTECTION: "Data protection",
}
OUTCOME_LABELS: Mapping[OutcomeCode, str] = {
    OutcomeCode.FALSE_MATCH: "It was a false match",
    OutcomeCode.DUPLICATE_WORK_AVOIDED: "Duplicate work avoided",
    OutcomeCode.COLLISION_AVOIDED: "Collision of operations avoided",
    OutcomeCode.NEW_LINK_PROVED: "A new link was proved",
    OutcomeCode.VICTIM_FOUND_SAFE: "A possible victim was found safe",
    OutcomeCode.ARREST: "Arrest",
    OutcomeCode.NO_EFFECT: "No effect",
    OutcomeCode.NOT_KNOWN: "Not known yet",
}
PROTECTION_STEP_LABELS: Mapping[ProtectionStep, str] = {
    ProtectionStep.SAFETY_ACTION: "Take a safety action",
    ProtectionStep.INFORM_WITH_CONSENT: "Inform the investigators, with consent",
    ProtectionStep.INFORM_BY_LAW: "Inform the investigators, by a recorded legal exception",
    ProtectionStep.NOTHING: "Nothing further",
}
CRITERION_LABELS: Mapping[Criterion, str] = {
    Criterion.MOST_OFFENDING: "Where most of the offending happened",
    Criterion.MOST_HARM: "Where most of the harm fell",
    Criterion.SUSPECT_WHEREABOUTS: "Where the suspect is; whether surrender is possible",
    Criterion.SUSPECT_TIES: "The suspect's nationality, residence and weighty interests",
    Criterion.VICTIM_INTERESTS: "Weighty interests of possible victims and witnesses",
    Criterion.ONGOING_DANGER: "Ongoing danger to possible victims",
    Criterion.ADMISSIBILITY: "Whether evidence would be admissible",
    Criterion.PHASE: "Phase of the case",
    Criterion.COVERT_MEASURES: "Running covert measures",
    Criterion.CAPACITY: "Capacity and language",
    Criterion.DELAY: "Delays to expect",
    Criterion.JOINT_TEAM_POSSIBLE: "Whether a joint team is legally possible",
}
