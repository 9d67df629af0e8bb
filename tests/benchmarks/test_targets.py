from __future__ import annotations

import pytest
from benchmarks.targets import Target, judge, no_less_than_peer

RECALL = Target("recall", 0.66, 0.8)
SECONDS = Target("seconds", 50, 10, is_lower_better=True)


@pytest.mark.parametrize(
    ("target", "value", "said"),
    [
        (RECALL, 0.81, "recall 0.81: floor 0.66 holds; goal 0.8 holds"),
        (RECALL, 0.7, "recall 0.7: floor 0.66 holds; goal 0.8 missed by 0.1"),
        (RECALL, 0.6, "recall 0.6: floor 0.66 missed by 0.06; goal 0.8 missed by 0.2"),
        (SECONDS, 9.0, "seconds 9: floor 50 holds; goal 10 holds"),
        (SECONDS, 60.0, "seconds 60: floor 50 missed by 10; goal 10 missed by 50"),
        (Target("pairs", 1), 1, "pairs 1: floor 1 holds"),
        (no_less_than_peer("F1", 0.9), 0.9, "F1 0.9: floor 0.9 holds; goal above 0.9 missed"),
        (no_less_than_peer("F1", 0.9), 0.91, "F1 0.91: floor 0.9 holds; goal above 0.9 holds"),
    ],
)
def test_a_verdict_says_what_holds_and_by_how_much_it_is_missed(target, value, said) -> None:
    assert judge(target, value).as_text() == said
