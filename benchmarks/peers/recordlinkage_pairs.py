"""recordlinkage: blocks, comparisons, and its expectation-maximisation classifier, no labels.

Job: id_column; blocks (lists of columns); compare ({column: "exact" | "jarowinkler" | …}).
"""

from __future__ import annotations

import pandas
import recordlinkage

from benchmarks.peers.job import Job

# Text counts as alike from here on, as in recordlinkage's own guide to FEBRL.
_ALIKE = 0.85


def main() -> None:
    job = Job()
    frames = [pandas.DataFrame(rows).set_index(job.config["id_column"]) for rows in job.rows()]
    with job.stage("compare"):
        index = recordlinkage.Index()
        for columns in job.config["blocks"]:
            index.block(columns)
        pairs = index.index(*frames)
        comparing = recordlinkage.Compare()
        for column, method in job.config["compare"].items():
            if method == "exact":
                comparing.exact(column, column, label=column)
            else:
                comparing.string(column, column, method=method, threshold=_ALIKE, label=column)
        features = comparing.compute(pairs, *frames)
    with job.stage("classify"):
        classifier = recordlinkage.ECMClassifier(binarize=0.5)
        classifier.fit(features)
        scores = classifier.prob(features)
    job.hand_back((left, right, score) for (left, right), score in scores.items())


if __name__ == "__main__":
    main()
