"""dedupe, trained with labels of the truth, which it can't do without.

Job: id_column; fields ({column: "String" | "ShortString" | "Exact"});
labels (from how many rows); seed. The entity of each row stands in the column truth_person.
"""

from __future__ import annotations

import io
import random

import dedupe
from dedupe import serializer, variables
from numpy.random import seed as seed_numpy

from benchmarks.peers.job import Job, Row

_TRUTH = "truth_person"


def _definition(fields: dict[str, str]) -> list:
    return [getattr(variables, kind)(column, has_missing=True) for column, kind in fields.items()]


def _by_id(rows: list[Row], job: Job) -> dict[str, Row]:
    names, column = job.config["fields"], job.config["id_column"]
    return {
        row[column]: {**{name: row[name] for name in names}, _TRUTH: row[_TRUTH]} for row in rows
    }


def _shown(tables: list[dict[str, Row]], labels: int) -> list[dict[str, Row]]:
    """The rows of so many entities that about `labels` rows have been looked at by a person."""
    entities = sorted({row[_TRUTH] for table in tables for row in table.values()})
    random.shuffle(entities)
    rows = sum(map(len, tables))
    kept = set(entities[: labels * len(entities) // rows + 1])
    return [{key: row for key, row in table.items() if row[_TRUTH] in kept} for table in tables]


def _written(examples) -> io.StringIO:
    file = io.StringIO()
    serializer.write_training(examples, file)
    file.seek(0)
    return file


def main() -> None:
    job = Job()
    random.seed(job.config["seed"])
    seed_numpy(job.config["seed"])
    fields = job.config["fields"]
    labels = job.config["labels"]
    tables = [_by_id(rows, job) for rows in job.rows()]
    with job.stage("train"):
        if len(tables) == 1:
            tool = dedupe.Dedupe(_definition(fields), num_cores=2)
            examples = dedupe.training_data_dedupe(*_shown(tables, labels), _TRUTH, labels)
        else:
            tool = dedupe.RecordLink(_definition(fields), num_cores=2)
            examples = dedupe.training_data_link(*_shown(tables, labels), _TRUTH, labels)
        # Handed over as a file, the examples are in the sample that its predicates index.
        tool.prepare_training(*tables, training_file=_written(examples), sample_size=500)
        tool.train()
    with job.stage("score"):
        scored = tool.score(tool.pairs(*tables))
        pairs = [(str(a), str(b), float(s)) for (a, b), s in scored]
    job.hand_back(pairs)


if __name__ == "__main__":
    main()
