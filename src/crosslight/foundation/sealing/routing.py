"""Which table lies in which database: keys alone in the key store, all else beside the data."""

from __future__ import annotations

from django.db import models

from crosslight.foundation.sealing.models import STORE

_KEY_TABLES = frozenset({("sealing", "subjectkey")})


class KeyStoreRouter:
    def db_for_read(self, model: type[models.Model], **_hints: object) -> str | None:
        return STORE if _is_key_table(model) else None

    def db_for_write(self, model: type[models.Model], **_hints: object) -> str | None:
        return STORE if _is_key_table(model) else None

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **_hints: object
    ) -> bool:
        is_key_table = (app_label, model_name) in _KEY_TABLES
        return is_key_table == (db == STORE)


def _is_key_table(model: type[models.Model]) -> bool:
    return (model._meta.app_label, model._meta.model_name) in _KEY_TABLES
