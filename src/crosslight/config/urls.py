"""Both surfaces in one process, as `serve` runs by default; the demo's door in demo mode only."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

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


def table(*, is_demo: bool) -> list[URLPattern | URLResolver]:
    """Outside demo mode the module that signs personas in is not even imported."""
    demo = [path("demo/", include("crosslight.web.exercise.urls"))] if is_demo else []
    return [SHARED, *demo, CONTRIBUTOR, *AUTHORITY, *api.both()]


urlpatterns = table(is_demo=settings.IS_DEMO)
