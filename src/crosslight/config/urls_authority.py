"""The authorities' surface: desk, units, oversight."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from crosslight.api import urls as api
from crosslight.web.shared import errors

AUTHORITY: tuple[URLResolver, ...] = (
    path("desk/", include("crosslight.web.desk.urls")),
    path("unit/", include("crosslight.web.unit.urls")),
    path("oversight/", include("crosslight.web.oversight.urls")),
)
SHARED = path("", include("crosslight.web.shared.urls"))

urlpatterns: list[URLPattern | URLResolver] = [SHARED, *AUTHORITY, *api.authority()]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler429 = errors.too_many_requests
handler500 = errors.server_error
