"""Keys in DuckDB: how many hold each, and which pairs of records share a usable one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching import KEY_KINDS, Counts, most_holders
from crosslight.exchange.bulk.job import Means
from crosslight.exchange.bulk.spool import Spool, keys_name
from crosslight.exchange.tables.errors import EngineFailed

# Shared keys are looked at for so many pairs at a time; of several keys of a pair each counts.
SLICE_PAIRS = 4_000_000
_INTERRUPTED = "Query interrupted"
_FILE = "keys.duckdb"
# Kinds of keys whose holders tell how rare a value is; the others only fetch candidates.
COUNTED = ("exact", "variant", "value", "word")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Numbers of two records each, the left one smaller, in rising order."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.left)


class KeyBase:
    """A DuckDB file of all keys of a run; what exceeds its memory is on disk beside it."""

    def __init__(self, folder: Path, means: Means) -> None:
        self._folder = folder
        self._means = means

    @contextmanager
    def _open(self, *, is_read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        """Raises EngineFailed where memory or disk do not suffice."""
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{self._means.memory}MiB",
            "threads": self._means.processes,
            "temp_directory": str(self._folder / "spill"),
            "preserve_insertion_order": False,
        }
        path = self._folder / _FILE
        try:
            with duckdb.connect(path, read_only=is_read_only, config=config) as connection:
                yield connection
        except duckdb.InterruptException as error:
            raise KeyboardInterrupt from error
        except RuntimeError as error:
            # What DuckDB makes of Ctrl-C while it runs a query, by its message alone.
            if _INTERRUPTED in str(error):
                raise KeyboardInterrupt from error
            raise
        except duckdb.Error as error:
            reason = str(error).partition("\n")[0]
            raise EngineFailed(f"DuckDB gave up: {reason}") from error

    def fill(self, spool: Spool) -> None:
        """Takes up the keys of every part, and settles which may fetch candidates."""
        (self._folder / _FILE).unlink(missing_ok=True)
        with self._open() as connection:
            connection.execute(_TABLES)
            connection.executemany(
                "INSERT INTO limits VALUES (?, ?)",
                [(code, most_holders(kind)) for code, kind in enumerate(KEY_KINDS)],
            )
            for number, start in spool.starts():
                path = str(self._folder / keys_name(number))
                connection.execute(_TAKE_UP, [start, spool.spans[number].source, path])
            connection.execute(_USABLE)

    def counts(self, *, total: int) -> Counts:
        """How many records hold each key whose holders tell how rare a value is."""
        kinds = [KEY_KINDS.index(kind) for kind in COUNTED]
        with self._open(is_read_only=True) as connection:
            found = connection.execute(
                "SELECT key, count(*) AS holders FROM keys WHERE kind IN (SELECT unnest(?))"
                " GROUP BY key ORDER BY key",
                [kinds],
            ).fetchnumpy()
        return Counts(total, _integers(found["key"]), _integers(found["holders"]))

    def common_keys(self) -> int:
        with self._open(is_read_only=True) as connection:
            row = connection.execute(_COMMON).fetchone()
        return int(row[0]) if row else 0

    def later(self, *, total: int) -> NDArray[np.int64]:
        """How many usable keys each record shares with later ones, each of them counted."""
        with self._open(is_read_only=True) as connection:
            found = connection.execute(_LATER).fetchnumpy()
        later = np.zeros(total, dtype=np.int64)
        later[found["row"]] = found["later"]
        return later

    def pairs(self, slices: Sequence[range], *, is_across: bool) -> Iterator[Pairs]:
        """Of each slice all pairs that share a usable key, each once; `is_across` sources only."""
        wanted = " AND l.source <> r.source" if is_across else ""
        with self._open(is_read_only=True) as connection:
            for rows in slices:
                found = connection.execute(_PAIRS.format(wanted), [rows.start, rows.stop])
                columns = found.fetchnumpy()
                yield Pairs(np.asarray(columns["left"]), np.asarray(columns["right"]))

    def pairs_of(self, kinds: Sequence[str]) -> Pairs:
        """All pairs that share a usable key of these kinds."""
        codes = [KEY_KINDS.index(kind) for kind in kinds]
        with self._open(is_read_only=True) as connection:
            columns = connection.execute(_PAIRS_OF, [codes]).fetchnumpy()
        return Pairs(np.asarray(columns["left"]), np.asarray(columns["right"]))


def slices(later: NDArray[np.int64], *, most: int) -> list[range]:
    """All left records in ranges of about `most` shared keys."""
    numbers = (np.cumsum(later) - later) // most
    starts = np.flatnonzero(np.diff(numbers, prepend=-1)).tolist()
    return [range(*ends) for ends in zip(starts, [*starts[1:], len(later)], strict=True)]


def _integers(values: object) -> NDArray[np.int64]:
    return np.asarray(values, dtype=np.int64)


_TABLES = """
    CREATE TABLE keys ("row" INTEGER, key BIGINT, kind UTINYINT, source INTEGER);
    CREATE TABLE limits (kind UTINYINT, most BIGINT);
"""
_TAKE_UP = """
    INSERT INTO keys SELECT "row" + ?, key, kind, ? FROM read_parquet(?)
"""
_USABLE = """
    CREATE TABLE holders AS SELECT key, count(*) AS holders FROM keys GROUP BY key
        HAVING count(*) > 1;
    CREATE TABLE usable AS SELECT keys."row", keys.key, keys.source
        FROM keys JOIN holders USING (key) JOIN limits USING (kind) WHERE holders <= most;
    CHECKPOINT;
"""
_COMMON = """
    SELECT count(DISTINCT key) FROM keys JOIN holders USING (key) JOIN limits USING (kind)
    WHERE most > 0 AND holders > most
"""
_LATER = """
    SELECT "row", sum(later) AS later FROM (
        SELECT "row", count(*) OVER (PARTITION BY key)
            - row_number() OVER (PARTITION BY key ORDER BY "row") AS later FROM usable
    ) GROUP BY "row"
"""
_PAIRS = """
    SELECT DISTINCT l."row" AS "left", r."row" AS "right" FROM usable l JOIN usable r
        ON l.key = r.key AND r."row" > l."row"{}
    WHERE l."row" >= ? AND l."row" < ? ORDER BY ALL
"""
_PAIRS_OF = """
    WITH chosen AS (SELECT keys."row", keys.key FROM keys JOIN holders USING (key)
        JOIN limits USING (kind) WHERE holders <= most AND kind IN (SELECT unnest(?)))
    SELECT DISTINCT l."row" AS "left", r."row" AS "right" FROM chosen l JOIN chosen r
        ON l.key = r.key AND r."row" > l."row" ORDER BY ALL
"""
