"""Names that are the same file on every system, and never one outside the package."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from crosslight.core.evidence.packages.faults import PackageFault, shown
from crosslight.core.evidence.packages.limits import Limits

# Windows opens a device for these, whatever follows the first dot.
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in "0123456789¹²³"}
)
_DRIVE = re.compile(r"[A-Za-z]:")
_NOT_ON_WINDOWS = frozenset('<>:"|?*')
# Controls, formats (direction marks among them), surrogates, private use, line separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def check_inside(path: str) -> None:
    """A relative path that cannot lead out of the folder, on any system."""
    if path.startswith("/"):
        raise PackageFault(f"{shown(path)} is an absolute path.")
    if "\\" in path or _DRIVE.match(path):
        raise PackageFault(f"{shown(path)} is a Windows path.")
    if path.startswith("~"):
        raise PackageFault(f"{shown(path)} names someone's home folder.")
    segments = path.split("/")
    if ".." in segments:
        raise PackageFault(f"{shown(path)} leads out of the package.")
    if "" in segments or "." in segments:
        raise PackageFault(f"{shown(path)} is not a plain path.")


def check_name(name: str, *, limits: Limits) -> None:
    """What check_inside asks, and one spelling that every file system keeps."""
    if len(name.encode("utf-8", "surrogatepass")) > limits.name_bytes:
        raise PackageFault(f"A name is longer than {limits.name_bytes} bytes.")
    if any(unicodedata.category(character) in _INVISIBLE for character in name):
        raise PackageFault(f"{shown(name)} has characters that cannot be seen.")
    check_inside(name)
    if _NOT_ON_WINDOWS & set(name):
        raise PackageFault(f"{shown(name)} has characters that no name may have on Windows.")
    if not unicodedata.is_normalized("NFC", name):
        raise PackageFault(f"{shown(name)} is not in Unicode form NFC.")
    for segment in name.split("/"):
        _check_segment(segment, name=name, limits=limits)


def _check_segment(segment: str, *, name: str, limits: Limits) -> None:
    if len(segment.encode()) > limits.segment_bytes:
        raise PackageFault(f"A part of {shown(name)} is longer than {limits.segment_bytes} bytes.")
    if segment.partition(".")[0].rstrip(" ").casefold() in _RESERVED:
        raise PackageFault(f"{shown(name)} is the name of a device on Windows.")
    if segment != segment.strip(" ") or segment.endswith("."):
        raise PackageFault(f"{shown(name)} has a part that begins or ends in a blank or a dot.")


def check_collisions(names: Iterable[str]) -> None:
    """No two names may meet on a file system without case, and none may be another's folder."""
    seen: dict[str, str] = {}
    folders: dict[str, str] = {}
    for name in names:
        folded = _folded(name)
        if seen.get(folded) == name:
            raise PackageFault(f"{shown(name)} is there twice.")
        if folded in seen:
            raise PackageFault(f"{shown(name)} and {shown(seen[folded])} differ in case only.")
        seen[folded] = name
        parts = folded.split("/")
        folders.update({"/".join(parts[:end]): name for end in range(1, len(parts))})
    for folded in seen.keys() & folders.keys():
        raise PackageFault(
            f"{shown(seen[folded])} is a file, and a folder of {shown(folders[folded])}."
        )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
