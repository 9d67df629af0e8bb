"""What the desk does with packages: list, open, release, restrict. Each is on record."""

from __future__ import annotations

from dataclasses import dataclass

from crosslight.accounts.models import NoticeKind
from crosslight.accounts.services import settle_notices
from crosslight.core.evidence.packages.custody import Step
from crosslight.core.lifecycle.package import PackageVerb
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import (
    may_list_packages,
    may_release_package,
    may_restrict_package,
    may_view_package,
)
from crosslight.core.vocabulary.people import Role
from crosslight.custody.keys import platform_name
from crosslight.custody.models import Annotation, CustodyStep, Package
from crosslight.custody.selectors import (
    LONGEST_LIST,
    annotation_of,
    package_for,
    packages_at_desk,
    packages_of,
)
from crosslight.custody.services.locking import locked_for_desk, move
from crosslight.custody.services.statements import add_statement
from crosslight.foundation.guard import require, require_standing
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.partnerships.selectors import users_with_role

CUSTODY = "custody"


@dataclass(frozen=True, slots=True)
class Opened:
    """A package with all that is known about it, and none of its bytes."""

    package: Package
    steps: tuple[CustodyStep, ...]
    verification: Annotation | None
    inspection: Annotation | None


def list_packages(*, actor: Actor) -> tuple[Package, ...]:
    """At most 200, the last sent first."""
    require(may_list_packages, actor)
    with act():
        rows = tuple(packages_at_desk(actor)[:LONGEST_LIST])
        _record_list(actor, rows)
    return rows


def list_packages_of(*, actor: Actor, contribution_id: str) -> tuple[Package, ...]:
    """Those of one contribution, as its page shows them."""
    require(may_list_packages, actor)
    with act():
        rows = tuple(packages_of(contribution_id, actor)[:LONGEST_LIST])
        if rows:
            _record_list(actor, rows)
    return rows


def consult_package(*, actor: Actor, package_id: str) -> Opened:
    require_standing(may_view_package, actor)
    with act():
        package = package_for(may_view_package, actor, package_id)
        steps = tuple(package.steps.select_related("by", "recipient"))
        record(
            actor=actor,
            act=Act.PACKAGE_CONSULTED,
            objects=[package.pk],
            justification=CUSTODY,
        )
    return Opened(
        package,
        steps,
        annotation_of(package, Annotation.Kind.VERIFICATION),
        annotation_of(package, Annotation.Kind.INSPECTION),
    )


def release_package(*, actor: Actor, package_id: str) -> Package:
    """The custodian lets the desk work with it; the chain says to whom it went."""
    with act():
        package = locked_for_desk(package_id, actor, rule=may_release_package)
        move(package, PackageVerb.RELEASE)
        package.save(update_fields=["state"])
        _settle(package)
        index = record(actor=actor, act=Act.PACKAGE_RELEASED, objects=[package.pk])
        _state(package, Step.TRANSFER, actor=actor, index=index)
    return package


def restrict_package(*, actor: Actor, package_id: str) -> Package:
    """Closed until a custodian releases it again: nobody opens or exports it."""
    with act():
        package = locked_for_desk(package_id, actor, rule=may_restrict_package)
        move(package, PackageVerb.RESTRICT)
        package.save(update_fields=["state"])
        _settle(package)
        index = record(actor=actor, act=Act.PACKAGE_RESTRICTED, objects=[package.pk])
        _state(package, Step.RESTRICT, actor=actor, index=index)
    return package


def _state(package: Package, step: Step, *, actor: Actor, index: int) -> None:
    said_by = actor.organisation_id or platform_name()
    add_statement(package, step=step, actor=actor, said_by=said_by, ledger_index=index)


def _settle(package: Package) -> None:
    settle_notices(
        object_id=package.pk,
        kinds=[NoticeKind.PACKAGE_WAITING],
        users=users_with_role([Role.INTAKE_VALIDATOR], country=package.country_id),
    )


def _record_list(actor: Actor, rows: tuple[Package, ...]) -> None:
    record(
        actor=actor,
        act=Act.PACKAGE_LISTED,
        objects=[row.pk for row in rows],
        justification=CUSTODY,
    )
