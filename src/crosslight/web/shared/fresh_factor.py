"""A second factor that was shown a moment ago: asked before an original leaves its seal."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.urls import reverse

FRESH_SECONDS = 300


def require_fresh_factor(request: HttpRequest) -> None:
    """Leads to the page that asks for the code, and back. A password alone does not count.

    In the practice world personas have no factor; elsewhere an authority's page does not open
    without one.
    """
    if is_mfa_enabled(request.user) and not _is_fresh(request):
        raise ImmediateHttpResponse(suspend_request(request, reverse("mfa_reauthenticate")))


def _is_fresh(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    shown = [record["at"] for record in records if record.get("method") == "mfa"]
    return bool(shown) and time.time() - max(shown) < FRESH_SECONDS
