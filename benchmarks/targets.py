"""What each benchmark is held to, and whether a figure of this run reaches it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """`floor` must hold and `goal` should; for a time or a size the lower figure is the better.

    `goal` is None where the floor is all that is asked; `is_goal_above` asks for more than it.
    """

    measure: str
    floor: float
    goal: float | None = None
    is_lower_better: bool = False
    is_goal_above: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    measure: str
    value: float
    floor: str
    goal: str

    def as_text(self) -> str:
        return "; ".join(part for part in (f"{self.measure}: {self.floor}", self.goal) if part)


NAMES_AUC = Target("AUC", 0.95, 0.98)
WEST_AFRICAN_RECALL = Target("recall at precision .95", 0.80, 0.92)
OTHER_REGIONS_RECALL = Target("recall at precision .95", 0.80, 0.90)
HISTORICAL_F1 = Target("best F1", 0.80, 0.90)
SYNTHETIC_RECALL = Target("recall at precision .99", 0.66, 0.80)
NAME_MICROSECONDS = Target("µs per pair, warm", 50, 10, is_lower_better=True)
ONLINE_MEDIAN = Target("median check, ms", 10, 2, is_lower_better=True)
ONLINE_SLOWEST = Target("99th percentile, ms", 50, 10, is_lower_better=True)
ONLINE_FIRST_TEN = Target("right entity in the first ten", 0.90, 0.97)
ONLINE_MEMORY = Target("memory, MiB", 1024, 300, is_lower_better=True)
LEDGER_AUDIT = Target("audit of a million entries, s", 30, is_lower_better=True)
LEDGER_MEMORY = Target("memory of the audit, MiB", 100, is_lower_better=True)
PACKAGE_BUILD = Target("time of package build beside sha256sum", 8, 5, is_lower_better=True)
PACKAGE_VERIFY = Target("time of package verify beside sha256sum", 4, 2, is_lower_better=True)
PACKAGE_MEMORY = Target("memory of package verify, MiB", 200, 100, is_lower_better=True)
BULK_TIME = Target("time beside Splink", 1.0, 1 / 3, is_lower_better=True)
SAME_PAIRS = Target("pairs unlike DuckDB's", 0, is_lower_better=True)
BULK_RECALL = Target("recall at precision .99", 0.45, 0.65)


def no_less_than_peer(measure: str, theirs: float) -> Target:
    """The floor is the peer's figure of this run, the goal is to be over it."""
    return Target(measure, theirs, theirs, is_goal_above=True)


def judge(target: Target, value: float) -> Verdict:
    return Verdict(
        measure=f"{target.measure} {_figure(value)}",
        value=value,
        floor=f"floor {_said(target.floor, value, target)}",
        goal="" if target.goal is None else f"goal {_goal(target.goal, value, target)}",
    )


def _goal(bound: float, value: float, target: Target) -> str:
    if not target.is_goal_above:
        return _said(bound, value, target)
    return f"above {_figure(bound)} {'holds' if value > bound else 'missed'}"


def _said(bound: float, value: float, target: Target) -> str:
    gap = value - bound if target.is_lower_better else bound - value
    if gap <= 0:
        return f"{_figure(bound)} holds"
    return f"{_figure(bound)} missed by {_figure(gap)}"


def _figure(value: float) -> str:
    """Enough digits to see a small gap."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.4g}"
