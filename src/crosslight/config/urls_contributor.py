"""The contributors' surface. No view of an authority is imported here, so none can be reached."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from crosslight.api import urls as api
from crosslight.web.shared import errors

CONTRIBUTOR = path("contributor/", include("crosslight.web.contributor.urls"))
SHARED = path("", include("crosslight.web.shared.urls"))

urlpatterns: list[URLPattern | URLResolver] = [SHARED, CONTRIBUTOR, *api.contributor()]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler429 = errors.too_many_requests
handler500 = errors.server_error
