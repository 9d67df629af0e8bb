"""Splink 5 on DuckDB as its own guides run it: u by sampling, m by expectation maximisation."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow
from splink import DuckDBAPI, Linker, SettingsCreator
from splink.internals.blocking_rule_creator import BlockingRuleCreator
from splink.internals.comparison_creator import ComparisonCreator

_SEED = 1


@dataclass(frozen=True, slots=True)
class SplinkTask:
    """`sure_rules` find `sure_recall` of the true pairs and hardly any other."""

    id_column: str
    comparisons: Sequence[ComparisonCreator]
    blocking: Sequence[BlockingRuleCreator]
    training: Sequence[BlockingRuleCreator]
    sure_rules: Sequence[BlockingRuleCreator | str]
    sure_recall: float
    prepare_sql: str = "select * from rows"
    sampled_pairs: float = 5e6


def run_splink(
    table: pyarrow.Table, task: SplinkTask
) -> tuple[list[tuple[str, str, float]], float]:
    """All pairs that it compared with their probability, and the seconds from rows to pairs."""
    started = time.perf_counter()
    linker = _linker(table, task)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        list(task.sure_rules), recall=task.sure_recall
    )
    training.estimate_u_using_random_sampling(max_pairs=task.sampled_pairs, seed=_SEED)
    for rule in task.training:
        training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict().as_pyarrow_table()
    columns = (f"{task.id_column}_l", f"{task.id_column}_r", "match_probability")
    pairs = list(zip(*(found[name].to_pylist() for name in columns), strict=True))
    return pairs, time.perf_counter() - started


def _linker(table: pyarrow.Table, task: SplinkTask) -> Linker:
    api = DuckDBAPI()
    api.duckdb_con.register("rows", table)
    rows = api.duckdb_con.sql(task.prepare_sql).arrow()
    frame = api.register(rows if isinstance(rows, pyarrow.Table) else rows.read_all())
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name=task.id_column,
        comparisons=list(task.comparisons),
        blocking_rules_to_generate_predictions=list(task.blocking),
        retain_matching_columns=False,
    )
    return Linker(frame, settings, log_level=None)
