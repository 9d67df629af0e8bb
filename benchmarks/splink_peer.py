"""Splink 5 on DuckDB as its own guides run it: u by sampling, m by expectation maximisation."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow
from splink import DuckDBAPI, Linker, SettingsCreator
from splink.internals.blocking_rule_creator import BlockingRuleCreator
from splink.internals.comparison_creator import ComparisonCreator
from splink.internals.splink_dataframe import SplinkDataFrame

from benchmarks.found import Found

_SEED = 1


@dataclass(frozen=True, slots=True)
class SplinkTask:
    """`sure_rules` find `sure_recall` of the true pairs and hardly any other."""

    id_column: str
    comparisons: Sequence[ComparisonCreator]
    blocking: Sequence[BlockingRuleCreator | str]
    training: Sequence[BlockingRuleCreator]
    sure_rules: Sequence[BlockingRuleCreator | str]
    sure_recall: float
    prepare_sql: str = "select * from rows"
    sampled_pairs: float = 5e6


def run_splink(
    tables: Sequence[pyarrow.Table], task: SplinkTask, *, least: float | None = None
) -> Found:
    """Pairs that it compared with their probability, one table within itself or two across.

    All of them, or those of a probability of `least` or more.

    The time is from rows in memory to predicted pairs, in `stages` training and prediction apart.
    """
    started = time.perf_counter()
    linker = trained(tables, task)
    is_trained = time.perf_counter()
    predicted = linker.inference.predict(threshold_match_probability=least).as_pyarrow_table()
    ended = time.perf_counter()
    return Found(
        left=predicted[f"{task.id_column}_l"],
        right=predicted[f"{task.id_column}_r"],
        scores=predicted["match_probability"].to_numpy(),
        seconds=ended - started,
        stages={"train": is_trained - started, "predict": ended - is_trained},
    )


def trained(tables: Sequence[pyarrow.Table], task: SplinkTask) -> Linker:
    return trained_with(tables, task)[0]


def trained_with(
    tables: Sequence[pyarrow.Table], task: SplinkTask
) -> tuple[Linker, list[SplinkDataFrame], DuckDBAPI]:
    """The linker, and what new records are compared with and registered by."""
    api = DuckDBAPI()
    api.duckdb_con.execute("SET enable_progress_bar = false")
    frames = _frames(tables, task, api)
    linker = Linker(
        frames if len(frames) > 1 else frames[0], _settings(task, frames), log_level=None
    )
    training = linker.training
    training.estimate_probability_two_random_records_match(
        list(task.sure_rules), recall=task.sure_recall
    )
    training.estimate_u_using_random_sampling(max_pairs=task.sampled_pairs, seed=_SEED)
    for rule in task.training:
        training.estimate_parameters_using_expectation_maximisation(rule)
    return linker, frames, api


def _frames(
    tables: Sequence[pyarrow.Table], task: SplinkTask, api: DuckDBAPI
) -> list[SplinkDataFrame]:
    frames = []
    for table in tables:
        api.duckdb_con.register("rows", table)
        rows = api.duckdb_con.sql(task.prepare_sql).arrow()
        frames.append(api.register(rows if isinstance(rows, pyarrow.Table) else rows.read_all()))
        api.duckdb_con.unregister("rows")
    return frames


def _settings(task: SplinkTask, frames: Sequence[SplinkDataFrame]) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only" if len(frames) == 1 else "link_only",
        unique_id_column_name=task.id_column,
        comparisons=list(task.comparisons),
        blocking_rules_to_generate_predictions=list(task.blocking),
        retain_matching_columns=False,
    )
