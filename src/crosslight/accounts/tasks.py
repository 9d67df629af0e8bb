"""What leaves by mail: that something waits, and by when. Never what, from whom or about whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext, ngettext

from crosslight.accounts.models import Notice, User
from crosslight.foundation import clock
from crosslight.foundation.transactions import act

MOST_PER_RUN = 500


def deliver_notices() -> int:
    """Mail each person once about all that is new in the inbox; returns the number of mails.

    Marked as mailed before it is sent: a mail too few is found in the inbox, while one that is
    repeated every minute by a failing server teaches people to look away.
    """
    with act():
        waiting = list(
            Notice.objects.select_for_update()
            .filter(mailed_at=None, read_at=None, user__is_active=True)
            .select_related("user")
            .order_by("created_at")[:MOST_PER_RUN]
        )
        Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(
            mailed_at=clock.now()
        )
    grouped: defaultdict[User, list[Notice]] = defaultdict(list)
    for notice in waiting:
        grouped[notice.user].append(notice)
    mails = [_mail(user, notices) for user, notices in grouped.items()]
    return get_connection().send_messages(mails) or 0


def _mail(user: User, notices: Sequence[Notice]) -> EmailMessage:
    with translation.override(user.language):
        return EmailMessage(
            subject=gettext("Message from the coordination tool"),
            body=_body(len(notices), _earliest(notices)),
            to=[user.email],
        )


def _body(number: int, due_at: datetime | None) -> str:
    waiting = ngettext(
        "You have %(n)d item waiting in the coordination tool.",
        "You have %(n)d items waiting in the coordination tool.",
        number,
    ) % {"n": number}
    if due_at is None:
        return waiting
    due = gettext("Please look at it by %(time)s UTC.") % {"time": f"{due_at:%Y-%m-%d %H:%M}"}
    return f"{waiting} {due}"


def _earliest(notices: Sequence[Notice]) -> datetime | None:
    return min((notice.due_at for notice in notices if notice.due_at), default=None)
