"""py-wacz: `wacz create` of a WARC, and `wacz validate` of what it made.

Job: warc, out (a new .wacz).
"""

from __future__ import annotations

import contextlib
import sys

from wacz.main import main as wacz

from benchmarks.peers.job import Job


def _run(*arguments: str) -> None:
    """What it says goes to stderr: stdout is for the figures."""
    with contextlib.redirect_stdout(sys.stderr):
        status = wacz(list(arguments))
    if status:
        raise SystemExit(f"wacz {arguments[0]} ended with {status}")


def main() -> None:
    job = Job()
    warc, out = job.config["warc"], job.config["out"]
    with job.stage("build"):
        _run("create", "-f", warc, "-o", out, "-d")
    with job.stage("verify"):
        _run("validate", "-f", out)
    job.end()


if __name__ == "__main__":
    main()
