from __future__ import annotations

from copy import deepcopy
from importlib.resources import files

import pytest

from crosslight.core.indicators import Catalogue, catalogue
from crosslight.core.indicators.loading import read_documents


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return catalogue()


@pytest.fixture(scope="session")
def _raw_0_1_0() -> dict:
    folder = files("crosslight.core.indicators") / "data" / "v0_1_0"
    yaml = (each for each in folder.iterdir() if each.name.endswith(".yaml"))
    found = sorted(yaml, key=lambda each: each.name)
    return read_documents((each.name, each.read_text(encoding="utf-8")) for each in found)


@pytest.fixture
def raw(_raw_0_1_0: dict) -> dict:
    """The data of version 0.1.0, to be spoiled by one test."""
    return deepcopy(_raw_0_1_0)
