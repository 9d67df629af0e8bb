"""Reading the package's own versioned data."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml


def load(name: str) -> dict[str, Any]:
    """Parsed YAML of the data file `name`."""
    text = files("crosslight.core.attributes").joinpath("data", name).read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return content
