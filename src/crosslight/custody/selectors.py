"""Reads of packages. Every one takes the actor and can return nothing the policy hides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet, Sum

from crosslight.core.lifecycle.package import (
    ENDED,
    HELD,
    IN_WORK,
    SEEN_BY_CONTRIBUTOR,
    PackageState,
)
from crosslight.core.policy import Actor, Condition, Facts, Relation, Rule
from crosslight.core.policy.rules import may_view_own_package, may_view_package
from crosslight.core.vocabulary.custody import PackageForm
from crosslight.custody.models import Annotation, Package, SenderKey
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.foundation.identifiers import is_id
from crosslight.foundation.scoping import NOTHING, Columns, scope

LONGEST_LIST = 200
_FAULTY = frozenset({PackageState.FAILED, PackageState.SEALED_FAILED})


def _own_organisation(actor: Actor) -> Q:
    if actor.organisation_id is None:
        return NOTHING
    return Q(organisation_id=actor.organisation_id)


def _own_country(actor: Actor) -> Q:
    return NOTHING if actor.country is None else Q(country_id=actor.country)


COLUMNS = Columns(
    relations={
        Relation.AUTHOR: lambda actor: Q(author_id=actor.id),
        Relation.OWN_ORGANISATION: _own_organisation,
        Relation.OWN_COUNTRY: _own_country,
    },
    conditions={
        Condition.HANDED_IN: lambda _actor: Q(handed_in_at__isnull=False),
        Condition.NOT_RESTRICTED: lambda _actor: Q(set_aside_at=None),
    },
)


def facts_of(package: Package) -> Facts:
    return Facts(
        state=package.state,
        author_id=package.author_id,
        organisation_id=package.organisation_id,
        country=package.country_id,
        is_handed_in=package.handed_in_at is not None,
        is_restricted=package.set_aside_at is not None,
    )


def packages_for(rule: Rule, actor: Actor) -> QuerySet[Package]:
    """All packages for which `rule` says yes to `actor`."""
    return Package.objects.filter(scope(rule, actor, COLUMNS)).select_related("organisation")


def package_for(rule: Rule, actor: Actor, package_id: str, *, is_locked: bool = False) -> Package:
    """The one package, or NotFoundOrHidden: absent and hidden are one answer."""
    if not is_id(package_id, kind="pkg"):
        raise NotFoundOrHidden
    rows = packages_for(rule, actor)
    if is_locked:
        rows = rows.select_for_update(of=("self",))
    package = rows.filter(pk=package_id).first()
    if package is None:
        raise NotFoundOrHidden
    return package


def packages_at_desk(actor: Actor) -> QuerySet[Package]:
    """What waits for a custodian first, then the newest."""
    return packages_for(may_view_package, actor).order_by("-handed_in_at", "-pk")


def waiting_at_desk(actor: Actor) -> QuerySet[Package]:
    return packages_at_desk(actor).filter(state=PackageState.SEALED)


def packages_of(contribution_id: str, actor: Actor) -> QuerySet[Package]:
    """Those of one contribution that the desk may see."""
    return packages_at_desk(actor).filter(contribution_id=contribution_id)


def packages_brought_by(contribution_id: str) -> tuple[str, ...]:
    """Ids of those that have not ended, for whoever may erase all of the contribution."""
    rows = Package.objects.filter(contribution_id=contribution_id).exclude(state__in=ENDED)
    return tuple(rows.order_by("pk").values_list("pk", flat=True))


def held_count(contribution_id: str) -> int:
    """How many files of a contribution have arrived whole."""
    return Package.objects.filter(contribution_id=contribution_id, state__in=HELD).count()


def annotation_of(package: Package, kind: Annotation.Kind) -> Annotation | None:
    return package.annotations.filter(kind=kind.value).last()


def registered_keys(organisation_id: str) -> frozenset[str]:
    rows = SenderKey.objects.filter(organisation_id=organisation_id)
    return frozenset(rows.values_list("fingerprint", flat=True))


# --- what its contributor sees ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPackage:
    """One file as its contributor may see it: this and nothing else leaves for its screens (J1)."""

    id: str
    form: PackageForm
    media_type: str
    size: int
    received_bytes: int
    sha256: str
    state: str
    is_receiving: bool
    is_faulty: bool
    fault: str
    created_at: datetime
    expires_at: datetime | None
    arrived_at: datetime | None
    collected_at: datetime | None
    ledger_index: int | None

    @property
    def percent(self) -> int:
        return self.received_bytes * 100 // self.size


def seen_package(package: Package) -> SeenPackage:
    state = PackageState(package.state)
    return SeenPackage(
        id=package.pk,
        form=PackageForm(package.form),
        media_type=package.media_type,
        size=package.size,
        received_bytes=package.received_bytes,
        sha256=package.sha256,
        state=SEEN_BY_CONTRIBUTOR[state],
        is_receiving=state is PackageState.RECEIVING,
        is_faulty=state in _FAULTY,
        fault=package.fault,
        created_at=package.created_at,
        expires_at=package.expires_at if state is PackageState.RECEIVING else None,
        arrived_at=package.arrived_at,
        collected_at=package.collected_at,
        ledger_index=package.ledger_index,
    )


def own_packages(actor: Actor, contribution_id: str) -> tuple[SeenPackage, ...]:
    rows = packages_for(may_view_own_package, actor).filter(contribution_id=contribution_id)
    shown = rows.exclude(state=PackageState.ABANDONED).order_by("created_at", "pk")
    return tuple(map(seen_package, shown[:LONGEST_LIST]))


def own_package(actor: Actor, package_id: str) -> tuple[SeenPackage, str]:
    """One file, and the id of the contribution that it belongs to."""
    package = package_for(may_view_own_package, actor, package_id)
    return seen_package(package), package.contribution_id


# --- room, and what the worker has to do ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes that are taken, and how many may be; announced files count whole."""

    taken: int
    most: int

    def has(self, size: int) -> bool:
        return self.taken + size <= self.most


def room_of(organisation_id: str | None = None) -> Room:
    """Of one organisation; None: of the whole deployment."""
    rows = Package.objects.exclude(state__in=ENDED)
    limits = settings.CUSTODY_LIMITS
    most = limits.deployment if organisation_id is None else limits.organisation
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    return Room(rows.aggregate(taken=Sum("size"))["taken"] or 0, most)


def ids_in_work() -> list[str]:
    """Oldest first: what arrived whole and is not at rest yet."""
    rows = Package.objects.filter(state__in=IN_WORK).order_by("arrived_at", "pk")
    return list(rows.values_list("pk", flat=True))


def ids_arrived_unsaid() -> list[str]:
    """All bytes are here, and whoever was to say so was killed."""
    rows = Package.objects.filter(state=PackageState.RECEIVING)
    return [row.pk for row in rows.only("pk", "size", "received_bytes") if _is_whole(row)]


def ids_expired(now: datetime) -> list[str]:
    rows = Package.objects.filter(state=PackageState.RECEIVING, expires_at__lte=now)
    return list(rows.values_list("pk", flat=True))


def ids_with_remains() -> list[str]:
    rows = Package.objects.filter(state__in=ENDED, remains_erased_at=None)
    return list(rows.values_list("pk", flat=True))


def known_ids(package_ids: set[str]) -> set[str]:
    rows = Package.objects.filter(pk__in=package_ids)
    return set(rows.values_list("pk", flat=True))


def _is_whole(package: Package) -> bool:
    return package.received_bytes == package.size
