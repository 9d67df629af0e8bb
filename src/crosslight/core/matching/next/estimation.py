from __future__ import annotations

from crosslight.core.matching.v1.estimation import *  # noqa: F403
