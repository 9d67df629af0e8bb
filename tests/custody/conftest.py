from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings) -> None:
    """Each test has its own files and keys; a package of one is none of another's."""
    settings.CUSTODY_FOLDER = tmp_path / "custody"
    settings.INTAKE_SIGNING_KEY_FILE = tmp_path / "keys" / "intake.ed25519"
    settings.INTAKE_AGE_FILE = tmp_path / "keys" / "intake.age"
