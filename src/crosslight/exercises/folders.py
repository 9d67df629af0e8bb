"""The folder of a practice world: its own, marked as such, never a deployment's."""

from __future__ import annotations

import shutil
from pathlib import Path

from crosslight.foundation.errors import Conflict

MARK = "PRACTICE-WORLD.txt"
_TEXT = (
    "This folder holds a practice world of Crosslight: no real people, no real work.\n"
    "`crosslight demo --reset` empties it without asking.\n"
)
_OWNER_ONLY = 0o700


class FolderInUse(Conflict):
    code = "X-102"
    what = "This data folder holds something else than a practice world."
    safe = "Nothing was changed."
    remedy = "Choose an empty folder with --data."


def claim(folder: Path) -> None:
    """Mark an absent or empty folder as a practice world's; one that is marked stays as it is.

    Raises FolderInUse for any other folder.
    """
    if is_claimed(folder):
        return
    if folder.exists() and any(folder.iterdir()):
        raise FolderInUse
    folder.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY)
    (folder / MARK).write_text(_TEXT, "utf-8")


def empty(folder: Path) -> None:
    """Remove what a practice world left; raises FolderInUse where the folder is not one's."""
    if not folder.exists():
        return
    if not is_claimed(folder):
        raise FolderInUse
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != MARK:
            path.unlink()


def is_claimed(folder: Path) -> bool:
    return (folder / MARK).is_file()
