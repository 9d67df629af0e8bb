"""The ledger: appending beside a bare insert, an audit of many entries, proofs."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from benchmarks import ledger_database, ledger_made
from benchmarks.ledger_database import Appended
from benchmarks.measures import quantile
from benchmarks.online_index import Place
from benchmarks.processes import Run, run_apart, run_command
from benchmarks.report import (
    Cell,
    Report,
    json_option,
    quick_option,
    ratio,
    rows_option,
    show,
    tell,
)
from benchmarks.targets import LEDGER_AUDIT, LEDGER_MEMORY, judge
from crosslight.cli.exported import ExportedFiles
from crosslight.core.evidence.checkpoint import open_checkpoint
from crosslight.core.evidence.export import receipt_from
from crosslight.core.evidence.merkle import leaf_hash, verify_consistency, verify_inclusion
from crosslight.core.evidence.notes import VerifierKey
from crosslight.core.evidence.tree import TileTree

_ENTRIES, _QUICK_ENTRIES = 1_000_000, 5_000
_SCRIPT_ENTRIES = 1_000
# Entries in a transaction, and how many such transactions are measured.
_BATCHES = {1: 1_000, 10: 100, 100: 20, 1_000: 5}
_QUICK_BATCHES = {1: 20, 100: 1}
_PROOFS, _QUICK_PROOFS = 500, 20
_SEED = 1
_DSN = "CROSSLIGHT_DATABASE_URL"
_P = ParamSpec("_P")
_T = TypeVar("_T")


def reports(
    *, quick: bool = False, rows: int | None = None, dsn: str | None = None
) -> Iterator[Report]:
    size = rows or (_QUICK_ENTRIES if quick else _ENTRIES)
    yield _appending(_QUICK_BATCHES if quick else _BATCHES, url=dsn or os.environ.get(_DSN))
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder, "export")
        tell(f"Writing an export of {size} entries …")
        key = run_apart(ledger_made.write, export, size).result
        yield _audit(export, key, size, is_judged=not quick and rows is None)
        yield _proofs(export, key, size, count=_QUICK_PROOFS if quick else _PROOFS)


def _appending(batches: dict[int, int], *, url: str | None) -> Report:
    lines = _appended("SQLite", batches, url=None)
    if url:
        lines += _appended("PostgreSQL", batches, url=url)
    return Report(
        title="Appending to the ledger",
        rows=lines,
        notes=[
            "Ours writes entry, index rows and head, hashes and signs a checkpoint for each entry.",
            "Together: all entries of the transaction in one call, the head signed once.",
            "Bare is an insert of as many bytes into a table with nothing but its key.",
            *([] if url else [f"PostgreSQL was not asked: {_DSN} names none."]),
        ],
    )


def _appended(database: str, batches: dict[int, int], *, url: str | None) -> list[dict[str, Cell]]:
    tell(f"Appending on {database} …")
    with tempfile.TemporaryDirectory() as folder:
        found = run_apart(ledger_database.append, Place(folder, url), batches).result
    return [_line_of_appended(database, each) for each in found]


def _line_of_appended(database: str, found: Appended) -> dict[str, Cell]:
    return {
        "database": database,
        "in a transaction": found.batch,
        "entries": found.entries,
        "ours, per second": found.entries / found.ours,
        "ours together, per second": found.entries / found.together,
        "bare, per second": found.entries / found.bare,
        "time beside bare": ratio(found.ours, found.bare),
        "together beside bare": ratio(found.together, found.bare),
    }


def _audit(export: Path, key: VerifierKey, size: int, *, is_judged: bool) -> Report:
    tell("Audit …")
    crosslight = Path(sys.executable).with_name("crosslight")
    ours = run_command([str(crosslight), "ledger", "verify", str(export), "--vkey", key.to_text()])
    tell("sha256sum over the same files …")
    digests = run_command(
        ["sh", "-c", 'cd "$1" && sha256sum --quiet --check SHA256SUMS', "sh", str(export)]
    )
    script, small = _by_script()
    return Report(
        title=f"Audit of an export of {size} entries",
        rows=[
            _line_of_audit("crosslight ledger verify", size, ours),
            _line_of_audit("sha256sum --check: digests of files only", size, digests),
            _line_of_audit("verify.sh with openssl and jq", small, script),
        ],
        notes=["Memory is the greatest sum over all processes."],
        verdicts=[judge(LEDGER_AUDIT, ours.seconds), judge(LEDGER_MEMORY, ours.peak_mib)]
        if is_judged
        else [],
    )


def _by_script() -> tuple[Run[None], int]:
    tell(f"The script on {_SCRIPT_ENTRIES} entries …")
    with tempfile.TemporaryDirectory() as folder:
        ledger_made.write(Path(folder), _SCRIPT_ENTRIES)
        return run_command(["sh", str(Path(folder, "verify.sh")), folder]), _SCRIPT_ENTRIES


def _line_of_audit(tool: str, size: int, run: Run[None]) -> dict[str, Cell]:
    return {
        "tool": tool,
        "entries": size,
        "seconds": run.seconds,
        "entries per second": size / run.seconds,
        "memory, MiB": run.peak_mib,
    }


def _proofs(export: Path, key: VerifierKey, size: int, *, count: int) -> Report:
    tell(f"{count} proofs of each kind …")
    files = ExportedFiles(export)
    tree = TileTree(files, size)
    root = open_checkpoint(files["checkpoint"].decode(), key=key).root
    rng, watch = random.Random(_SEED), _Watch()
    hashes = 0
    for place in (rng.randrange(1, size) for _ in range(count)):
        proof = watch.time(
            "receipt made and checked, with its signature", receipt_from, files, place
        )
        path = watch.time("inclusion proof from tiles", tree.inclusion, place, size=size)
        growth = watch.time("consistency proof from tiles", tree.consistency, place, size)
        is_in = watch.time(
            "verify inclusion",
            verify_inclusion,
            index=place,
            size=size,
            leaf=leaf_hash(proof.entry or b""),
            proof=path,
            root=root,
        )
        is_grown = watch.time(
            "verify consistency",
            verify_consistency,
            old=place,
            new=size,
            old_root=tree.root(place),
            new_root=root,
            proof=growth,
        )
        if not (is_in and is_grown):
            raise RuntimeError(f"The proofs of entry {place} do not hold.")
        hashes = max(hashes, len(path), len(growth))
    return Report(
        title=f"Proofs out of an export of {size} entries, no more than {hashes} hashes each",
        rows=[_line_of_proof(what, times) for what, times in watch.milliseconds.items()],
    )


class _Watch:
    def __init__(self) -> None:
        self.milliseconds: defaultdict[str, list[float]] = defaultdict(list)

    def time(self, what: str, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        started = time.perf_counter()
        result = work(*args, **kwargs)
        self.milliseconds[what].append((time.perf_counter() - started) * 1e3)
        return result


def _line_of_proof(what: str, milliseconds: Sequence[float]) -> dict[str, Cell]:
    return {
        "what": what,
        "times": len(milliseconds),
        "p50, ms": quantile(milliseconds, 0.5),
        "p99, ms": quantile(milliseconds, 0.99),
    }


@click.command(epilog="Example: python -m benchmarks.ledger --rows 100000")
@rows_option
@click.option("--dsn", envvar=_DSN, help="PostgreSQL to append to, too: an empty database.")
@quick_option
@json_option
def main(*, rows: int | None, dsn: str | None, quick: bool, as_json: bool) -> None:
    """Entries per second beside a bare insert, seconds and memory of an audit, proofs."""
    show(reports(quick=quick, rows=rows, dsn=dsn), as_json=as_json)


if __name__ == "__main__":
    main()
