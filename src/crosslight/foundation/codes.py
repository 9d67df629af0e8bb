"""Members of the closed lists, read from what a form or a machine sent."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from crosslight.foundation.errors import FieldError, FieldErrors

E = TypeVar("E", bound=StrEnum)


def read_code(choices: type[E], value: object, *, field: str) -> E:
    """The member of `choices` with this code, or FieldErrors (I-034) that name `field`."""
    for member in choices:
        if member.value == value:
            return member
    raise FieldErrors((not_on_list(field),))


def not_on_list(field: str) -> FieldError:
    return FieldError(
        code="I-034",
        field=field,
        message="This is not one of the answers on the list.",
        remedy="Choose one of the answers offered.",
    )
