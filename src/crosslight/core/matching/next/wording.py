from __future__ import annotations

from crosslight.core.matching.v1.wording import *  # noqa: F403
