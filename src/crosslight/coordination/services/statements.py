"""Statements of the match index, which a user's save waits for: as they are, without a query set.

Putting a query together takes Django longer than the database takes to answer it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

# As many as one statement may name on either database.
MOST_NAMED = 5_000
# SQLite takes at most 500 branches.
_MOST_BRANCHES = 400


def rows_of(statement: str, numbers: Sequence[int]) -> list[Any]:
    """Rows of a statement that ends in IN, for these numbers."""
    found: list[Any] = []
    for start in range(0, len(numbers), MOST_NAMED):
        part = numbers[start : start + MOST_NAMED]
        with connection.cursor() as cursor:
            cursor.execute(f"{statement} ({', '.join(['%s'] * len(part))})", part)
            found += cursor.fetchall()
    return found


def rows_of_each(branch: str, numbers: Sequence[Sequence[int]]) -> list[Any]:
    """Rows of one statement with a branch for each of these tuples of numbers."""
    found: list[Any] = []
    for start in range(0, len(numbers), _MOST_BRANCHES):
        part = numbers[start : start + _MOST_BRANCHES]
        with connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join([branch] * len(part)), [one for each in part for one in each]
            )
            found += cursor.fetchall()
    return found
