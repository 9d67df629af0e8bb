"""What the ledger says was done to an object."""

from __future__ import annotations

from crosslight.ledger.selectors import read_entries


def acts_on(object_id: str) -> list[str]:
    return [each.entry.act for each in read_entries(object_id=object_id)]
