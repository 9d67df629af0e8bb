"""The one fault of a file that no row of it can be used for."""

from __future__ import annotations

from crosslight.foundation.errors import InputError


class UnusableInput(InputError):
    """The whole file can't be taken; `remedy` says what to do about it."""

    code = "T-400"
    what = "The file could not be read."
    safe = "No result was written."
    remedy = "Check that it is a CSV, XLSX, JSON lines, parquet or FollowTheMoney file."


WRONG_FILE = "Check that it is the right file."
