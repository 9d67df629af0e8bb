"""Reading the package's own versioned data."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any

import yaml


def load(name: str) -> dict[str, Any]:
    """Parsed YAML of the data file `name`."""
    text = files("crosslight.core.names").joinpath("data", name).read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return content


def names_of(folder: str) -> tuple[str, ...]:
    """Data files of `folder` in order of their names, each with the folder before it."""
    found = files("crosslight.core.names").joinpath("data", folder).iterdir()
    return tuple(sorted(f"{folder}/{item.name}" for item in found if item.name.endswith(".yaml")))


def subject(name: str) -> str:
    """What a data file is about: `west_african` of `lexicon/west_african-0.2.0.yaml`."""
    return PurePosixPath(name).stem.partition("-")[0]


@cache
def release() -> str:
    """The one number under which all names data of this package is released."""
    return str(load("index.yaml")["release"])
