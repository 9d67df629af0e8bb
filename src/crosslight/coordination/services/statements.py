"""Statements of the match index, which a user's save waits for: as they are, without a query set.

Putting a query together takes Django longer than the database takes to answer it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

# As many as one statement may name on either database.
MOST_NAMED = 5_000


def rows_of(statement: str, numbers: Sequence[int]) -> list[Any]:
    """Rows of a statement that ends in IN, for these numbers."""
    found: list[Any] = []
    for start in range(0, len(numbers), MOST_NAMED):
        part = numbers[start : start + MOST_NAMED]
        with connection.cursor() as cursor:
            cursor.execute(f"{statement} ({', '.join(['%s'] * len(part))})", part)
            found += cursor.fetchall()
    return found
