"""The API of each surface: contributors' operations, authorities' operations, or both."""

from __future__ import annotations

from ninja import NinjaAPI, Router

from crosslight.api import ledger, problems
from crosslight.api.bodies import StrictParser
from crosslight.api.operations import BearerKey
from crosslight.core.policy import Rule

DESCRIPTION = (
    "For machine reporters and units. Bearer keys only. Times are UTC in ISO 8601. Errors are "
    "RFC 9457 problems with the codes of the screens. A POST may carry an Idempotency-Key: its "
    "repetition gets the first answer again and does nothing twice."
)


def build(name: str, *routers: Router) -> NinjaAPI:
    api = NinjaAPI(
        title="Crosslight",
        version="1",
        description=DESCRIPTION,
        auth=BearerKey(),
        parser=StrictParser(),
        urls_namespace=name,
        docs_url=None,
        openapi_url=None,
    )
    for router in routers:
        api.add_router("", router)
    problems.install(api)
    return api


# Each surface imports its own operations only: what is not in the process cannot be reached in it.


def contributor_api() -> NinjaAPI:
    from crosslight.api import contributions, files

    return build("api-contributor", contributions.router(), files.router(), ledger.router())


def authority_api() -> NinjaAPI:
    from crosslight.api import units

    return build("api-authority", units.router(), ledger.router())


def whole_api() -> NinjaAPI:
    from crosslight.api import contributions, files, units

    routers = (contributions.router(), files.router(), units.router(), ledger.router())
    return build("api", *routers)


def declared_rules(api: NinjaAPI) -> dict[str, Rule | None]:
    """Every operation with the rule that it declares: the census of the API."""
    found: dict[str, Rule | None] = {}
    for prefix, router in api._routers:  # noqa: SLF001  ninja offers no public list
        for path, view in router.path_operations.items():
            for item in view.operations:
                for method in item.methods:
                    found[f"{method} {prefix}{path}"] = getattr(item.view_func, "action", None)
    return found
