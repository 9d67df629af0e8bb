from __future__ import annotations

from crosslight.core.matching.v1.values import *  # noqa: F403
