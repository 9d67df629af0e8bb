"""Who acts: roles of the procedures (A.1, B.1) and the nature of an actor."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class ActorKind(StrEnum):
    PERSON = "person"
    MACHINE = "machine"
    SYSTEM = "system"


class Role(StrEnum):
    # contributors
    PREPARER = "preparer"
    REPORTER = "reporter"
    ORGANISATION_LEAD = "organisation_lead"
    # the authority's desk
    INTAKE_VALIDATOR = "intake_validator"
    ANALYST = "analyst"
    PRIORITISING_OFFICER = "prioritising_officer"
    DISSEMINATING_OFFICER = "disseminating_officer"
    # units
    UNIT_OFFICER = "unit_officer"
    UNIT_HEAD = "unit_head"
    # coordination and safeguards
    NATIONAL_POINT = "national_point"
    REGIONAL_OFFICE = "regional_office"
    PROSECUTOR = "prosecutor"
    VICTIM_PROTECTION = "victim_protection"
    # oversight
    DATA_PROTECTION = "data_protection"
    AUDITOR = "auditor"
    # running it
    EXERCISE_DIRECTOR = "exercise_director"
    ADMINISTRATOR = "administrator"


CONTRIBUTOR_ROLES = frozenset({Role.PREPARER, Role.REPORTER, Role.ORGANISATION_LEAD})
DESK_ROLES = frozenset(
    {
        Role.INTAKE_VALIDATOR,
        Role.ANALYST,
        Role.PRIORITISING_OFFICER,
        Role.DISSEMINATING_OFFICER,
    }
)
UNIT_ROLES = frozenset({Role.UNIT_OFFICER, Role.UNIT_HEAD})
OVERSIGHT_ROLES = frozenset({Role.DATA_PROTECTION, Role.AUDITOR})
# Every role that is not a contributor's acts for a public authority and must use a second factor.
AUTHORITY_ROLES = frozenset(Role) - CONTRIBUTOR_ROLES

LABELS: Mapping[Role, str] = {
    Role.PREPARER: "Preparer",
    Role.REPORTER: "Reporter",
    Role.ORGANISATION_LEAD: "Organisation lead",
    Role.INTAKE_VALIDATOR: "Intake validator",
    Role.ANALYST: "Analyst",
    Role.PRIORITISING_OFFICER: "Prioritising officer",
    Role.DISSEMINATING_OFFICER: "Disseminating officer",
    Role.UNIT_OFFICER: "Unit officer",
    Role.UNIT_HEAD: "Unit head",
    Role.NATIONAL_POINT: "National coordination point",
    Role.REGIONAL_OFFICE: "Regional coordination office",
    Role.PROSECUTOR: "Prosecutor liaison",
    Role.VICTIM_PROTECTION: "Victim-protection officer",
    Role.DATA_PROTECTION: "Data-protection officer",
    Role.AUDITOR: "Auditor",
    Role.EXERCISE_DIRECTOR: "Exercise director",
    Role.ADMINISTRATOR: "Administrator",
}
