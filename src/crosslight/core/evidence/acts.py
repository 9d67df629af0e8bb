"""The closed list of acts, each with its class under article 25 of Directive (EU) 2016/680.

Members are added, never renamed or removed: every ledger ever written must stay readable.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class ActClass(StrEnum):
    """Article 25(1) names the first six; the others show how the record itself is kept."""

    COLLECT = "collect"
    ALTER = "alter"
    CONSULT = "consult"
    DISCLOSE = "disclose"
    COMBINE = "combine"
    ERASE = "erase"
    DECIDE = "decide"
    REFUSE = "refuse"
    LOGIN = "login"
    KEY = "key"
    EXPORT = "export"
    CONFIGURE = "configure"
    LOG = "log"


# Article 25(1), second sentence: these logs must establish the justification.
NEEDS_JUSTIFICATION = frozenset({ActClass.CONSULT, ActClass.DISCLOSE})


class Act(StrEnum):
    classification: ActClass

    def __new__(cls, value: str, classification: ActClass) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.classification = classification
        return member

    LOG_OPENED = "log.opened", ActClass.LOG
    LOG_CLOSED = "log.closed", ActClass.LOG
    KEY_ROTATED = "key.rotated", ActClass.KEY
    RETENTION_HELD = "retention.held", ActClass.DECIDE
    RETENTION_RELEASED = "retention.released", ActClass.DECIDE
    RETENTION_RETIRED = "retention.retired", ActClass.ERASE
    ACT_REFUSED = "act.refused", ActClass.REFUSE
    SESSION_OPENED = "session.opened", ActClass.LOGIN
    SESSION_CLOSED = "session.closed", ActClass.LOGIN
    SESSION_FAILED = "session.failed", ActClass.LOGIN

    CONTRIBUTION_STARTED = "contribution.started", ActClass.COLLECT
    CONTRIBUTION_SAVED = "contribution.saved", ActClass.ALTER
    CONTRIBUTION_SUBMITTED = "contribution.submitted", ActClass.COLLECT
    CONTRIBUTION_RETURNED_FORMAT = "contribution.returned_format", ActClass.DECIDE
    CONTRIBUTION_RECEIVED = "contribution.received", ActClass.COLLECT
    CONTRIBUTION_CORRECTED = "contribution.corrected", ActClass.ALTER
    CONTRIBUTION_WITHDRAWN = "contribution.withdrawn", ActClass.ALTER
    CONTRIBUTION_TAKEN = "contribution.taken", ActClass.DECIDE
    CONTRIBUTION_RETURNED = "contribution.returned", ActClass.DECIDE
    CONTRIBUTION_REFUSED = "contribution.refused", ActClass.DECIDE
    CONTRIBUTION_VALIDATED = "contribution.validated", ActClass.DECIDE
    CONTRIBUTION_PRIORITISED = "contribution.prioritised", ActClass.DECIDE
    CONTRIBUTION_DISSEMINATED = "contribution.disseminated", ActClass.DISCLOSE
    CONTRIBUTION_DROPPED = "contribution.dropped", ActClass.DECIDE
    CONTRIBUTION_CLOSED = "contribution.closed", ActClass.DECIDE
    TYPOLOGY_TAKEN_IN = "typology.taken_in", ActClass.DECIDE
    TYPOLOGY_TAKEN_OUT = "typology.taken_out", ActClass.DECIDE
    TYPOLOGY_LISTED = "typology.listed", ActClass.CONSULT
    TYPOLOGY_CONSULTED = "typology.consulted", ActClass.CONSULT
    CONTRIBUTION_ERASED = "contribution.erased", ActClass.ERASE
    CONTRIBUTION_CONSULTED = "contribution.consulted", ActClass.CONSULT
    CONTRIBUTION_LISTED = "contribution.listed", ActClass.CONSULT
    IMPORT_STARTED = "import.started", ActClass.COLLECT
    IMPORT_CHECKED = "import.checked", ActClass.ALTER
    IMPORT_ACCEPTED = "import.accepted", ActClass.COLLECT
    IMPORT_COMPLETED = "import.completed", ActClass.COLLECT
    IMPORT_ENDED = "import.ended", ActClass.ERASE
    IMPORT_CONSULTED = "import.consulted", ActClass.CONSULT
    IMPORT_LISTED = "import.listed", ActClass.CONSULT
    IMPORT_TAKEN = "import.taken", ActClass.EXPORT
    QUESTION_ASKED = "question.asked", ActClass.COLLECT
    QUESTION_ANSWERED = "question.answered", ActClass.COLLECT
    FEEDBACK_SENT = "feedback.sent", ActClass.DISCLOSE
    FEEDBACK_READ = "feedback.read", ActClass.CONSULT
    INPUT_CONSULTED = "input.consulted", ActClass.CONSULT
    INPUT_LISTED = "input.listed", ActClass.CONSULT
    INPUT_ANSWERED = "input.answered", ActClass.DISCLOSE

    PACKAGE_ANNOUNCED = "package.announced", ActClass.COLLECT
    PACKAGE_ABANDONED = "package.abandoned", ActClass.ERASE
    PACKAGE_QUARANTINED = "package.quarantined", ActClass.COLLECT
    PACKAGE_COLLECTED = "package.collected", ActClass.COLLECT
    PACKAGE_FOUND_FAULTY = "package.found_faulty", ActClass.COLLECT
    PACKAGE_INSPECTED = "package.inspected", ActClass.ALTER
    PACKAGE_SEALED = "package.sealed", ActClass.KEY
    PACKAGE_HANDED_IN = "package.handed_in", ActClass.COLLECT
    PACKAGE_RELEASED = "package.released", ActClass.DECIDE
    PACKAGE_RESTRICTED = "package.restricted", ActClass.DECIDE
    PACKAGE_LISTED = "package.listed", ActClass.CONSULT
    PACKAGE_CONSULTED = "package.consulted", ActClass.CONSULT
    PACKAGE_REVEALED = "package.revealed", ActClass.CONSULT
    PACKAGE_DISCLOSED = "package.disclosed", ActClass.DISCLOSE
    PACKAGE_DESTROYED = "package.destroyed", ActClass.ERASE

    INVESTIGATION_STARTED = "investigation.started", ActClass.COLLECT
    INVESTIGATION_APPROVED = "investigation.approved", ActClass.DECIDE
    INVESTIGATION_CLOSED = "investigation.closed", ActClass.DECIDE
    INVESTIGATION_CONSULTED = "investigation.consulted", ActClass.CONSULT
    INVESTIGATION_LISTED = "investigation.listed", ActClass.CONSULT
    ENTITY_ENTERED = "entity.entered", ActClass.COLLECT
    ENTITY_CORRECTED = "entity.corrected", ActClass.ALTER
    ENTITY_WITHDRAWN = "entity.withdrawn", ActClass.ALTER
    ENTITY_CONSULTED = "entity.consulted", ActClass.CONSULT
    ENTITY_LISTED = "entity.listed", ActClass.CONSULT
    ENTITY_SEARCHED = "entity.searched", ActClass.CONSULT

    INPUT_ERASED = "input.erased", ActClass.ERASE
    ENTITY_ERASED = "entity.erased", ActClass.ERASE
    CONTRIBUTION_RESTRICTED = "contribution.restricted", ActClass.ALTER
    CONTRIBUTION_UNRESTRICTED = "contribution.unrestricted", ActClass.ALTER
    ENTITY_RESTRICTED = "entity.restricted", ActClass.ALTER
    ENTITY_UNRESTRICTED = "entity.unrestricted", ActClass.ALTER
    ERASURE_REQUESTED = "erasure.requested", ActClass.DECIDE
    ERASURE_DROPPED = "erasure.dropped", ActClass.DECIDE
    ERASURE_CONSULTED = "erasure.consulted", ActClass.CONSULT
    ERASURE_LISTED = "erasure.listed", ActClass.CONSULT
    SUBJECT_SOUGHT = "subject.sought", ActClass.CONSULT

    MATCH_NOTIFIED = "match.notified", ActClass.COMBINE
    MATCH_ACKNOWLEDGED = "match.acknowledged", ActClass.DECIDE
    MATCH_SET_RELEASED = "match.set_released", ActClass.DISCLOSE
    MATCH_ANSWERED = "match.answered", ActClass.DECIDE
    MATCH_CONFIRMED = "match.confirmed", ActClass.DECIDE
    MATCH_FOUND_DIFFERENT = "match.found_different", ActClass.DECIDE
    MATCH_LEFT_UNRESOLVED = "match.left_unresolved", ActClass.DECIDE
    MATCH_CRITERIA_FILLED = "match.criteria_filled", ActClass.ALTER
    MATCH_PROPOSED = "match.proposed", ActClass.DECIDE
    MATCH_AGREED = "match.agreed", ActClass.DECIDE
    MATCH_OUTCOME_SENT = "match.outcome_sent", ActClass.DISCLOSE
    MATCH_CLOSED = "match.closed", ActClass.DECIDE
    MATCH_ANNULLED = "match.annulled", ActClass.DECIDE
    MATCH_ESCALATED = "match.escalated", ActClass.DECIDE
    MATCH_CONSULTED = "match.consulted", ActClass.CONSULT
    MATCH_LISTED = "match.listed", ActClass.CONSULT
    MATCH_PROTECTION_RAISED = "match.protection_raised", ActClass.COMBINE
    MATCH_PROTECTION_DECIDED = "match.protection_decided", ActClass.DECIDE
    MATCH_SET_ERASED = "match.set_erased", ActClass.ERASE
    MATCH_EXPLAINED = "match.explained", ActClass.CONSULT
    MATCH_INDEX_REBUILT = "match.index_rebuilt", ActClass.CONFIGURE
    VALUE_FOUND_COMMON = "value.found_common", ActClass.DECIDE
    VALUE_LISTED = "value.listed", ActClass.CONSULT
    VALUE_APPEALED = "value.appealed", ActClass.DECIDE
    VALUE_KEPT_COMMON = "value.kept_common", ActClass.DECIDE
    VALUE_LIFTED = "value.lifted", ActClass.DECIDE

    HANDOVER_PREPARED = "handover.prepared", ActClass.ALTER
    HANDOVER_ITEM_ADDED = "handover.item_added", ActClass.ALTER
    HANDOVER_ITEM_REMOVED = "handover.item_removed", ActClass.ALTER
    HANDOVER_LISTED = "handover.listed", ActClass.CONSULT
    HANDOVER_OFFERED = "handover.offered", ActClass.DISCLOSE
    HANDOVER_WITHDRAWN = "handover.withdrawn", ActClass.DECIDE
    HANDOVER_ITEM_ACCEPTED = "handover.item_accepted", ActClass.DECIDE
    HANDOVER_ITEM_REFUSED = "handover.item_refused", ActClass.DECIDE
    HANDOVER_COMPLETED = "handover.completed", ActClass.DISCLOSE
    HANDOVER_CONSULTED = "handover.consulted", ActClass.CONSULT
    HANDOVER_ITEM_ERASED = "handover.item_erased", ActClass.ERASE
    PERMISSION_RECORDED = "permission.recorded", ActClass.DECIDE
    ROOM_OPENED = "room.opened", ActClass.DECIDE
    ROOM_PUBLISHED = "room.published", ActClass.DISCLOSE
    ROOM_REVOKED = "room.revoked", ActClass.ALTER
    ROOM_ITEM_ERASED = "room.item_erased", ActClass.ERASE
    ROOM_MESSAGE_POSTED = "room.message_posted", ActClass.DISCLOSE
    ROOM_PLANNED = "room.planned", ActClass.ALTER
    ROOM_CONSULTED = "room.consulted", ActClass.CONSULT
    ROOM_LISTED = "room.listed", ActClass.CONSULT

    PARTNERSHIP_FOUNDED = "partnership.founded", ActClass.CONFIGURE
    COUNTRY_ADDED = "country.added", ActClass.CONFIGURE
    AUTHORITY_ADDED = "authority.added", ActClass.CONFIGURE
    ORGANISATION_ACCREDITED = "organisation.accredited", ActClass.CONFIGURE
    UNIT_ADDED = "unit.added", ActClass.CONFIGURE
    PERSON_ADDED = "person.added", ActClass.CONFIGURE
    PASSWORD_SET = "password.set", ActClass.KEY
    FACTOR_ADDED = "factor.added", ActClass.KEY
    FACTOR_REMOVED = "factor.removed", ActClass.KEY
    FACTOR_CODES_MADE = "factor.codes_made", ActClass.KEY
    MANDATE_GRANTED = "mandate.granted", ActClass.CONFIGURE
    MANDATE_REVOKED = "mandate.revoked", ActClass.CONFIGURE
    SENDER_KEY_REGISTERED = "sender_key.registered", ActClass.CONFIGURE
    CREDENTIAL_CREATED = "credential.created", ActClass.KEY
    CREDENTIAL_REVOKED = "credential.revoked", ActClass.KEY
    KEYS_ROTATED = "keys.rotated", ActClass.KEY
    BACKUP_MADE = "backup.made", ActClass.EXPORT
    LEDGER_CONSULTED = "ledger.consulted", ActClass.CONSULT
    LEDGER_VERIFIED = "ledger.verified", ActClass.LOG
    LEDGER_EXPORTED = "ledger.exported", ActClass.EXPORT
    LEDGER_DISCLOSED = "ledger.disclosed", ActClass.DISCLOSE
    ACCESSES_DRAWN = "accesses.drawn", ActClass.CONSULT
    ACCESSES_CONSULTED = "accesses.consulted", ActClass.CONSULT
    ACCESS_JUDGED = "access.judged", ActClass.DECIDE
    IMPORT_RUN = "import.run", ActClass.COLLECT
    EXERCISE_MADE = "exercise.made", ActClass.CONFIGURE
    EXERCISE_PLAYED = "exercise.played", ActClass.CONFIGURE
