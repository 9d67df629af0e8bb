"""bagit-python: makes a bag of a folder in place, with SHA-256 alone, and validates it.

Job: folder.
"""

from __future__ import annotations

import bagit

from benchmarks.peers.job import Job


def main() -> None:
    job = Job()
    folder = job.config["folder"]
    with job.stage("build"):
        bagit.make_bag(folder, checksums=["sha256"])
    with job.stage("verify"):
        bagit.Bag(folder).validate(processes=1)
    job.end()


if __name__ == "__main__":
    main()
