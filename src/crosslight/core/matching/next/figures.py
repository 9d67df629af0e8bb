from __future__ import annotations

from crosslight.core.matching.v1.figures import *  # noqa: F403
