"""A population counted the plain way, to hold what the engines count against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from crosslight.core.matching import KEY_KINDS, Counts, Keys


def counted(found: Keys, kinds: Collection[str], *, total: int) -> Counts:
    holders = Counter(
        int(key)
        for key, kind in zip(found.keys, found.kinds, strict=True)
        if KEY_KINDS[kind] in kinds
    )
    return Counts.of(holders, total=total)
