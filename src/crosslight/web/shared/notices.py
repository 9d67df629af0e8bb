"""The inbox: what waits, until when, and the way to it. No notice carries content."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, resolve, reverse

from crosslight.accounts.models import Notice
from crosslight.accounts.selectors import notices_for
from crosslight.accounts.services import read_notice
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_read_notices
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.web.shared.access import Screen, ScreenRequest, refusal_by_role, screen

SHOWN_AT_MOST = 100

# The kind of the object says the screens; the first that this surface has and the role opens.
_SCREENS_OF: Mapping[str, tuple[str, ...]] = {
    "con": ("contributor:contribution", "desk:contribution"),
    "pkg": ("desk:package",),
    "int": ("unit:input", "desk:input"),
    "inv": ("unit:investigation",),
    "mat": ("unit:match", "unit:protection_match"),
    "han": ("unit:handover",),
    "roo": ("unit:room",),
}


@screen(may_read_notices)
def inbox(request: ScreenRequest) -> HttpResponse:
    notices = list(notices_for(request.user)[:SHOWN_AT_MOST])
    return render(
        request,
        "shared/notices.html",
        {
            "waiting": [notice for notice in notices if notice.read_at is None],
            "read": [notice for notice in notices if notice.read_at is not None],
        },
    )


@screen(may_read_notices, methods=("POST",))
def open_notice(request: ScreenRequest, notice_id: str) -> HttpResponse:
    """Mark it read and go where it leads; `only_mark` stays in the inbox."""
    notice = read_notice(user=request.user, notice_id=notice_id)
    if notice is None:
        raise NotFoundOrHidden
    if "only_mark" in request.POST:
        return redirect("notices")
    return redirect(_address_of(notice, request.actor))


def _address_of(notice: Notice, actor: Actor) -> str:
    """Where the notice leads this actor; the home of their work where no screen is theirs."""
    for name in _SCREENS_OF.get(notice.object_id[:3], ()):
        address = _address_for(actor, name, notice.object_id)
        if address is not None:
            return address
    return reverse("home")


def _address_for(actor: Actor, name: str, object_id: str) -> str | None:
    try:
        address = reverse(name, args=[object_id])
    except NoReverseMatch:
        return None
    view = resolve(address).func
    is_theirs = isinstance(view, Screen) and refusal_by_role(view, actor) is None
    return address if is_theirs else None
