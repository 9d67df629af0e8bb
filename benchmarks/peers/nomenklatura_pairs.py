"""nomenklatura: its blocker proposes pairs, one of its matchers scores them.

Job: id_column; algorithm; properties ({column: FollowTheMoney property}); most_pairs.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from nomenklatura.blocker import Index
from nomenklatura.matching import ScoringConfig, get_algorithm
from nomenklatura.resolver import Linker
from nomenklatura.store import SimpleMemoryStore

from benchmarks.peers.entities import DATASET, entity_of
from benchmarks.peers.job import Job


def main() -> None:
    job = Job()
    (rows,) = job.rows()
    id_column, properties = job.config["id_column"], job.config["properties"]
    store = SimpleMemoryStore(DATASET, Linker({}))
    with store.writer() as writer:
        for row in rows:
            writer.add_entity(entity_of(row, id_column=id_column, properties=properties))
    view = store.default_view()
    with tempfile.TemporaryDirectory() as folder:
        with job.stage("block"):
            index = Index(view, Path(folder))
            index.build()
            pairs = [pair for pair, _ in index.pairs(max_pairs=job.config["most_pairs"])]
        algorithm = get_algorithm(job.config["algorithm"])
        config = ScoringConfig.defaults()
        with job.stage("compare"):
            found = []
            for left, right in pairs:
                score = algorithm.compare(
                    view.get_entity(left.id), view.get_entity(right.id), config
                ).score
                found.append((left.id, right.id, score))
    job.hand_back(found)


if __name__ == "__main__":
    main()
