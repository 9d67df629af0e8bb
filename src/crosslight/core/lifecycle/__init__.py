"""States and allowed moves: one table for each procedure."""

from __future__ import annotations

from crosslight.core.lifecycle.table import IllegalMove, Lifecycle, Move

__all__ = ["IllegalMove", "Lifecycle", "Move"]
