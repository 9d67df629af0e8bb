"""Opening one package under lock, and moving it."""

from __future__ import annotations

from crosslight.core.lifecycle.package import PACKAGE, PackageState, PackageVerb
from crosslight.core.policy import Actor, Rule, system_actor
from crosslight.core.policy.rules import may_view_own_package, may_view_package
from crosslight.custody.models import Package
from crosslight.custody.selectors import facts_of, package_for
from crosslight.foundation.guard import advance, require, require_standing

WORKER = system_actor("custody")


def locked_for_contributor(package_id: str, actor: Actor, *, rule: Rule) -> Package:
    """The row under lock, once `rule` has said yes; absent and hidden are one answer."""
    return _locked(package_id, actor, rule=rule, seen_by=may_view_own_package)


def locked_for_desk(package_id: str, actor: Actor, *, rule: Rule) -> Package:
    return _locked(package_id, actor, rule=rule, seen_by=may_view_package)


def locked(package_id: str) -> Package:
    """For the worker, which asks nobody."""
    return Package.objects.select_for_update(of=("self",)).get(pk=package_id)


def move(package: Package, verb: PackageVerb) -> None:
    """Set the state after `verb`, or raise WrongState; the caller saves."""
    package.state = advance(PACKAGE, PackageState(package.state), verb).value


def _locked(package_id: str, actor: Actor, *, rule: Rule, seen_by: Rule) -> Package:
    require_standing(rule, actor)
    package = package_for(seen_by, actor, package_id, is_locked=True)
    require(rule, actor, facts_of(package))
    return package
