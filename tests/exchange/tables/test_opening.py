from __future__ import annotations

from pathlib import Path

import pytest

from crosslight.exchange.tables import UnusableInput, open_table
from tests.exchange.tables.reading import written


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"%PDF-1.7\n", "PDF"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"\x00\x01\x02\x03\x04\x05", "binary"),
    ],
)
def test_says_what_an_unusable_file_is_and_what_to_do(
    tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(UnusableInput, match=said) as caught:
        open_table(written(tmp_path, content))
    assert caught.value.remedy
    assert caught.value.code == "T-400"


def test_refuses_what_is_not_there_and_folders(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="no file"):
        open_table(tmp_path / "absent.csv")
    with pytest.raises(UnusableInput, match="folder"):
        open_table(tmp_path)
    with pytest.raises(UnusableInput, match="device"):
        open_table(Path("/dev/null"))
