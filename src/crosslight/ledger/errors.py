from __future__ import annotations

from crosslight.foundation.errors import InputError, NotFoundOrHidden, Unavailable


class KeyUnusable(Unavailable):
    code = "L-503"
    what = "The ledger's key cannot be used."
    safe = "Nothing was recorded, so nothing was done."
    remedy = "Put the key file back from its backup, then try again."


class ExportFolderNotEmpty(InputError):
    code = "L-409"
    what = "The folder for the export is not empty."
    safe = "Nothing was written."
    remedy = "Name a new or an empty folder."


class LedgerEmpty(InputError):
    code = "L-404"
    what = "The ledger has no entries yet."
    safe = "Nothing was written."
    remedy = "Come back after the first act."


class NoSuchEntry(NotFoundOrHidden):
    code = "L-003"
    what = "The ledger has no entry of that number."
    remedy = "Check the number against the current size of the ledger."
