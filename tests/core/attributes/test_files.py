"""Files told by the hash of their content."""

from __future__ import annotations

import pytest

from crosslight.core.attributes import files


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("SHA-256: " + "AB" * 32, "sha256:" + "ab" * 32),
        ("ab" * 20, "sha1:" + "ab" * 20),
        ("ab" * 16, "md5:" + "ab" * 16),
        ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", None),
        ("ab" * 15, None),
    ],
)
def test_files_are_told_by_their_hash(raw, expected):
    assert files.form(raw) == expected
