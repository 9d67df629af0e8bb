"""One JSON object for each pair."""

from __future__ import annotations

import json
from dataclasses import dataclass

from crosslight.exchange.reports.model import ExplainedPair, Overview
from crosslight.exchange.reports.wording import Wording


@dataclass(frozen=True, slots=True)
class JsonLines:
    wording: Wording
    encoding: str = "utf-8"

    def head(self, overview: Overview) -> str:  # noqa: ARG002  every line stands for itself
        return ""

    def pair(self, pair: ExplainedPair) -> str:
        return json.dumps(pair_as_json(pair, self.wording), ensure_ascii=False) + "\n"

    def foot(self) -> str:
        return ""


def pair_as_json(pair: ExplainedPair, wording: Wording) -> dict[str, object]:
    line: dict[str, object] = {
        "left": pair.left.record.id,
        "right": pair.right.record.id,
        "weight": pair.result.weight,
        "band": pair.result.band.value,
        "explanation": [wording.sentence(item) for item in pair.result.evidence],
        "comparisons": [
            {"attribute": item.attribute.value, "level": item.level, "weight": item.weight}
            for item in pair.result.evidence
        ],
    }
    if pair.left.file or pair.right.file:
        line |= {"left_file": pair.left.file, "right_file": pair.right.file}
    return line
