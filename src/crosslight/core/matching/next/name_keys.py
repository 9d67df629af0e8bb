from __future__ import annotations

from crosslight.core.matching.v1.name_keys import *  # noqa: F403
