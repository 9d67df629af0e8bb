from __future__ import annotations

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "crosslight.coordination"
    label = "coordination"
