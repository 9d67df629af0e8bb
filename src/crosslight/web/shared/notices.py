"""The inbox: what waits, until when, and the way to it. No notice carries content."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from crosslight.accounts.models import Notice, NoticeKind
from crosslight.accounts.selectors import notices_for
from crosslight.accounts.services import read_notice
from crosslight.core.policy.rules import may_read_notices
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.web.shared.access import ScreenRequest, screen

SHOWN_AT_MOST = 100

# Names of URLs that take the object's identifier. A name that a surface lacks leads to the inbox.
_SCREEN_OF: Mapping[str, str] = {
    NoticeKind.CONTRIBUTION_WAITING: "desk:contribution",
    NoticeKind.QUESTION_WAITING: "contributor:contribution",
    NoticeKind.CORRECTION_WAITING: "contributor:contribution",
    NoticeKind.FEEDBACK_WAITING: "contributor:contribution",
    NoticeKind.INPUT_WAITING: "unit:input",
    NoticeKind.INVESTIGATION_WAITING: "unit:investigation",
    NoticeKind.MATCH_ACKNOWLEDGE: "unit:match",
    NoticeKind.MATCH_ANSWER: "unit:match",
    NoticeKind.MATCH_DECIDE: "unit:match",
    NoticeKind.MATCH_CLOSED: "unit:match",
    NoticeKind.MATCH_OVERDUE: "unit:match",
    NoticeKind.PROTECTION_NEEDED: "unit:match",
    NoticeKind.HANDOVER_WAITING: "unit:handover",
    NoticeKind.HANDOVER_ANSWERED: "unit:handover",
    NoticeKind.ROOM_OPENED: "unit:room",
    NoticeKind.OUTCOME_WAITING: "unit:match",
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
    return redirect(_address_of(notice))


def _address_of(notice: Notice) -> str:
    try:
        return reverse(_SCREEN_OF[notice.kind], args=[notice.object_id])
    except NoReverseMatch:
        return reverse("notices")
