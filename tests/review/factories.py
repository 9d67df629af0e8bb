"""Contributions on the desk, moved by the services that a door would call."""

from __future__ import annotations

from datetime import timedelta

from crosslight.contributions.models import Contribution, Typology
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.contributions import Priority
from crosslight.core.vocabulary.law import (
    HandlingCode,
    InformationGrade,
    LegalBasis,
    SourceGrade,
)
from crosslight.foundation import clock
from crosslight.review.grading import Grading
from crosslight.review.models import IntelligenceInput
from crosslight.review.services import (
    disseminate,
    drop_contribution,
    prioritise_contribution,
    take_contribution,
    take_in_typology,
    validate_contribution,
)
from tests.contributions.factories import received, received_typology
from tests.factories import World

REASON = "A phone that leads to one driver, and it goes on."


def grading(**changes: object) -> Grading:
    values: dict[str, object] = {
        "source_grade": SourceGrade.B,
        "information_grade": InformationGrade.TWO,
        "handling_code": HandlingCode.H1,
        "legal_basis": LegalBasis.LED_ARTICLE_8,
        "purpose": "Detection of labour exploitation",
        "retention_until": clock.today() + timedelta(days=180),
    }
    return Grading(**(values | changes))


def in_triage(world: World, **changes: object) -> Contribution:
    contribution = received(world.amina, **changes)
    return take_contribution(actor=world.luis, contribution_id=contribution.pk)


def admitted(world: World, **changes: object) -> Contribution:
    contribution = in_triage(world, **changes)
    return validate_contribution(
        actor=world.luis, contribution_id=contribution.pk, grading=grading()
    )


def prioritised(world: World, **changes: object) -> Contribution:
    contribution = admitted(world, **changes)
    return prioritise_contribution(
        actor=world.luis,
        contribution_id=contribution.pk,
        priority=Priority.P2,
        reasons=REASON,
        deviation_reason="",
    )


def disseminated(world: World, *, to: tuple[str, ...] = (), **changes: object) -> IntelligenceInput:
    contribution = prioritised(world, **changes)
    return disseminate(
        actor=world.luis,
        contribution_id=contribution.pk,
        unit_ids=list(to) or [world.unit_a.pk],
        title="Men driven from a workshop to the fields",
        body="A support organisation reports that three men are driven to work before dawn.",
        identifiers=["+44 7700 900123"],
    )


def dropped(world: World, **changes: object) -> Contribution:
    contribution = admitted(world, **changes)
    return drop_contribution(actor=world.luis, contribution_id=contribution.pk, reason=REASON)


def admitted_typology(world: World, **changes: object) -> Contribution:
    contribution = received_typology(world.amina, **changes)
    take_contribution(actor=world.luis, contribution_id=contribution.pk)
    return validate_contribution(
        actor=world.luis, contribution_id=contribution.pk, grading=grading()
    )


def in_library(world: World, **changes: object) -> Typology:
    contribution = admitted_typology(world, **changes)
    return take_in_typology(actor=world.luis, contribution_id=contribution.pk, names_nobody=True)


def reload(actor: Actor, contribution: Contribution) -> Contribution:
    return Contribution.objects.get(pk=contribution.pk)
