from __future__ import annotations

from crosslight.foundation.errors import Conflict, InputError, NotFoundOrHidden, Unavailable


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


class NoSuchShard(NotFoundOrHidden):
    code = "L-004"
    what = "The ledger has no shard of that year."
    remedy = "Check the year: crosslight ledger shards."


class ShardRetired(InputError):
    code = "L-410"
    what = "The entries of that year were deleted; only its last checkpoint is left."
    safe = "Nothing was written."
    remedy = "Name another year: crosslight ledger shards."


class ShardNeeded(Conflict):
    code = "L-423"
    what = "That year cannot be retired."
    safe = "Nothing was deleted."
    remedy = "Ask crosslight ledger shards what stands against it."


class NoSuchHold(InputError):
    code = "L-424"
    what = "That year is not held under this reference."
    safe = "Nothing was changed."
    remedy = "Ask crosslight ledger shards for the references."


class NoAuthority(InputError):
    code = "L-425"
    what = "No time stamping authority is set."
    safe = "Nothing was sent."
    remedy = "Set CROSSLIGHT_TSA_URL, CROSSLIGHT_TSA_ROOT and CROSSLIGHT_TSA_POLICY."


class NoWitness(InputError):
    code = "L-426"
    what = "No witness is named."
    safe = "Nothing was sent."
    remedy = "Name one with its address and key, or set CROSSLIGHT_WITNESS_POLICY."
