from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.running import crosslight


@pytest.fixture(scope="session")
def _initialised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared") / "crosslight"
    done = crosslight("init", data=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def data(_initialised: Path, tmp_path: Path) -> Path:
    """A data folder as `crosslight init` leaves it; each test has its own copy."""
    folder = tmp_path / "data"
    shutil.copytree(_initialised, folder)
    return folder
