"""The URL table as it is in demo mode."""

from __future__ import annotations

from crosslight.config.urls import (
    handler400,
    handler403,
    handler404,
    handler429,
    handler500,
    table,
)

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]

urlpatterns = table(is_demo=True)
