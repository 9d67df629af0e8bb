from __future__ import annotations

from crosslight.foundation.errors import Conflict, InputError, NotAllowed


class PermissionMissing(NotAllowed):
    """I5: an H2 or H3 statement, and no stored permission for this receiver."""

    code = "H-101"
    what = "Permission of the originator is missing."
    remedy = "Ask the originator, then record the permission here."


class ProtectedRecord(NotAllowed):
    code = "H-102"
    what = "This record concerns a protected person and does not leave the unit this way."
    remedy = "Ask the victim-protection officer of your country."


class ReceiverNotConfirmed(InputError):
    code = "H-103"
    what = "The name typed is not the name of the receiving unit."
    remedy = "Type the receiver's name exactly as it is shown."


class NothingToHandOver(InputError):
    code = "H-104"
    what = "The handover holds no record yet."
    remedy = "Pick at least one record."


class RecordChanged(Conflict):
    code = "H-105"
    what = "A record was changed after it was picked."
    safe = "Nothing was sent."
    remedy = "Take it out and pick it again, so that you see what will be received."


class AlreadyAnswered(Conflict):
    code = "H-106"
    what = "The receiver has accepted a part of it already."
    safe = "Nothing was changed."
    remedy = "Ask the receiver to refuse the rest."
