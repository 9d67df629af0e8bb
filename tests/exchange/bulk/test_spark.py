"""Apache Spark finds the same pairs with the same weights, on threads and on a cluster."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow
import pytest

from crosslight.core.matching import Uncounted, Weigher, columns, figures, pack, prepare
from crosslight.exchange.bulk import Threshold
from crosslight.exchange.bulk.blocks import Blocks
from tests.cli.running import COMMAND, crosslight, variables
from tests.exchange.bulk.people import people, written

ROWS = 600
# Spark takes its time to start, and much of it beside other work.
PATIENCE = 1_200
SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "spark-cluster"
IS_ABSENT = shutil.which("java") is None or importlib.util.find_spec("pyspark") is None
needs_spark = pytest.mark.skipif(
    IS_ABSENT, reason="Java and pyspark are wanted: scripts/spark-cluster install"
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("spark") / "people.csv", people(ROWS))


@pytest.fixture(scope="module")
def by_duckdb(file: Path) -> bytes:
    return matched(file, "duckdb.jsonl", "--engine", "duckdb")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    own = variables(SPARK_CLUSTER=str(tmp_path))
    done = subprocess.run([SCRIPT, "start"], env=own, capture_output=True, text=True, check=True)
    try:
        yield done.stdout.split()[-1]
    finally:
        subprocess.run([SCRIPT, "stop"], env=own, check=True)


def matched(file: Path, name: str, *options: str) -> bytes:
    out = file.with_name(name)
    command = [COMMAND, "match", file, "--out", out, *options]
    done = subprocess.run(
        command, env=variables(), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    return out.read_bytes()


@needs_spark
@pytest.mark.spark
def test_threads_of_spark_find_what_duckdb_finds(file: Path, by_duckdb: bytes) -> None:
    assert by_duckdb.count(b"\n") > 30
    found = matched(file, "local.jsonl", "--engine", "spark", "--master", "local[2]")
    assert found == by_duckdb


@needs_spark
@pytest.mark.spark
def test_a_cluster_of_two_workers_finds_what_duckdb_finds(
    file: Path, by_duckdb: bytes, cluster: str
) -> None:
    assert cluster.startswith("spark://")
    found = matched(file, "cluster.jsonl", "--engine", "spark", "--master", cluster)
    assert found == by_duckdb


@needs_spark
@pytest.mark.spark
def test_a_master_that_is_not_there_ends_in_one_line(file: Path) -> None:
    out = file.with_name("none.jsonl")
    done = crosslight("match", file, "--out", out, "--engine", "spark", "--master", "nonsense")
    assert done.returncode == 2
    assert "Spark did not start on nonsense" in done.stderr.splitlines()[-1]
    assert not out.exists()


class _Sent:
    value = Uncounted()


def lines(*entries: tuple[int, int, tuple[int, ...]], source: int = 0) -> list[dict[str, object]]:
    """Lines of (key, row, all usable keys of the row), as Spark orders them."""
    found = prepared()
    return [
        {"key": key, "row": row, "source": source, "packed": pack(found[row]), "keys": list(keys)}
        for key, row, keys in entries
    ]


def prepared():
    from crosslight.core.matching import Attribute, Record

    names = ("Awa Diallo", "Awa Jallow", "Kofi Owusu")
    return [
        prepare(Record(str(row), "Person", {Attribute.NAME: (name,)}))
        for row, name in enumerate(names)
    ]


def weighed(found: list[dict[str, object]], *, is_across: bool = False) -> list[dict[str, object]]:
    blocks = Blocks(
        _Sent(),  # type: ignore[arg-type]
        Threshold(weight=-1_000.0),
        is_across=is_across,
        model=figures(),
    )
    batches = pyarrow.Table.from_pylist(found).to_batches(max_chunksize=2)
    return [line for batch in blocks.weigh(batches) for line in batch.to_pylist()]


def test_a_pair_is_weighed_in_the_block_of_its_smallest_key() -> None:
    both = ((4, 0, (4, 9)), (4, 1, (4, 9)), (9, 0, (4, 9)), (9, 1, (4, 9)), (9, 2, (9,)))
    *pairs, end = weighed(lines(*both))
    assert [(line["left"], line["right"]) for line in pairs] == [(0, 1), (0, 2), (1, 2)]
    assert (end["left"], end["compared"]) == (-1, 3)


def test_a_block_weighs_as_the_engine_does() -> None:
    (pair, _) = weighed(lines((4, 0, (4,)), (4, 1, (4,))))
    alone = Weigher(columns(prepared()), Uncounted()).weigh(np.array([0]), np.array([1]))
    assert pair["weight"] == alone.weights[0]
    assert pair["band"] == alone.bands[0]


def test_rows_of_one_file_are_no_pair_where_files_are_crossed() -> None:
    assert weighed(lines((4, 0, (4,)), (4, 1, (4,))), is_across=True) == []
