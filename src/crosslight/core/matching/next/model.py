from __future__ import annotations

from crosslight.core.matching.model import *  # noqa: F403
