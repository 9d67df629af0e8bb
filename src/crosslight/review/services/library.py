"""Typologies into the library and out of it: a person reads it for names that no machine knows."""

from __future__ import annotations

from crosslight.contributions.form import faults_of
from crosslight.contributions.models import Contribution, Typology
from crosslight.contributions.services import desk
from crosslight.contributions.values import as_field_error
from crosslight.core.contributions import Content
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_take_in_typology, may_take_out_typology
from crosslight.core.vocabulary.contributions import ContributionKind, SharingWish
from crosslight.core.vocabulary.people import Role
from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.review.selectors import was_asked_to_share
from crosslight.review.services.locking import locked_for_desk, written_reason


def take_in_typology(*, actor: Actor, contribution_id: str, names_nobody: bool) -> Typology:
    """Open it to everyone accredited and end the procedure. `names_nobody`: the officer read it.

    Refused for every other kind (D-122), without the officer's word (D-123), against the wish of
    who sent it (D-121), and where the rules of form, as they are now, find a fault.
    """
    with act():
        contribution = locked_for_desk(contribution_id, actor, rule=may_take_in_typology)
        _refuse_unfit(contribution, names_nobody=names_nobody)
        typology = desk.take_into_library(contribution, actor=actor)
        desk.settle_for_desk(contribution, role=Role.PRIORITISING_OFFICER)
        record(
            actor=actor,
            act=Act.TYPOLOGY_TAKEN_IN,
            objects=[typology.pk, contribution.pk],
            justification="library",
            basis=contribution.validation.legal_basis,
        )
    return typology


def take_out_typology(*, actor: Actor, contribution_id: str, reason: str) -> Typology:
    """Nobody reads it there any more; the reason stays with the ledger."""
    with act():
        contribution = locked_for_desk(contribution_id, actor, rule=may_take_out_typology)
        typology = Typology.objects.filter(contribution=contribution, taken_out_at=None).first()
        if typology is None:
            raise FieldErrors((_not_there(),))
        written = written_reason(reason, field="reason")
        desk.take_out_of_library(typology)
        record(
            actor=actor,
            act=Act.TYPOLOGY_TAKEN_OUT,
            objects=[typology.pk, contribution.pk],
            payload={"reason": written},
        )
    return typology


def _refuse_unfit(contribution: Contribution, *, names_nobody: bool) -> None:
    if contribution.kind != ContributionKind.TYPOLOGY:
        raise FieldErrors((_other_kind(),))
    faults = [as_field_error(fault) for fault in faults_of(contribution)]
    if not _is_wished(contribution):
        faults.append(_against_wish())
    if not names_nobody:
        faults.append(_not_read())
    if faults:
        raise FieldErrors(tuple(faults))


def _is_wished(contribution: Contribution) -> bool:
    """The library is read in every partner country: the answer to that question is kept."""
    wish = Content.from_dict(contribution.content).sharing_wish
    if wish is SharingWish.ASK_FIRST:
        return was_asked_to_share(contribution)
    return wish is SharingWish.DESK_DECIDES


def _other_kind() -> FieldError:
    return FieldError(
        "D-122",
        "kind",
        "Only a typology goes into the library.",
        "Disseminate it to units, or record that there is no further interest.",
    )


def _against_wish() -> FieldError:
    return FieldError(
        "D-121",
        "sharing_wish",
        "The contributor has not agreed to pass this to another country.",
        "Ask the contributor first, with the question about agreement.",
    )


def _not_read() -> FieldError:
    return FieldError(
        "D-123",
        "names_nobody",
        "It is not said that nobody can be recognised in it.",
        "Read all of it, then confirm it; return it where someone is named.",
    )


def _not_there() -> FieldError:
    return FieldError(
        "D-124",
        "reason",
        "This is not in the library.",
        "Nothing needs to be done.",
    )
