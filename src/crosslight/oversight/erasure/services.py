"""A data-protection officer's acts: ask, look at what would go, confirm; set aside and lift.

One transaction erases everything beside the data and notes the keys that go with it; a sweep
destroys those right after the commit, and again later where it was cut off. So whenever the power
goes, either nothing has happened, or all content is gone and only a key waits to follow.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from crosslight.accounts.models import NoticeKind
from crosslight.accounts.services import forget_answers
from crosslight.contributions.models import Contribution
from crosslight.contributions.services import desk
from crosslight.contributions.services.finding import ids_naming, spellings_of
from crosslight.coordination.services import erasing as coordination
from crosslight.core.entities.comparable import comparable_form
from crosslight.core.entities.states import EntityState
from crosslight.core.lifecycle.contribution import CONTRIBUTION, ContributionState, ContributionVerb
from crosslight.core.lifecycle.erasure import ERASURE, ErasureState, ErasureVerb
from crosslight.core.policy import Actor, Facts, Rule
from crosslight.core.policy.rules import (
    may_confirm_erasure,
    may_drop_erasure,
    may_lift_restriction,
    may_request_erasure,
    may_view_erasures,
)
from crosslight.core.vocabulary.custody import DestructionGround
from crosslight.core.vocabulary.erasure import GROUNDS_OF, ErasureGround, ErasureKind
from crosslight.custody import selectors as custody
from crosslight.custody.services import destroy_packages, set_packages_aside
from crosslight.foundation import clock
from crosslight.foundation.errors import FieldError, FieldErrors, WrongState
from crosslight.foundation.guard import advance, require, require_standing
from crosslight.foundation.sealing.destruction import waiting
from crosslight.foundation.text import clean_required
from crosslight.foundation.transactions import sole_act
from crosslight.investigations.models import Entity, Statement
from crosslight.investigations.services import erasing as investigations
from crosslight.ledger.acts import Act
from crosslight.ledger.services import erase_payloads_of, record
from crosslight.oversight.erasure.models import Erasure
from crosslight.oversight.erasure.selectors import (
    MOST_ROWS,
    Target,
    country_of,
    erasure_for,
    erasures_for,
    facts_of,
    target_for,
)
from crosslight.partnerships.services import notify_organisation, notify_unit
from crosslight.review.services import erasing as review

PURPOSE = "data_protection"
# In which attributes of a record an identifier that a person gives may stand.
_SOUGHT_IN = (
    ("Person", "phone"),
    ("Person", "email"),
    ("Person", "passportNumber"),
    ("Person", "idNumber"),
    ("UserAccount", "username"),
)


@dataclass(frozen=True, slots=True)
class Reach:
    """What an erasure would touch: counts by kind, who would be told, and what others hold."""

    counts: dict[str, int]
    units: tuple[str, ...]
    organisation: str | None
    copies: tuple[str, ...]
    objects: tuple[str, ...]

    @property
    def told(self) -> tuple[str, ...]:
        return (*self.units, *((self.organisation,) if self.organisation else ()))


@dataclass(frozen=True, slots=True)
class Preview:
    erasure: Erasure
    reach: Reach


@dataclass(frozen=True, slots=True)
class Overview:
    """`waiting` counts keys that the next sweep destroys."""

    erasures: tuple[Erasure, ...]
    waiting: int


def request_erasure(
    *, actor: Actor, object_id: str, kind: ErasureKind, ground: ErasureGround
) -> Erasure:
    """Ask for it, with its ground. Nothing of the object changes before it is confirmed."""
    if ground not in GROUNDS_OF[kind]:
        raise FieldErrors((_wrong_ground(),))
    with sole_act():
        target = target_for(actor, object_id, is_locked=True)
        require(may_request_erasure, actor, Facts(country=country_of(target)))
        _check_possible(target, kind)
        erasure = _asked(target, kind=kind, ground=ground, actor=actor)
        record(
            actor=actor,
            act=Act.ERASURE_REQUESTED,
            objects=[erasure.pk, target.pk],
            reference=kind.value,
            basis=ground.value,
        )
    return erasure


def preview_erasure(*, actor: Actor, erasure_id: str) -> Preview:
    """What would go and who would be told: identifiers and numbers, never the content."""
    with sole_act():
        erasure = erasure_for(actor, erasure_id)
        reach = _reach(target_for(actor, erasure.object_id))
        record(
            actor=actor,
            act=Act.ERASURE_CONSULTED,
            objects=[erasure.pk, erasure.object_id, *reach.copies],
            justification=PURPOSE,
        )
    return Preview(erasure, reach)


def confirm_erasure(*, actor: Actor, erasure_id: str) -> Erasure:
    """Do it. What is erased cannot be brought back; recipients are told without content."""
    with sole_act():
        erasure = _opened(actor, erasure_id, rule=may_confirm_erasure)
        target = target_for(actor, erasure.object_id, is_locked=True)
        reach = _reach(target)
        if erasure.kind == ErasureKind.ERASE:
            _move(erasure, ErasureVerb.ERASE, actor=actor)
            _erase(target, reach, actor=actor)
        else:
            _move(erasure, ErasureVerb.RESTRICT, actor=actor)
            _restrict(target, actor=actor)
        erasure.counts, erasure.told = reach.counts, list(reach.told)
        erasure.save()
        _tell(target, reach, erasure)
        _record_decision(erasure, target, reach, actor=actor)
    return erasure


def drop_erasure(*, actor: Actor, erasure_id: str) -> Erasure:
    """Decide not to do what was asked for."""
    with sole_act():
        erasure = _opened(actor, erasure_id, rule=may_drop_erasure)
        _move(erasure, ErasureVerb.DROP, actor=actor)
        erasure.save()
        record(
            actor=actor,
            act=Act.ERASURE_DROPPED,
            objects=[erasure.pk, erasure.object_id],
            basis=erasure.ground,
        )
    return erasure


def lift_restriction(*, actor: Actor, erasure_id: str) -> Erasure:
    """Take the data back into use; the data subject is to be told before (LED article 16(3))."""
    with sole_act():
        erasure = _opened(actor, erasure_id, rule=may_lift_restriction)
        target = target_for(actor, erasure.object_id, is_locked=True)
        _move(erasure, ErasureVerb.LIFT, actor=actor)
        erasure.save()
        record(
            actor=actor,
            act=_act(target, Act.CONTRIBUTION_UNRESTRICTED, Act.ENTITY_UNRESTRICTED),
            objects=[target.pk, erasure.pk],
            basis=erasure.ground,
        )
        if isinstance(target, Contribution):
            desk.restrict(target, is_restricted=False)
            set_packages_aside(contribution_id=target.pk, is_set_aside=False)
        else:
            investigations.lift(target)
            coordination.return_to_matching(target)
    return erasure


def list_erasures(*, actor: Actor) -> Overview:
    require_standing(may_view_erasures, actor)
    with sole_act():
        rows = tuple(erasures_for(actor)[:MOST_ROWS])
        record(
            actor=actor,
            act=Act.ERASURE_LISTED,
            objects=[name for row in rows for name in (row.pk, row.object_id)],
            justification=PURPOSE,
        )
    return Overview(rows, waiting())


def find_subject(*, actor: Actor, identifier: str) -> tuple[str, ...]:
    """Ids of what the actor's country holds under an exact identifier; "hit" or "no hit", no more.

    Contributions are found by the blind index, records by their comparable form. What was sought
    is kept nowhere.
    """
    require_standing(may_request_erasure, actor)
    sought = clean_required(identifier, field="identifier", max_length=200)
    with sole_act():
        found = tuple(
            object_id
            for object_id in (
                *ids_naming(spellings_of(sought, region=actor.country)),
                *_entities_holding(sought, actor),
            )
            if _is_own(object_id, actor)
        )
        record(
            actor=actor,
            act=Act.SUBJECT_SOUGHT,
            objects=list(found),
            justification=PURPOSE,
        )
    return found


def _asked(target: Target, *, kind: ErasureKind, ground: ErasureGround, actor: Actor) -> Erasure:
    try:
        with transaction.atomic():
            return Erasure.objects.create(
                kind=kind.value,
                object_id=target.pk,
                country_id=country_of(target),
                ground=ground.value,
                requested_by_id=actor.id,
            )
    except IntegrityError as error:
        raise WrongState("An erasure of this is asked for already.") from error


def _opened(actor: Actor, erasure_id: str, *, rule: Rule) -> Erasure:
    require_standing(rule, actor)
    erasure = erasure_for(actor, erasure_id, is_locked=True)
    require(rule, actor, facts_of(erasure))
    return erasure


def _move(erasure: Erasure, verb: ErasureVerb, *, actor: Actor) -> None:
    erasure.state = advance(ERASURE, ErasureState(erasure.state), verb).value
    erasure.decided_by_id = actor.id
    erasure.decided_at = clock.now()


def _check_possible(target: Target, kind: ErasureKind) -> None:
    if isinstance(target, Contribution):
        can = CONTRIBUTION.can(ContributionState(target.state), ContributionVerb.ERASE)
        is_free = target.restricted_at is None
    else:
        can = target.state != EntityState.ERASED
        is_free = target.state == EntityState.ACTIVE
    if not can:
        raise WrongState("Nothing of it is left to erase.")
    if kind is ErasureKind.RESTRICT and not is_free:
        raise WrongState("Only what is in use can be set aside.")


def _reach(target: Target) -> Reach:
    return (
        _reach_of_contribution(target)
        if isinstance(target, Contribution)
        else _reach_of_entity(target)
    )


def _reach_of_contribution(contribution: Contribution) -> Reach:
    inputs = review.inputs_of(contribution)
    copies = investigations.copied_from(inputs)
    units = {*review.receivers_of(contribution), *(copy.unit_id for copy in copies)}
    questions = tuple(contribution.questions.values_list("pk", flat=True))
    packages = custody.packages_brought_by(contribution.pk)
    return Reach(
        counts={
            "contributions": 1,
            "versions": contribution.sent_versions.count(),
            "questions": len(questions),
            "inputs": len(inputs),
            "packages": len(packages),
            "keys": 1 + len(packages),
        },
        units=tuple(sorted(units)),
        organisation=contribution.organisation_id,
        copies=tuple(copy.pk for copy in copies),
        objects=(contribution.pk, *inputs, *questions, *packages),
    )


def _reach_of_entity(entity: Entity) -> Reach:
    traces = coordination.traces_of(entity)
    return Reach(
        counts={
            "records": 1,
            "statements": entity.statements.count(),
            "index_rows": traces.keys,
            "matches": traces.matches,
            "handover_items": traces.handed_over,
            "room_items": traces.shown_in_rooms,
        },
        units=tuple(sorted({entity.unit_id, *traces.units})),
        organisation=None,
        copies=(),
        objects=(entity.pk,),
    )


def _erase(target: Target, reach: Reach, *, actor: Actor) -> None:
    if isinstance(target, Contribution):
        destroy_packages(
            actor=actor, contribution_id=target.pk, ground=DestructionGround.DATA_SUBJECT
        )
        review.erase_review(target)
        desk.erase_on_decision(target)
    else:
        coordination.erase_traces(target, actor=actor)
        investigations.erase_content(target)
    for object_id in reach.objects:
        forget_answers(object_id)
    erase_payloads_of(reach.objects)


def _restrict(target: Target, *, actor: Actor) -> None:
    _check_possible(target, ErasureKind.RESTRICT)
    if isinstance(target, Contribution):
        desk.restrict(target, is_restricted=True)
        set_packages_aside(contribution_id=target.pk, is_set_aside=True)
    else:
        investigations.restrict(target)
        coordination.leave_matching(target, actor=actor)


def _tell(target: Target, reach: Reach, erasure: Erasure) -> None:
    """LED article 16(6): each recipient, so that it does the same. No notice carries content."""
    is_erased = erasure.kind == ErasureKind.ERASE
    kind = NoticeKind.DATA_ERASED if is_erased else NoticeKind.DATA_RESTRICTED
    for unit_id in reach.units:
        notify_unit(unit_id=unit_id, kind=kind, object_id=target.pk)
    if reach.organisation:
        notify_organisation(organisation_id=reach.organisation, kind=kind, object_id=target.pk)


def _record_decision(erasure: Erasure, target: Target, reach: Reach, *, actor: Actor) -> None:
    """Object ids and the legal ground, never content."""
    is_erased = erasure.kind == ErasureKind.ERASE
    done = (
        _act(target, Act.CONTRIBUTION_ERASED, Act.ENTITY_ERASED)
        if is_erased
        else _act(target, Act.CONTRIBUTION_RESTRICTED, Act.ENTITY_RESTRICTED)
    )
    record(
        actor=actor,
        act=done,
        objects=[target.pk, erasure.pk],
        basis=erasure.ground,
        recipients=list(reach.told),
    )
    inputs = [object_id for object_id in reach.objects if object_id.startswith("int_")]
    if is_erased and inputs:
        record(
            actor=actor,
            act=Act.INPUT_ERASED,
            objects=[*inputs, erasure.pk],
            basis=erasure.ground,
            recipients=list(reach.units),
        )


def _act(target: Target, of_contribution: Act, of_entity: Act) -> Act:
    return of_contribution if isinstance(target, Contribution) else of_entity


def _entities_holding(sought: str, actor: Actor) -> tuple[str, ...]:
    forms = {
        comparable_form(schema, name, sought, country=actor.country) for schema, name in _SOUGHT_IN
    } - {""}
    rows = Statement.objects.filter(comparable__in=forms, is_current=True)
    return tuple(sorted(set(rows.values_list("entity_id", flat=True))))


def _is_own(object_id: str, actor: Actor) -> bool:
    own = (
        Contribution.objects.filter(pk=object_id, country_id=actor.country)
        if object_id.startswith("con_")
        else Entity.objects.filter(pk=object_id, investigation__country_id=actor.country)
    )
    return own.exists()


def _wrong_ground() -> FieldError:
    return FieldError(
        "D-140",
        "ground",
        "This ground does not go with what is asked for.",
        "Choose a ground for erasing, or one for setting aside.",
    )
