"""Tables for contributions in bulk: read in a process of their own, written as templates."""

from __future__ import annotations

from crosslight.exchange.imports.reading import read_file
from crosslight.exchange.imports.writing import as_csv, as_workbook

__all__ = ["as_csv", "as_workbook", "read_file"]
