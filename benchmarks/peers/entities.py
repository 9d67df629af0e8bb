"""Rows as FollowTheMoney persons, as nomenklatura takes them."""

from __future__ import annotations

from typing import Any

from followthemoney import Dataset, StatementEntity

from benchmarks.peers.job import Row

DATASET = Dataset.make({"name": "bench", "title": "Benchmark"})


def entity_of(row: Row, *, id_column: str, properties: dict[str, str]) -> StatementEntity:
    """`properties` names the property of each column; several columns may share one."""
    data: dict[str, Any] = {"id": row[id_column], "schema": "Person", "properties": {}}
    entity = StatementEntity.from_data(DATASET, data)
    for column, name in properties.items():
        if row.get(column):
            entity.add(name, row[column])
    return entity
