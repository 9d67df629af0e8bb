"""Both surfaces in one process, as `serve` runs by default; the demo's door in demo mode only."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from crosslight.api import urls as api
from crosslight.config.urls_authority import AUTHORITY
from crosslight.config.urls_contributor import (
    CONTRIBUTOR,
    SHARED,
    handler400,
    handler403,
    handler404,
    handler429,
    handler500,
)

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [SHARED, CONTRIBUTOR, *AUTHORITY, *api.both()]
