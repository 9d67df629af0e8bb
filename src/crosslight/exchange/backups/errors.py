from __future__ import annotations

from crosslight.foundation.errors import InputError


class BackupUnusable(InputError):
    """It could not be made or begun to be read."""

    code = "B-400"
    what = "The backup cannot be used."
    safe = "The deployment was not touched."
    remedy = "Check the file and the options."


class BackupFault(InputError):
    """It was read, and is not what it says it is."""

    code = "B-422"
    what = "The backup does NOT hold."
    safe = "The deployment was not touched."
    remedy = "Do not restore it; use another one, and find out who changed this one."
