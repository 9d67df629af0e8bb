"""The process that serves: what it holds for as long as it lives."""

from __future__ import annotations

import gc


def settle() -> None:
    """Tells the collector of cycles that all there is now stays: it need not be walked over again.

    The names data alone are some hundred thousand objects; looking through them stops every
    request for a good part of a second.
    """
    gc.collect()
    gc.freeze()
