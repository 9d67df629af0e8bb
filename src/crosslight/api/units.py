"""Entities and matches of a unit.

No answer here says whether something is known elsewhere: both sides are told by notice, at the
same moment. Verdicts and decisions are for named persons and have no operation (I4).
"""

from __future__ import annotations

from http import HTTPStatus

from ninja import Router, Status

from crosslight.api.operations import ApiRequest, operation, repeatable
from crosslight.api.schemas import (
    EntityIn,
    EntityOut,
    InvestigationOut,
    MatchOut,
    MatchRowOut,
    StatementIn,
)
from crosslight.coordination.services import entry, procedure, reading
from crosslight.core.entities.draft import EntityDraft, StatementDraft
from crosslight.core.policy.rules import (
    may_acknowledge_match,
    may_enter_entity,
    may_view_investigation,
    may_view_match,
)
from crosslight.investigations import services as investigations

ENTITIES = "entities"
MATCHES = "matches"
PURPOSE = "coordination"


def router() -> Router:
    made = Router(tags=["Units"])
    made.get("/investigations", response=list[InvestigationOut])(list_investigations)
    made.post(
        "/investigations/{investigation_id}/entities", response={HTTPStatus.CREATED: EntityOut}
    )(enter)
    made.get("/matches", response=list[MatchRowOut])(list_matches)
    made.get("/matches/{match_id}", response=MatchOut)(read_match)
    made.post("/matches/{match_id}/acknowledgement", response=MatchOut)(acknowledge)
    return made


@operation(may_view_investigation, scope=ENTITIES)
def list_investigations(request: ApiRequest) -> list[InvestigationOut]:
    """The unit's investigations. Only the entities of registered ones are matched."""
    return [
        InvestigationOut(id=row.pk, reference=row.reference, state=row.state)
        for row in investigations.list_investigations(actor=request.actor)
    ]


@operation(may_enter_entity, scope=ENTITIES)
@repeatable
def enter(request: ApiRequest, investigation_id: str, body: EntityIn) -> Status[EntityOut]:
    """Enter one entity with its statements; it is matched before the answer, which says nothing."""
    entity = entry.enter_entity(
        actor=request.actor, investigation_id=investigation_id, draft=_draft(body)
    )
    return Status(HTTPStatus.CREATED, EntityOut(id=entity.pk))


@operation(may_view_match, scope=MATCHES)
def list_matches(request: ApiRequest) -> list[MatchRowOut]:
    """The unit's matches, the newest first."""
    return [MatchRowOut.of(row) for row in reading.list_matches(actor=request.actor)]


@operation(may_view_match, scope=MATCHES)
def read_match(request: ApiRequest, match_id: str) -> MatchOut:
    """One match as the unit may see it in its present state."""
    return _shown(request, match_id)


@operation(may_acknowledge_match, scope=MATCHES)
def acknowledge(request: ApiRequest, match_id: str) -> MatchOut:
    """Say that the notice was read. The second unit's word opens both verification sets."""
    _acknowledged(request, match_id)
    return _shown(request, match_id)


@repeatable
def _acknowledged(request: ApiRequest, match_id: str) -> Status[None]:
    """Without the match: the other side's values are never kept, but read anew each time."""
    procedure.acknowledge_match(actor=request.actor, match_id=match_id)
    return Status(HTTPStatus.NO_CONTENT, None)


def _shown(request: ApiRequest, match_id: str) -> MatchOut:
    view = reading.consult_match(actor=request.actor, match_id=match_id, purpose=PURPOSE)
    return MatchOut.of(view)


def _draft(body: EntityIn) -> EntityDraft:
    return EntityDraft(
        schema=body.schema_name,
        statements=tuple(map(_statement, body.statements)),
        role=body.role,
        subject_category=body.subject_category,
        is_minor=body.is_minor,
        audience=body.audience,
        visibility=body.visibility,
    )


def _statement(body: StatementIn) -> StatementDraft:
    return StatementDraft(
        property=body.property,
        value=body.value,
        source=body.source,
        source_grade=body.source_grade,
        information_grade=body.information_grade,
        handling_code=body.handling_code,
        nature=body.nature,
        observed_on=body.observed_on,
    )
