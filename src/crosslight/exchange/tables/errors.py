"""What ends a run: a file that no row of can be used, or an engine that gives up."""

from __future__ import annotations

from crosslight.foundation.errors import InputError, Unavailable


class UnusableInput(InputError):
    """The whole file can't be taken; `remedy` says what to do about it."""

    code = "T-400"
    what = "The file could not be read."
    safe = "No result was written."
    remedy = "Check that it is a CSV, XLSX, JSON lines, parquet or FollowTheMoney file."


WRONG_FILE = "Check that it is the right file."


class EngineFailed(Unavailable):
    code = "T-503"
    what = "The work was broken off."
    safe = "No result was written; what was done before is kept."
    remedy = "Repeat the command with --resume."
