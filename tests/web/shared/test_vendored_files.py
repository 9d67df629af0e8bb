from __future__ import annotations

import hashlib
import re
from pathlib import Path

import crosslight.web

STATIC = Path(crosslight.web.__file__).parent / "static" / "crosslight"
_ROW = re.compile(
    r"^\| \S+ \| \S+ \| \S+ \| (?P<file>vendor/\S+) \| (?P<hash>[0-9a-f]{64}) \|$", re.M
)


def test_every_vendored_file_is_the_one_that_was_looked_at() -> None:
    listed = {row["file"]: row["hash"] for row in _ROW.finditer((STATIC / "VENDOR.md").read_text())}
    found = {
        path.relative_to(STATIC).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (STATIC / "vendor").rglob("*")
        if path.is_file()
    }

    assert found == listed


def test_our_script_stays_under_two_kilobytes() -> None:
    assert (STATIC / "crosslight.js").stat().st_size < 2048


def test_our_styles_know_no_left_and_no_right() -> None:
    """One file serves both directions of writing."""
    physical = re.compile(r"(?:^|[\s;{-])(?:left|right)\s*[:;-]|text-align:\s*(?:left|right)")

    ours = list(STATIC.glob("*.css"))

    assert len(ours) > 2
    for path in ours:
        assert physical.search(path.read_text()) is None, path.name
