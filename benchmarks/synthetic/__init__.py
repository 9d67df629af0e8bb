"""Invented persons of the region, registered more than once by clerks who spell differently."""

from __future__ import annotations

from benchmarks.synthetic.files import write_persons
from benchmarks.synthetic.population import MATCHED_COLUMNS, TRUTH_COLUMNS, Plan, rows_of_block

__all__ = ["MATCHED_COLUMNS", "TRUTH_COLUMNS", "Plan", "rows_of_block", "write_persons"]
