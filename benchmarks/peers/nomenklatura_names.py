"""nomenklatura's matchers on pairs of names.

Job: algorithm. The table has the columns name_a and name_b; left and right come back as places.
"""

from __future__ import annotations

from nomenklatura.matching import ScoringConfig, get_algorithm

from benchmarks.peers.entities import entity_of
from benchmarks.peers.job import Job


def main() -> None:
    job = Job()
    algorithm = get_algorithm(job.config["algorithm"])
    config = ScoringConfig.defaults()
    (rows,) = job.rows()
    pairs = [
        tuple(
            entity_of({"id": f"{place}-{side}", "name": row[column]}, id_column="id",
                      properties={"name": "name"})
            for side, column in enumerate(("name_a", "name_b"))
        )
        for place, row in enumerate(rows)
    ]  # fmt: skip
    for left, right in pairs[:3]:
        algorithm.compare(left, right, config)
    with job.stage("compare"):
        scores = [algorithm.compare(left, right, config).score for left, right in pairs]
    job.hand_back((str(place), str(place), score) for place, score in enumerate(scores))


if __name__ == "__main__":
    main()
