"""Moved: import from crosslight.core.matching."""

from __future__ import annotations

from crosslight.core.matching.v1 import *  # noqa: F403
from crosslight.core.matching.v1 import Figures, figures, read_figures  # noqa: F401
