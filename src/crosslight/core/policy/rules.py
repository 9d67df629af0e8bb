"""Every rule of authority, on one page.

Contributors appear only in the first block: nothing that decides, prioritises, investigates or
discloses is open to them. Those powers belong to public authorities alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from crosslight.core.lifecycle.contribution import (
    CONTRIBUTION,
    EDITABLE,
    ContributionState,
    ContributionVerb,
)
from crosslight.core.lifecycle.erasure import ErasureState
from crosslight.core.lifecycle.handover import HandoverState
from crosslight.core.lifecycle.importing import IMPORT, ImportState, ImportVerb
from crosslight.core.lifecycle.investigation import (
    INVESTIGATION,
    InvestigationState,
    InvestigationVerb,
)
from crosslight.core.lifecycle.match import DECIDED_STATES, MatchState
from crosslight.core.lifecycle.package import HELD, PACKAGE, PackageState, PackageVerb
from crosslight.core.policy.rule import Condition, Grant, Relation, Rule
from crosslight.core.vocabulary.coordination import AppealState
from crosslight.core.vocabulary.people import (
    CONTRIBUTOR_ROLES,
    DESK_ROLES,
    OVERSIGHT_ROLES,
    UNIT_ROLES,
    Role,
)

_CS = ContributionState
_FREE = Condition.NOT_RESTRICTED
_MS = MatchState
_PS = PackageState


def _grant(
    roles: Iterable[Role],
    relation: Relation,
    states: Iterable[str] | None = None,
    *conditions: Condition,
) -> Grant:
    return Grant(
        roles=frozenset(roles),
        relation=relation,
        states=None if states is None else frozenset(states),
        conditions=frozenset(conditions),
    )


# --- contributors ---------------------------------------------------------------------------

may_browse_indicators = Rule("indicator.browse", (_grant(Role, Relation.ANYONE),))
# The library of typologies names nobody: everyone who is accredited reads it.
may_read_typologies = Rule("typology.read", (_grant(Role, Relation.ANYONE),))
may_start_contribution = Rule(
    "contribution.start", (_grant({Role.PREPARER, Role.REPORTER}, Relation.ANYONE),)
)
may_view_own_contribution = Rule(
    "contribution.view_own",
    (
        _grant({Role.REPORTER, Role.ORGANISATION_LEAD}, Relation.OWN_ORGANISATION),
        _grant({Role.PREPARER}, Relation.AUTHOR),
    ),
)
may_edit_contribution = Rule(
    "contribution.edit",
    (
        _grant({Role.REPORTER}, Relation.OWN_ORGANISATION, EDITABLE, _FREE),
        _grant({Role.PREPARER}, Relation.AUTHOR, {_CS.DRAFT}, _FREE),
    ),
)
may_submit_contribution = Rule(
    "contribution.submit",
    (_grant({Role.REPORTER}, Relation.OWN_ORGANISATION, EDITABLE, _FREE),),
)
may_answer_question = Rule(
    "contribution.answer",
    (_grant({Role.REPORTER}, Relation.OWN_ORGANISATION, {_CS.QUESTION_OPEN}, _FREE),),
)
may_withdraw_contribution = Rule(
    "contribution.withdraw",
    (
        _grant(
            {Role.REPORTER},
            Relation.OWN_ORGANISATION,
            CONTRIBUTION.states_before(ContributionVerb.WITHDRAW),
            _FREE,
        ),
    ),
)
# Every state that its contributor reads as open: a finer line would tell what the desk does (J1).
_TAKES_FILES = EDITABLE | {
    _CS.RECEIVED,
    _CS.TRIAGE,
    _CS.ADMITTED,
    _CS.QUESTION_OPEN,
    _CS.PRIORITISED,
    _CS.DISSEMINATED,
}
may_add_file = Rule(
    "contribution.add_file",
    (
        _grant({Role.REPORTER}, Relation.OWN_ORGANISATION, _TAKES_FILES),
        _grant({Role.PREPARER}, Relation.AUTHOR, {_CS.DRAFT}),
    ),
)
may_view_own_package = Rule(
    "package.view_own",
    (
        _grant({Role.REPORTER, Role.ORGANISATION_LEAD}, Relation.OWN_ORGANISATION),
        _grant({Role.PREPARER}, Relation.AUTHOR),
    ),
)
may_send_package = Rule(
    "package.send",
    (
        _grant({Role.REPORTER}, Relation.OWN_ORGANISATION, {_PS.RECEIVING}),
        _grant({Role.PREPARER}, Relation.AUTHOR, {_PS.RECEIVING}),
    ),
)
# In bulk: only who may send may import, and nobody outside of the organisation sees its rows.
may_start_import = Rule("import.start", (_grant({Role.REPORTER}, Relation.ANYONE),))
may_view_import = Rule(
    "import.view", (_grant({Role.REPORTER, Role.ORGANISATION_LEAD}, Relation.OWN_ORGANISATION),)
)


def _import(name: str, states: Iterable[ImportState]) -> Rule:
    return Rule(name, (_grant({Role.REPORTER}, Relation.OWN_ORGANISATION, states),))


may_match_columns = _import("import.match_columns", IMPORT.states_before(ImportVerb.CHECK))
may_accept_import = _import("import.accept", IMPORT.states_before(ImportVerb.ACCEPT))
# In every state: whoever comes after a timer that was quicker finds it done.
may_continue_import = _import("import.continue", ImportState)
may_take_bad_rows = _import("import.take", {ImportState.CHECKED, ImportState.SENT})
may_end_import = _import(
    "import.end",
    IMPORT.states_before(ImportVerb.END) | IMPORT.states_before(ImportVerb.CANCEL),
)

# --- the authority's desk -------------------------------------------------------------------

# What the desk may open: never a draft, never what was withdrawn or erased.
DESK_STATES = frozenset(_CS) - {_CS.DRAFT, _CS.RETURNED_FORMAT, _CS.WITHDRAWN, _CS.ERASED}


def _desk(name: str, role: Role, states: Iterable[str]) -> Rule:
    return Rule(name, (_grant({role}, Relation.OWN_COUNTRY, states, _FREE),))


may_view_queue = Rule("queue.view", (_grant(DESK_ROLES, Relation.ANYONE),))
may_review_contribution = Rule(
    "contribution.review", (_grant(DESK_ROLES, Relation.OWN_COUNTRY, DESK_STATES, _FREE),)
)
may_take_contribution = _desk("contribution.take", Role.INTAKE_VALIDATOR, {_CS.RECEIVED})
may_return_contribution = _desk("contribution.return", Role.INTAKE_VALIDATOR, {_CS.TRIAGE})
may_refuse_contribution = _desk("contribution.refuse", Role.INTAKE_VALIDATOR, {_CS.TRIAGE})
may_validate_contribution = _desk("contribution.validate", Role.INTAKE_VALIDATOR, {_CS.TRIAGE})
may_ask_question = _desk("contribution.ask", Role.ANALYST, {_CS.ADMITTED})
may_prioritise_contribution = _desk(
    "contribution.prioritise", Role.PRIORITISING_OFFICER, {_CS.ADMITTED}
)
may_drop_contribution = _desk(
    "contribution.drop", Role.ANALYST, CONTRIBUTION.states_before(ContributionVerb.DROP)
)
may_disseminate_contribution = _desk(
    "contribution.disseminate", Role.DISSEMINATING_OFFICER, {_CS.PRIORITISED}
)
may_close_contribution = _desk(
    "contribution.close", Role.INTAKE_VALIDATOR, CONTRIBUTION.states_before(ContributionVerb.CLOSE)
)
# The Belgian rule: silence once passed on, so feedback only after a drop or the closure.
may_give_feedback = _desk(
    "contribution.give_feedback",
    Role.INTAKE_VALIDATOR,
    {_CS.NO_FURTHER_INTEREST, _CS.CLOSED},
)

may_take_in_typology = _desk(
    "typology.take_in",
    Role.INTAKE_VALIDATOR,
    CONTRIBUTION.states_before(ContributionVerb.TAKE_IN),
)
may_take_out_typology = _desk("typology.take_out", Role.INTAKE_VALIDATOR, {_CS.CLOSED})

# --- custody of files -----------------------------------------------------------------------

_SENT = Condition.HANDED_IN
_KEPT = HELD | {_PS.DESTROYED}


def _custody(name: str, roles: Iterable[Role], states: Iterable[str]) -> Rule:
    return Rule(name, (_grant(roles, Relation.OWN_COUNTRY, states, _SENT, _FREE),))


may_list_packages = Rule("package.list", (_grant(DESK_ROLES, Relation.ANYONE),))
may_view_package = _custody("package.view", DESK_ROLES, _KEPT)
may_release_package = _custody(
    "package.release", {Role.INTAKE_VALIDATOR}, PACKAGE.states_before(PackageVerb.RELEASE)
)
may_restrict_package = _custody(
    "package.restrict", {Role.INTAKE_VALIDATOR}, PACKAGE.states_before(PackageVerb.RESTRICT)
)
may_reveal_package = _custody(
    "package.reveal", {Role.INTAKE_VALIDATOR, Role.ANALYST}, {_PS.RELEASED}
)
# What does not hold can still be given to a court, as the bytes that came.
may_export_package = _custody(
    "package.export", {Role.DISSEMINATING_OFFICER}, {_PS.RELEASED, _PS.SEALED_FAILED}
)

# --- units ----------------------------------------------------------------------------------

_OPEN_INVESTIGATION = {InvestigationState.DRAFT, InvestigationState.REGISTERED}

may_view_input = Rule(
    "input.view",
    (
        _grant(UNIT_ROLES, Relation.RECIPIENT_UNIT, None, _FREE),
        _grant({Role.ANALYST, Role.DISSEMINATING_OFFICER}, Relation.OWN_COUNTRY, None, _FREE),
    ),
)
# R9: the receiving unit says of what use it was; nobody else can.
may_answer_input = Rule("input.answer", (_grant(UNIT_ROLES, Relation.RECIPIENT_UNIT, None, _FREE),))
may_start_investigation = Rule("investigation.start", (_grant(UNIT_ROLES, Relation.ANYONE),))
may_view_investigation = Rule("investigation.view", (_grant(UNIT_ROLES, Relation.OWN_UNIT),))
may_approve_investigation = Rule(
    "investigation.approve",
    (
        _grant(
            {Role.UNIT_HEAD},
            Relation.OWN_UNIT,
            INVESTIGATION.states_before(InvestigationVerb.APPROVE),
        ),
    ),
)
may_close_investigation = Rule(
    "investigation.close", (_grant({Role.UNIT_HEAD}, Relation.OWN_UNIT, _OPEN_INVESTIGATION),)
)
may_enter_entity = Rule(
    "entity.enter", (_grant(UNIT_ROLES, Relation.OWN_UNIT, _OPEN_INVESTIGATION),)
)
may_correct_entity = Rule(
    "entity.correct", (_grant(UNIT_ROLES, Relation.OWN_UNIT, _OPEN_INVESTIGATION),)
)

# --- matches --------------------------------------------------------------------------------

_COORDINATION = Condition.COORDINATION_ROUTE


def _party(name: str, roles: Iterable[Role], states: Iterable[str] | None = None) -> Rule:
    return Rule(name, (_grant(roles, Relation.OWN_UNIT, states, _COORDINATION),))


may_view_match = _party("match.view", UNIT_ROLES)
may_acknowledge_match = _party("match.acknowledge", UNIT_ROLES, {_MS.NOTIFIED})
may_answer_match = _party("match.answer", UNIT_ROLES, {_MS.ACKNOWLEDGED})
may_fill_criteria = _party(
    "match.fill_criteria", {Role.UNIT_HEAD}, {_MS.CONFIRMED_SAME, _MS.DELIBERATION}
)
may_propose_decision = _party(
    "match.propose", {Role.UNIT_HEAD}, {_MS.CONFIRMED_SAME, _MS.DELIBERATION}
)
may_agree_decision = _party("match.agree", {Role.UNIT_HEAD}, {_MS.DELIBERATION})
may_send_outcome = _party("match.send_outcome", {Role.UNIT_HEAD}, DECIDED_STATES)
may_view_match_timers = Rule(
    "match.view_timers",
    (
        _grant({Role.NATIONAL_POINT}, Relation.PARTY_COUNTRY, None, _COORDINATION),
        _grant({Role.REGIONAL_OFFICE}, Relation.ANYONE, None, _COORDINATION),
    ),
)
# A.6: a match on a possible victim is seen by protection officers and national points only (I13).
may_view_protection = Rule(
    "match.view_protection",
    (
        _grant(
            {Role.VICTIM_PROTECTION, Role.NATIONAL_POINT},
            Relation.PARTY_COUNTRY,
            None,
            Condition.PROTECTION_ROUTE,
        ),
    ),
)
may_decide_protection = Rule(
    "match.decide_protection",
    (
        _grant(
            {Role.VICTIM_PROTECTION},
            Relation.PARTY_COUNTRY,
            {_MS.IN_PROTECTION},
            Condition.PROTECTION_ROUTE,
        ),
    ),
)

# --- values that very many hold -------------------------------------------------------------

may_view_common_values = Rule(
    "value.view_common", (_grant(OVERSIGHT_ROLES | {Role.REGIONAL_OFFICE}, Relation.ANYONE),)
)
may_appeal_common_value = Rule("value.appeal", (_grant({Role.UNIT_HEAD}, Relation.OWN_UNIT),))
may_decide_common_value = Rule(
    "value.decide", (_grant({Role.REGIONAL_OFFICE}, Relation.ANYONE, {AppealState.ASKED}),)
)

# --- what follows a decision ----------------------------------------------------------------

may_view_handover = Rule(
    "handover.view",
    (
        _grant(UNIT_ROLES, Relation.GIVER_UNIT),
        _grant(
            UNIT_ROLES,
            Relation.RECEIVER_UNIT,
            {HandoverState.OFFERED, HandoverState.COMPLETED, HandoverState.WITHDRAWN},
        ),
    ),
)
may_prepare_handover = Rule(
    "handover.prepare",
    (_grant({Role.UNIT_HEAD}, Relation.GIVER_UNIT, {HandoverState.PREPARED}),),
)
may_record_permission = Rule(
    "handover.record_permission",
    (_grant({Role.UNIT_HEAD}, Relation.GIVER_UNIT, {HandoverState.PREPARED}),),
)
may_offer_handover = Rule(
    "handover.offer", (_grant({Role.UNIT_HEAD}, Relation.GIVER_UNIT, {HandoverState.PREPARED}),)
)
may_withdraw_handover = Rule(
    "handover.withdraw",
    (
        _grant(
            {Role.UNIT_HEAD},
            Relation.GIVER_UNIT,
            {HandoverState.PREPARED, HandoverState.OFFERED},
        ),
    ),
)
may_answer_handover = Rule(
    "handover.answer", (_grant({Role.UNIT_HEAD}, Relation.RECEIVER_UNIT, {HandoverState.OFFERED}),)
)
may_view_room = Rule("room.view", (_grant(UNIT_ROLES, Relation.OWN_UNIT),))
# A room's state is its match's: once that is annulled, nothing new enters.
_ROOM_IS_USED = {_MS.JOINT, _MS.CLOSED}
may_publish_in_room = Rule("room.publish", (_grant(UNIT_ROLES, Relation.OWN_UNIT, _ROOM_IS_USED),))
may_plan_in_room = Rule("room.plan", (_grant({Role.UNIT_HEAD}, Relation.OWN_UNIT, _ROOM_IS_USED),))

# --- erasure and restriction ----------------------------------------------------------------


def _protects(name: str, states: Iterable[str] | None = None) -> Rule:
    """The data-protection officer, for the data of their own country."""
    return Rule(name, (_grant({Role.DATA_PROTECTION}, Relation.OWN_COUNTRY, states),))


may_view_erasures = _protects("erasure.view")
may_request_erasure = _protects("erasure.request")
may_confirm_erasure = _protects("erasure.confirm", {ErasureState.REQUESTED})
may_drop_erasure = _protects("erasure.drop", {ErasureState.REQUESTED})
may_lift_restriction = _protects("restriction.lift", {ErasureState.RESTRICTED})

# --- oversight and administration -----------------------------------------------------------

may_view_ledger = Rule("ledger.view", (_grant(OVERSIGHT_ROLES, Relation.ANYONE),))
may_verify_ledger = Rule("ledger.verify", (_grant(OVERSIGHT_ROLES, Relation.ANYONE),))
may_sample_accesses = Rule("ledger.sample", (_grant(OVERSIGHT_ROLES, Relation.ANYONE),))
# Whoever drew a sample answers for what is said of it.
may_judge_access = Rule("ledger.judge", (_grant(OVERSIGHT_ROLES, Relation.AUTHOR),))
may_disclose_ledger = Rule("ledger.disclose", (_grant(OVERSIGHT_ROLES, Relation.ANYONE),))
may_read_checkpoint = Rule("ledger.read_checkpoint", (_grant(Role, Relation.ANYONE),))
may_hold_ledger = Rule(
    "ledger.hold", (_grant({Role.ADMINISTRATOR, Role.DATA_PROTECTION}, Relation.ANYONE),)
)
may_retire_ledger = Rule("ledger.retire", (_grant({Role.ADMINISTRATOR}, Relation.ANYONE),))
may_rotate_ledger_key = Rule("ledger.rotate_key", (_grant({Role.ADMINISTRATOR}, Relation.ANYONE),))
may_administer = Rule("administration.change", (_grant({Role.ADMINISTRATOR}, Relation.ANYONE),))
may_read_notices = Rule("notice.read", (_grant(Role, Relation.ANYONE),))

RULES: dict[str, Rule] = {
    rule.name: rule for rule in tuple(globals().values()) if isinstance(rule, Rule)
}
EXCLUSIVE_TO_AUTHORITIES = frozenset(
    name for name, rule in RULES.items() if rule.roles.isdisjoint(CONTRIBUTOR_ROLES)
)
