from __future__ import annotations

from crosslight.foundation.errors import CrosslightError, Unavailable


class KeyDestroyed(CrosslightError):
    code = "K-410"
    what = "This was erased: its key was destroyed."
    safe = "Nothing was changed."
    remedy = "It cannot be read again, by anyone."


class KeyMissing(Unavailable):
    code = "K-404"
    what = "The key store holds no key for this."
    safe = "Nothing was changed."
    remedy = "The data and the key store are not of the same deployment: put the right one back."


class SecretKept(CrosslightError):
    code = "K-409"
    what = "Another secret is kept for this already."
    safe = "The first one is still there."
    remedy = "A secret is kept once; read it instead."


class SealBroken(Unavailable):
    code = "K-422"
    what = "A sealed value does not open."
    safe = "Nothing was changed, and nothing false is shown."
    remedy = "It was damaged or moved here from another row: restore the row from a backup."


class KekUnusable(Unavailable):
    code = "K-503"
    what = "The key-encryption key cannot be used."
    safe = "Nothing was changed; what is sealed stays sealed."
    remedy = "Put the key-encryption key back from its backup, then try again."
