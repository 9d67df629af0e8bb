"""The acts as the services name them. The list itself is in core, where the verifier needs it."""

from __future__ import annotations

from crosslight.core.evidence.acts import NEEDS_JUSTIFICATION, Act, ActClass

__all__ = ["NEEDS_JUSTIFICATION", "Act", "ActClass"]
