"""URL patterns of the API, one tuple a surface; `config` mounts them."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, path, re_path
from ninja import NinjaAPI

from crosslight.api import v1
from crosslight.api.problems import problem
from crosslight.foundation.errors import NotFoundOrHidden


def healthz(_request: HttpRequest) -> HttpResponse:
    """Alive and able to reach the database; says nothing else."""
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})


def nowhere(_request: HttpRequest) -> HttpResponse:
    """An address that no operation has answers like one that is hidden."""
    return problem(NotFoundOrHidden())


def mount(api: NinjaAPI) -> list[URLPattern | URLResolver]:
    return [path("api/v1/", api.urls), path("api/health", healthz), re_path("^api/", nowhere)]


def contributor() -> list[URLPattern | URLResolver]:
    return mount(v1.contributor_api())


def authority() -> list[URLPattern | URLResolver]:
    return mount(v1.authority_api())


def both() -> list[URLPattern | URLResolver]:
    return mount(v1.whole_api())
