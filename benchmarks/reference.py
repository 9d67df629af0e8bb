"""The public data sets, which are not part of the project and are read where they lie."""

from __future__ import annotations

import csv
import os
import sys
from pathlib import Path

VARIABLE = "CROSSLIGHT_REFERENCE"


def reference_file(*parts: str) -> Path:
    """Path of a data set; ends the command with a clear message where it is absent."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        sys.exit(f"Set {VARIABLE} to the folder with the public data sets (docs/reference).")
    path = Path(folder, *parts)
    if not path.is_file():
        sys.exit(f"{path} is missing; {VARIABLE} names the wrong folder, or the set is not there.")
    return path


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, skipinitialspace=True))
