from __future__ import annotations

from pathlib import Path

import pytest

from crosslight.exercises import folders


def test_a_new_folder_is_claimed_and_stays_claimed(tmp_path: Path) -> None:
    folder = tmp_path / "practice"

    folders.claim(folder)
    (folder / "crosslight.sqlite3").touch()
    folders.claim(folder)

    assert folders.is_claimed(folder)
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("act", [folders.claim, folders.empty])
def test_a_folder_of_something_else_is_left_alone(tmp_path: Path, act: object) -> None:
    precious = tmp_path / "crosslight.sqlite3"
    precious.write_text("real work", "utf-8")

    with pytest.raises(folders.FolderInUse):
        act(tmp_path)  # type: ignore[operator]

    assert precious.read_text("utf-8") == "real work"
    assert not folders.is_claimed(tmp_path)


def test_emptying_leaves_the_mark_and_follows_no_link_out_of_the_folder(tmp_path: Path) -> None:
    folder, outside = tmp_path / "practice", tmp_path / "outside"
    outside.mkdir()
    (outside / "letter.txt").write_text("keep me", "utf-8")
    folders.claim(folder)
    (folder / "keys").mkdir()
    (folder / "keys" / "secret_key").touch()
    (folder / "crosslight.sqlite3").touch()
    (folder / "link").symlink_to(outside)

    folders.empty(folder)

    assert [path.name for path in folder.iterdir()] == [folders.MARK]
    assert (outside / "letter.txt").exists()


def test_emptying_what_is_not_there_does_nothing(tmp_path: Path) -> None:
    folders.empty(tmp_path / "absent")

    assert not (tmp_path / "absent").exists()
