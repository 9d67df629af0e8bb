"""Time stamps inside a package: each is over tagmanifest-sha256.txt, and so over every file."""

from __future__ import annotations

from collections.abc import Iterable

from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.timestamps import (
    Authority,
    Stamp,
    StampFault,
    read_stamp,
    verify_stamp,
)


def check_stamps(
    files: Iterable[tuple[str, bytes]], *, tag_manifest: bytes, authority: Authority | None
) -> tuple[Stamp, ...]:
    """All of them, in order. With an authority each must be its, and one must be there."""
    stamps = tuple(
        _checked(name, data, tag_manifest=tag_manifest, authority=authority) for name, data in files
    )
    if authority is not None and not stamps:
        raise PackageFault("There is no time stamp, which you asked for.")
    return stamps


def _checked(name: str, data: bytes, *, tag_manifest: bytes, authority: Authority | None) -> Stamp:
    try:
        if authority is not None:
            return verify_stamp(data, data=tag_manifest, authority=authority)
        stamp = read_stamp(data)
    except StampFault as error:
        raise PackageFault(f"{name}: {error}") from error
    if not stamp.is_of(tag_manifest):
        raise PackageFault(f"{name}: The time stamp is of other bytes than these.")
    return stamp
