"""Model fields shared by every app."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from typing import Any

from django.db import models

from crosslight.foundation.identifiers import new_id


def id_field(kind: str) -> models.CharField[str, str]:
    """Primary key: opaque text with the kind's three letters in front."""
    return models.CharField(
        max_length=30, primary_key=True, editable=False, default=partial(new_id, kind)
    )


def code_field(
    choices: type[StrEnum], *, default: StrEnum | None = None, is_blank: bool = False
) -> models.CharField[str, str]:
    """A member of the closed list `choices`, stored as its code.

    The list is not a database constraint: a code that is retired stays readable.
    """
    if default is not None and default not in choices:
        raise ValueError(f"{default!r} is not a member of {choices.__name__}")
    options: dict[str, Any] = {} if default is None else {"default": default.value}
    if is_blank:
        options |= {"blank": True, "default": ""}
    return models.CharField(max_length=40, **options)


def pairs(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    """A label table as the choices of a form."""
    return [(str(code), label) for code, label in labels.items()]
