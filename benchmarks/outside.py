"""Peers that need an environment of their own: .venv-bench, made by `make bench`."""

from __future__ import annotations

import json
import resource
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow
from pyarrow import parquet

from benchmarks.found import Found
from benchmarks.report import tell

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv-bench" / "bin" / "python"
ABSENT = "Peers of .venv-bench are not installed, so that they are missing here: make bench."

Job = Mapping[str, object]

# A peer that needs more is left out: it would take the machine from all that comes after it.
MOST_SECONDS = 1_200
MOST_BYTES = 12 * 1024**3


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


def is_installed() -> bool:
    return PYTHON.is_file()


def run_outside(peer: str, job: Job, *tables: pyarrow.Table) -> Found | None:
    """Pairs that `benchmarks.peers.<peer>` scored; None where it isn't installed or fails."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "pairs.parquet")
        paths = []
        for number, table in enumerate(tables):
            paths.append(str(Path(folder, f"rows-{number}.parquet")))
            parquet.write_table(table, paths[-1])
        stages = run_stages(peer, {**job, "tables": paths, "out": str(out)})
        if stages is None:
            return None
        pairs = parquet.read_table(out)
    return Found(
        left=pairs["left"],
        right=pairs["right"],
        scores=pairs["score"].to_numpy(),
        seconds=sum(stages.values()),
        stages=stages,
    )


def run_stages(peer: str, job: Job) -> dict[str, float] | None:
    """The seconds of each stage of `benchmarks.peers.<peer>`; None as for run_outside."""
    if not is_installed():
        tell(ABSENT)
        return None
    tell(f"{peer} …")
    try:
        done = subprocess.run(
            [str(PYTHON), "-m", f"benchmarks.peers.{peer}", json.dumps(job)],
            check=True,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
            timeout=MOST_SECONDS,
            preexec_fn=_bounded,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        tell(f"{peer} is left out: {error}")
        return None
    stages: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return stages
