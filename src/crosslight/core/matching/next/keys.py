from __future__ import annotations

from crosslight.core.matching.v1.keys import *  # noqa: F403
