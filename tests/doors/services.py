"""Every public function of every module of services.

`ACTS`: who acts is told to it, so it is an act of its own; which entries it leaves when it does
what it is for (more may follow from it: a match, a closure). `PARTS`: it is told nothing of an
actor, or only passes one on; it runs inside acts, and the reason is why it leaves no entry alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from crosslight.ledger.acts import Act

ACTS: Mapping[str, tuple[Act, ...]] = {
    "contributions.services.answering.answer_question": (Act.QUESTION_ANSWERED,),
    "contributions.services.answering.read_feedback": (Act.FEEDBACK_READ,),
    "contributions.services.consulting.consult_own": (Act.CONTRIBUTION_CONSULTED,),
    "contributions.services.consulting.list_own": (Act.CONTRIBUTION_LISTED,),
    "contributions.services.consulting.take_receipt": (Act.LEDGER_EXPORTED,),
    "contributions.services.drafts.save_content": (Act.CONTRIBUTION_SAVED,),
    "contributions.services.drafts.save_page": (Act.CONTRIBUTION_SAVED,),
    "contributions.services.drafts.start_contribution": (Act.CONTRIBUTION_STARTED,),
    "contributions.services.expiry.expire_drafts": (Act.CONTRIBUTION_ERASED,),
    "contributions.services.library.consult_typology": (Act.TYPOLOGY_CONSULTED,),
    "contributions.services.library.list_typologies": (Act.TYPOLOGY_LISTED,),
    "contributions.services.sending.submit_contribution": (Act.CONTRIBUTION_RECEIVED,),
    "contributions.services.sending.withdraw_contribution": (
        Act.CONTRIBUTION_WITHDRAWN,
        Act.CONTRIBUTION_ERASED,
    ),
    "contributions.services.files.add_file": (Act.PACKAGE_ANNOUNCED,),
    "contributions.services.imported.consult_import": (Act.IMPORT_CONSULTED,),
    "contributions.services.imported.list_imports": (Act.IMPORT_LISTED,),
    "contributions.services.imported.take_bad_rows": (Act.IMPORT_TAKEN,),
    "contributions.services.imported.work_on_imports": (Act.CONTRIBUTION_RECEIVED,),
    "contributions.services.imports.accept_import": (Act.IMPORT_ACCEPTED,),
    "contributions.services.imports.continue_import": (
        Act.CONTRIBUTION_RECEIVED,
        Act.IMPORT_COMPLETED,
    ),
    "contributions.services.imports.end_import": (Act.IMPORT_ENDED,),
    "contributions.services.imports.expire_imports": (Act.IMPORT_ENDED,),
    "contributions.services.imports.match_columns": (Act.IMPORT_CHECKED,),
    "contributions.services.imports.start_import": (Act.IMPORT_STARTED,),
    "coordination.services.annulment.annul_matches": (Act.MATCH_ANNULLED,),
    "coordination.services.clocks.escalate_overdue": (Act.MATCH_ESCALATED,),
    "coordination.services.common_values.answer_appeal": (Act.VALUE_KEPT_COMMON,),
    "coordination.services.common_values.appeal_common_value": (Act.VALUE_APPEALED,),
    "coordination.services.common_values.consult_appeal": (Act.VALUE_LISTED,),
    "coordination.services.common_values.consult_held": (Act.VALUE_LISTED,),
    "coordination.services.common_values.list_common_values": (Act.VALUE_LISTED,),
    "coordination.services.common_values.note": (Act.VALUE_FOUND_COMMON,),
    "coordination.services.decisions.agree_decision": (Act.MATCH_AGREED,),
    "coordination.services.decisions.fill_criteria": (Act.MATCH_CRITERIA_FILLED,),
    "coordination.services.decisions.propose_decision": (Act.MATCH_PROPOSED,),
    "coordination.services.decisions.send_outcome": (Act.MATCH_OUTCOME_SENT,),
    "coordination.services.entry.add_statements": (Act.ENTITY_CORRECTED,),
    "coordination.services.entry.approve_investigation": (Act.INVESTIGATION_APPROVED,),
    "coordination.services.entry.change_entity": (Act.ENTITY_CORRECTED,),
    "coordination.services.entry.close_investigation": (Act.INVESTIGATION_CLOSED,),
    "coordination.services.entry.correct_statement": (Act.ENTITY_CORRECTED,),
    "coordination.services.entry.enter_entity": (Act.ENTITY_ENTERED,),
    "coordination.services.entry.withdraw_entity": (Act.ENTITY_WITHDRAWN,),
    "coordination.services.erasing.erase_traces": (Act.MATCH_ANNULLED, Act.MATCH_SET_ERASED),
    "coordination.services.erasing.leave_matching": (Act.MATCH_ANNULLED, Act.MATCH_SET_ERASED),
    "coordination.services.handovers.accept_item": (Act.HANDOVER_ITEM_ACCEPTED,),
    "coordination.services.handovers.add_item": (Act.HANDOVER_ITEM_ADDED,),
    "coordination.services.handovers.complete_if_answered": (Act.HANDOVER_COMPLETED,),
    "coordination.services.handovers.erase_snapshots": (Act.HANDOVER_ITEM_ERASED,),
    "coordination.services.handovers.offer_handover": (Act.HANDOVER_OFFERED,),
    "coordination.services.handovers.prepare_handover": (Act.HANDOVER_PREPARED,),
    "coordination.services.handovers.record_permission": (Act.PERMISSION_RECORDED,),
    "coordination.services.handovers.refuse_item": (
        Act.HANDOVER_ITEM_REFUSED,
        Act.HANDOVER_ITEM_ERASED,
    ),
    "coordination.services.handovers.remove_item": (
        Act.HANDOVER_ITEM_REMOVED,
        Act.HANDOVER_ITEM_ERASED,
    ),
    "coordination.services.handovers.withdraw_handover": (
        Act.HANDOVER_WITHDRAWN,
        Act.HANDOVER_ITEM_ERASED,
    ),
    "coordination.services.matching.match_entity": (Act.MATCH_NOTIFIED,),
    "coordination.services.procedure.acknowledge_match": (Act.MATCH_ACKNOWLEDGED,),
    "coordination.services.procedure.answer_match": (Act.MATCH_ANSWERED,),
    "coordination.services.protection.decide_protection": (Act.MATCH_PROTECTION_DECIDED,),
    "coordination.services.reading.board": (Act.MATCH_LISTED,),
    "coordination.services.reading.consult_handover": (Act.HANDOVER_CONSULTED,),
    "coordination.services.reading.consult_match": (Act.MATCH_CONSULTED,),
    "coordination.services.reading.consult_protection": (Act.MATCH_CONSULTED,),
    "coordination.services.reading.consult_room": (Act.ROOM_CONSULTED,),
    "coordination.services.reading.list_handovers": (Act.HANDOVER_LISTED,),
    "coordination.services.reading.list_matches": (Act.MATCH_LISTED,),
    "coordination.services.reading.list_protection": (Act.MATCH_LISTED,),
    "coordination.services.reading.list_rooms": (Act.ROOM_LISTED,),
    "coordination.services.rooms.open_room": (Act.ROOM_OPENED,),
    "coordination.services.rooms.plan_room": (Act.ROOM_PLANNED,),
    "coordination.services.rooms.post_message": (Act.ROOM_MESSAGE_POSTED,),
    "coordination.services.rooms.publish_item": (Act.ROOM_PUBLISHED,),
    "coordination.services.rooms.revoke_item": (Act.ROOM_REVOKED, Act.ROOM_ITEM_ERASED),
    "coordination.services.upkeep.common_values": (Act.VALUE_LISTED,),
    "coordination.services.upkeep.explained_pair": (Act.MATCH_EXPLAINED,),
    "coordination.services.upkeep.rebuild_index": (Act.MATCH_INDEX_REBUILT,),
    "custody.services.checking.check_package": (Act.PACKAGE_COLLECTED,),
    "custody.services.desk.consult_package": (Act.PACKAGE_CONSULTED,),
    "custody.services.desk.list_packages": (Act.PACKAGE_LISTED,),
    "custody.services.desk.list_packages_of": (Act.PACKAGE_LISTED,),
    "custody.services.desk.release_package": (Act.PACKAGE_RELEASED,),
    "custody.services.desk.restrict_package": (Act.PACKAGE_RESTRICTED,),
    "custody.services.destroying.destroy_packages": (Act.PACKAGE_DESTROYED,),
    "custody.services.handing_in.hand_in_packages": (Act.PACKAGE_HANDED_IN,),
    "custody.services.looking.look_into": (Act.PACKAGE_INSPECTED,),
    "custody.services.opening_up.export_package": (Act.PACKAGE_DISCLOSED,),
    "custody.services.opening_up.reveal_object": (Act.PACKAGE_REVEALED,),
    "custody.services.own.consult_own_package": (Act.PACKAGE_CONSULTED,),
    "custody.services.own.list_own_packages": (Act.PACKAGE_LISTED,),
    "custody.services.sealing.seal": (Act.PACKAGE_SEALED,),
    "custody.services.senders.register_key": (Act.SENDER_KEY_REGISTERED,),
    "custody.services.uploading.announce": (Act.PACKAGE_ANNOUNCED,),
    "custody.services.uploading.append": (Act.PACKAGE_QUARANTINED,),
    "custody.services.uploading.cancel_upload": (Act.PACKAGE_ABANDONED,),
    "custody.services.uploading.expire_upload": (Act.PACKAGE_ABANDONED,),
    "custody.services.uploading.receive_at_once": (Act.PACKAGE_QUARANTINED,),
    "custody.services.uploading.settle_arrival": (Act.PACKAGE_QUARANTINED,),
    "investigations.services.entering.add_entity": (Act.ENTITY_ENTERED,),
    "investigations.services.entering.add_statements": (Act.ENTITY_CORRECTED,),
    "investigations.services.entering.change_entity": (Act.ENTITY_CORRECTED,),
    "investigations.services.entering.correct_statement": (Act.ENTITY_CORRECTED,),
    "investigations.services.entering.receive_entity": (Act.ENTITY_ENTERED,),
    "investigations.services.entering.withdraw_entity": (Act.ENTITY_WITHDRAWN,),
    "investigations.services.reading.consult_entity": (Act.ENTITY_CONSULTED,),
    "investigations.services.reading.consult_investigation": (Act.INVESTIGATION_CONSULTED,),
    "investigations.services.reading.find_own_duplicates": (Act.ENTITY_SEARCHED,),
    "investigations.services.reading.list_cases_to_enter": (Act.INVESTIGATION_LISTED,),
    "investigations.services.reading.list_entities": (Act.ENTITY_LISTED,),
    "investigations.services.reading.list_investigations": (Act.INVESTIGATION_LISTED,),
    "investigations.services.reading.list_records_to_show": (Act.ENTITY_LISTED,),
    "investigations.services.reading.search_entities": (Act.ENTITY_SEARCHED,),
    "investigations.services.registration.approve_investigation": (Act.INVESTIGATION_APPROVED,),
    "investigations.services.registration.close_investigation": (Act.INVESTIGATION_CLOSED,),
    "investigations.services.registration.start_investigation": (Act.INVESTIGATION_STARTED,),
    "ledger.services.record_refusal": (Act.ACT_REFUSED,),
    "oversight.erasure.services.confirm_erasure": (
        Act.CONTRIBUTION_ERASED,
        Act.INPUT_ERASED,
        Act.ENTITY_ERASED,
        Act.CONTRIBUTION_RESTRICTED,
        Act.ENTITY_RESTRICTED,
    ),
    "oversight.erasure.services.drop_erasure": (Act.ERASURE_DROPPED,),
    "oversight.erasure.services.find_subject": (Act.SUBJECT_SOUGHT,),
    "oversight.erasure.services.lift_restriction": (
        Act.CONTRIBUTION_UNRESTRICTED,
        Act.ENTITY_UNRESTRICTED,
    ),
    "oversight.erasure.services.list_erasures": (Act.ERASURE_LISTED,),
    "oversight.erasure.services.preview_erasure": (Act.ERASURE_CONSULTED,),
    "oversight.erasure.services.request_erasure": (Act.ERASURE_REQUESTED,),
    "oversight.services.checking.check_ledger": (Act.LEDGER_VERIFIED,),
    "oversight.services.checking.take_checkpoint": (Act.LEDGER_EXPORTED,),
    "oversight.services.disclosing.disclose_at_console": (Act.LEDGER_DISCLOSED,),
    "oversight.services.disclosing.disclose_ledger": (Act.LEDGER_DISCLOSED,),
    "oversight.services.disclosing.prove_entry": (Act.LEDGER_EXPORTED,),
    "oversight.services.reading.consult_ledger": (Act.LEDGER_CONSULTED,),
    "oversight.services.reading.consult_ledger_entry": (Act.LEDGER_CONSULTED,),
    "oversight.services.sampling.consult_sample": (Act.ACCESSES_CONSULTED,),
    "oversight.services.sampling.draw_sample": (Act.ACCESSES_DRAWN,),
    "oversight.services.sampling.judge_access": (Act.ACCESS_JUDGED,),
    "oversight.services.sampling.list_samples": (Act.ACCESSES_CONSULTED,),
    "partnerships.services.accredit_contributor": (Act.ORGANISATION_ACCREDITED,),
    "partnerships.services.add_authority": (Act.AUTHORITY_ADDED,),
    "partnerships.services.add_country": (Act.COUNTRY_ADDED,),
    "partnerships.services.add_person": (Act.PERSON_ADDED,),
    "partnerships.services.add_unit": (Act.UNIT_ADDED,),
    "partnerships.services.create_api_key": (Act.CREDENTIAL_CREATED,),
    "partnerships.services.found_partnership": (Act.PARTNERSHIP_FOUNDED,),
    "partnerships.services.grant_mandate": (Act.MANDATE_GRANTED,),
    "partnerships.services.revoke_api_key": (Act.CREDENTIAL_REVOKED,),
    "partnerships.services.revoke_mandate": (Act.MANDATE_REVOKED,),
    "partnerships.services.set_password": (Act.PASSWORD_SET,),
    "review.services.analysis.ask_question": (Act.QUESTION_ASKED,),
    "review.services.analysis.drop_contribution": (Act.CONTRIBUTION_DROPPED,),
    "review.services.analysis.prioritise_contribution": (Act.CONTRIBUTION_PRIORITISED,),
    "review.services.library.take_in_typology": (Act.TYPOLOGY_TAKEN_IN,),
    "review.services.library.take_out_typology": (Act.TYPOLOGY_TAKEN_OUT,),
    "review.services.closing.close_contribution": (Act.CONTRIBUTION_CLOSED,),
    "review.services.closing.give_feedback": (Act.FEEDBACK_SENT,),
    "review.services.dissemination.disseminate": (Act.CONTRIBUTION_DISSEMINATED,),
    "review.services.inputs.consult_input": (Act.INPUT_CONSULTED,),
    "review.services.inputs.list_inputs": (Act.INPUT_LISTED,),
    "review.services.inputs.mark_input_useful": (Act.INPUT_ANSWERED,),
    "review.services.intake.refuse_contribution": (
        Act.CONTRIBUTION_REFUSED,
        Act.CONTRIBUTION_ERASED,
    ),
    "review.services.intake.return_contribution": (Act.CONTRIBUTION_RETURNED,),
    "review.services.intake.take_contribution": (Act.CONTRIBUTION_TAKEN,),
    "review.services.intake.validate_contribution": (Act.CONTRIBUTION_VALIDATED,),
    "review.services.reading.consult_contribution": (Act.CONTRIBUTION_CONSULTED,),
    "review.services.reading.list_queue": (Act.CONTRIBUTION_LISTED,),
}

_ACCOUNT = "of an account or a notice, never of a record; the caller's act names the person"
_MOVE = "one step of an act whose service records it"
_INDEX = "keys without a reading, inside the act that enters or matches"
_LEDGER = "the ledger itself"
_CUSTODY = "one step of what a desk, a contributor or the worker does, which records it"
PARTS: Mapping[str, str] = {
    "custody.services.handing_in.set_packages_aside": "part of setting a contribution aside",
    **{
        f"accounts.services.{name}": _ACCOUNT
        for name in (
            "choose_language",
            "create_credential",
            "create_user",
            "forget_answers",
            "keep_answer",
            "note_use",
            "notify",
            "read_notice",
            "revoke_credential",
            "set_password",
            "settle_notices",
        )
    },
    **{
        f"contributions.services.desk.{name}": _MOVE
        for name in (
            "add_feedback",
            "add_question",
            "erase",
            "erase_on_decision",
            "refuse",
            "restrict",
            "return_quality",
            "set_return_reasons",
            "settle_for_contributor",
            "settle_for_desk",
            "take_into_library",
            "take_out_of_library",
            "transition",
        )
    },
    "contributions.services.drafts.locked_for_contributor": _MOVE,
    "contributions.services.drafts.touch": _MOVE,
    "contributions.services.finding.ids_naming": "ids alone; who seeks records what was found",
    "contributions.services.finding.index_identifiers": _INDEX,
    "contributions.services.finding.spellings_of": _INDEX,
    "contributions.services.sending.hash_of": _MOVE,
    "coordination.services.annulment.recall_copies": "records what was out, and nothing else was",
    **{
        f"coordination.services.candidates.{name}": _INDEX
        for name in ("compared", "found", "population", "ranked")
    },
    "coordination.services.common_values.common_values_held": (
        "values of the record whose own consultation is on record"
    ),
    "coordination.services.common_values.rows_of_common_values": "called by what records the list",
    "coordination.services.decisions.checked_giver": _MOVE,
    "coordination.services.erasing.return_to_matching": _MOVE,
    "coordination.services.erasing.traces_of": "numbers and units; who previews records it",
    "coordination.services.handovers.statements_lacking_permission": _MOVE,
    **{
        f"coordination.services.index.{name}": _INDEX
        for name in (
            "drop_keys",
            "holding",
            "is_matched",
            "keys_of",
            "lifted_among",
            "population",
            "population_size",
            "prepared_from",
            "prepared_of",
            "profiles",
            "record_of",
            "release",
            "resize",
            "shared_exact_keys",
            "usable_among",
            "write_keys",
            "write_many",
        )
    },
    "coordination.services.matching.match_indexed": "records each match that it opens",
    "coordination.services.matching.ordered": _MOVE,
    "coordination.services.matching.raise_protection": "records the match that it opens",
    **{
        f"coordination.services.opening.{name}": _MOVE
        for name in (
            "move",
            "opened_match",
            "parties",
            "require_human",
            "settle",
            "sides_of",
            "tell_countries",
            "tell_units",
        )
    },
    **{
        f"coordination.services.release.{name}": _MOVE
        for name in ("has_permission", "may_go", "release_sets")
    },
    "coordination.services.statements.rows_of": _INDEX,
    "coordination.services.statements.rows_of_each": _INDEX,
    "coordination.services.terms.checked_terms": _MOVE,
    "coordination.services.upkeep.entities_to_index": "a number",
    "coordination.services.upkeep.needs_rebuild": "yes or no",
    **{
        f"coordination.services.value_counts.{name}": _INDEX
        for name in ("change", "counted", "holders")
    },
    **{
        f"custody.services.{name}": _CUSTODY
        for name in (
            "checking.package_path",
            "destroying.erase_after_act",
            "destroying.erase_remains",
            "locking.locked",
            "locking.locked_for_contributor",
            "locking.locked_for_desk",
            "locking.move",
            "sealing.drop_plain",
            "sealing.opened",
            "sealing.tell_custodians",
            "statements.add_statement",
            "statements.keep_chain",
            "statements.statements_in",
            "statements.subject_of",
            "statements.tool",
        )
    },
    "investigations.services.entering.snapshot_of": _MOVE,
    **{
        f"investigations.services.erasing.{name}": _MOVE
        for name in ("copied_from", "erase_content", "lift", "restrict")
    },
    **{
        f"ledger.services.{name}": _LEDGER
        for name in (
            "checkpoint",
            "draft",
            "erase_payload",
            "erase_payloads_of",
            "export",
            "export_all",
            "keep_checkpoint",
            "receipt",
            "record",
            "record_many",
        )
    },
    "oversight.services.checking.see_chain": "size, root and watchers of the ledger; no entry",
    "oversight.services.reading.names_in": "called by what records the consultation",
    "partnerships.services.main_partnership": "founds it through the act that records it",
    "partnerships.services.notify_country": _ACCOUNT,
    "partnerships.services.notify_organisation": _ACCOUNT,
    "partnerships.services.notify_unit": _ACCOUNT,
    "review.services.analysis.refuse_tasking": _MOVE,
    **{
        f"review.services.erasing.{name}": _MOVE
        for name in ("erase_review", "inputs_of", "receivers_of")
    },
    "review.services.locking.locked_for_desk": _MOVE,
    "review.services.locking.written_reason": _MOVE,
    "review.services.reading.purpose_code": _MOVE,
}
# Parts that a plain way through a door does not come by: a repeated request, a record that turns
# out to be protected, a pair that is asked about again, a rebuild that finds something. They have
# tests of their own, and each is called inside an act that is walked.
NOT_REACHED = frozenset(
    {
        "accounts.services.keep_answer",
        "coordination.services.candidates.ranked",
        "coordination.services.index.prepared_from",
        "coordination.services.index.usable_among",
        "coordination.services.matching.match_indexed",
        "coordination.services.matching.raise_protection",
        "custody.services.statements.subject_of",
        "ledger.services.erase_payload",
        "ledger.services.record_many",
    }
)
