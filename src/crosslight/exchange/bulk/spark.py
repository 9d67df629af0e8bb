"""The middle stage on Apache Spark: keys counted, blocks of one key weighed on the executors.

The work folder has to be reached by every executor under the same path.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from crosslight.core.matching import KEY_KINDS, Counts, most_holders
from crosslight.exchange.bulk.blocks import COLUMNS, Blocks
from crosslight.exchange.bulk.candidates import COUNTED
from crosslight.exchange.bulk.comparing import Compared
from crosslight.exchange.bulk.folder import WorkFolder
from crosslight.exchange.bulk.found import Found
from crosslight.exchange.bulk.job import MatchJob, Means, Watcher
from crosslight.exchange.bulk.reading import Read
from crosslight.exchange.bulk.spool import Spool
from crosslight.exchange.tables.errors import EngineFailed, UnusableInput

# Enough for every executor to have several, few enough that small files do not wait for them.
_ROWS_PER_PARTITION = 2_000
_MOST_PARTITIONS = 2_000
_INSTALL = "Install Java 17 or newer and the packages of requirements/spark.lock."
_START = f"Check that the master is there. {_INSTALL}"


def compare_on_spark(
    job: MatchJob, read: Read, *, folder: WorkFolder, watcher: Watcher
) -> Compared:
    """As `compare_all` does it: the same pairs, the same weights. Raises UnusableInput."""
    with _session(job.means, rows=len(read.spool)) as spark:
        run = _SparkRun(spark, folder, read.spool)
        with watcher.stage("Counting keys on Spark", length=None):
            population, common = run.counts(), run.common_keys()
        with watcher.stage("Comparing on Spark", length=None):
            found = run.weighed(job, population)
    return Compared(found, population, found.compared, common)


@contextmanager
def _session(means: Means, *, rows: int) -> Iterator[Any]:
    """Raises UnusableInput where Spark can't be started, EngineFailed where it gives up."""
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UnusableInput("Apache Spark is not installed.", remedy=_INSTALL) from error
    builder = SparkSession.builder.master(means.master).appName("crosslight match")
    for name, value in _settings(means, rows=rows).items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except (PySparkException, Py4JError) as error:
        raise UnusableInput(f"Spark did not start on {means.master}.", remedy=_START) from error
    # The executors need what this process has; the name `python3` may be of another.
    spark.sparkContext.pythonExec = sys.executable
    spark.sparkContext.setLogLevel("OFF")
    try:
        yield spark
    except (PySparkException, Py4JError) as error:
        reason = next(filter(None, reversed(str(error).strip().splitlines())), "")
        raise EngineFailed(f"Spark gave up: {reason.strip()}") from error
    finally:
        spark.stop()


def _settings(means: Means, *, rows: int) -> dict[str, str]:
    partitions = min(max(rows // _ROWS_PER_PARTITION, 4), _MOST_PARTITIONS)
    memory = f"{means.memory}m"
    return {
        "spark.driver.memory": memory,
        "spark.executor.memory": memory,
        "spark.sql.shuffle.partitions": str(partitions),
        # Blocks are large by their pairs, which Spark can't see: it must not put them together.
        "spark.sql.adaptive.coalescePartitions.enabled": "false",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
    }


class _SparkRun:
    """The keys and records that the reading stage left in the work folder, as data frames."""

    def __init__(self, spark: Any, folder: WorkFolder, spool: Spool) -> None:  # noqa: ANN401
        self._spark = spark
        self._folder = folder
        self._spool = spool
        # Counted once, asked three times.
        self._keys = self._with_holders(self._numbered("keys-*.parquet")).persist()

    def _numbered(self, files: str) -> Any:  # noqa: ANN401 - pyspark ships no usable types
        """Rows of all parts, with the number of each record among all, and its file."""
        from pyspark.sql import functions as f

        lines = self._spark.read.parquet(str(self._folder.file(files)))
        part = f.regexp_extract(f.col("_metadata.file_name"), r"(\d+)", 1).cast("int")
        starts = self._spark.createDataFrame(
            [(n, start, self._spool.spans[n].source) for n, start in self._spool.starts()],
            "part int, start int, source int",
        )
        placed = lines.withColumn("part", part).join(f.broadcast(starts), "part")
        return placed.withColumn("row", f.col("row") + f.col("start")).drop("part", "start")

    def counts(self) -> Counts:
        """How many records hold each key whose holders tell how rare a value is."""
        from pyspark.sql import functions as f

        counted = self._keys.where(f.col("kind").isin([KEY_KINDS.index(k) for k in COUNTED]))
        table = counted.groupBy("key").count().toArrow()
        keys, numbers = (table.column(name).to_numpy() for name in ("key", "count"))
        order = np.argsort(keys)
        return Counts(len(self._spool), keys[order], numbers[order])

    def common_keys(self) -> int:
        lines = self._keys.where("most > 0 AND holders > most")
        return int(lines.select("key").distinct().count())

    def _with_holders(self, lines: Any) -> Any:  # noqa: ANN401 - pyspark ships no usable types
        """Beside each key how many records hold it, and how many may for it to fetch any."""
        from pyspark.sql import functions as f

        limits = f.array(*(f.lit(most_holders(kind)) for kind in KEY_KINDS))
        holders = lines.groupBy("key").agg(f.count("*").alias("holders"))
        most = f.element_at(limits, f.col("kind") + 1)
        return lines.join(holders, "key").withColumn("most", most)

    def weighed(self, job: MatchJob, population: Counts) -> Found:
        """Wanted pairs: each is weighed in the block of the smallest key that its sides share."""
        from pyspark.sql import functions as f

        usable = self._keys.where("holders > 1 AND holders <= most")
        own = usable.groupBy("row").agg(f.array_sort(f.collect_set("key")).alias("keys"))
        carried = own.join(self._numbered("packed-*.parquet"), "row")
        blocks = carried.withColumn("key", f.explode("keys")).repartition("key")
        weigher = Blocks(
            self._spark.sparkContext.broadcast(population),
            job.threshold,
            is_across=len(job.source.paths) > 1,
            model=job.model,
        )
        ordered = blocks.sortWithinPartitions("key", "row")
        table = ordered.mapInArrow(weigher.weigh, COLUMNS).toArrow()
        is_pair = table.column("left").to_numpy() >= 0
        found = {name: table.column(name).to_numpy() for name in table.column_names}
        return Found(
            left=found["left"][is_pair],
            right=found["right"][is_pair],
            weights=found["weight"][is_pair],
            bands=found["band"][is_pair],
            compared=int(found["compared"].sum()),
        )
