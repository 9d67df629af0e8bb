"""Two records compared and the comparison explained from its own numbers."""

from __future__ import annotations

import numpy as np

from crosslight.core.matching.model import (
    BANDS,
    Attribute,
    Evidence,
    MatchResult,
    Population,
    Reason,
)
from crosslight.core.matching.v1.columns import columns
from crosslight.core.matching.v1.findings import Finding
from crosslight.core.matching.v1.prepared import NameForm, Prepared
from crosslight.core.matching.v1.weighing import Weighed, Weigher
from crosslight.core.matching.v1.wording import LABELS, said
from crosslight.core.names import reasons


def compare(left: Prepared, right: Prepared, *, population: Population) -> MatchResult:
    """Weight, band and evidence of two records; the evidence's weights add up to the weight."""
    weighed = Weigher(columns((left, right)), population).weigh(np.array([0]), np.array([1]))
    return explained(left, right, weighed, place=0)


def explained(left: Prepared, right: Prepared, weighed: Weighed, *, place: int) -> MatchResult:
    """The result of the pair at `place` of a weighed batch, in words."""
    found = [
        _evidence(left, right, finding, at=at)
        for finding in weighed.findings
        if (at := _line_of(finding, place)) is not None
    ]
    return MatchResult(
        weight=float(weighed.weights[place]),
        band=BANDS[weighed.bands[place]],
        evidence=tuple(found),
        model=weighed.model,
    )


def _line_of(finding: Finding, place: int) -> int | None:
    at = int(finding.pairs.searchsorted(place))
    return at if at < len(finding.pairs) and finding.pairs[at] == place else None


def _evidence(left: Prepared, right: Prepared, finding: Finding, *, at: int) -> Evidence:
    one, other = int(finding.left[at]), int(finding.right[at])
    level = finding.names[finding.levels[at]]
    if finding.attribute is Attribute.NAME:
        weight = float(finding.weights[at])
        return _of_names(left.names[one], right.names[other], level, weight=weight)
    if finding.attribute is Attribute.KINSHIP:
        raws = "", ""
    elif finding.attribute is Attribute.BIRTH_DATE:
        raws = left.birth_dates[one].raw, right.birth_dates[other].raw
    else:
        held = left.held(finding.attribute), right.held(finding.attribute)
        raws = held[0][one].raw, held[1][other].raw
    return Evidence(
        attribute=finding.attribute,
        level=level,
        weight=round(float(finding.weights[at]), 3),
        left=raws[0],
        right=raws[1],
        label=LABELS[finding.attribute],
        said=said(finding.attribute, level, holders=int(finding.holders[at])),
    )


def _of_names(left: NameForm, right: NameForm, level: str, *, weight: float) -> Evidence:
    attribute = Attribute.ALIAS if left.is_alias or right.is_alias else Attribute.NAME
    return Evidence(
        attribute=attribute,
        level=level,
        weight=round(weight, 3),
        left=left.raw,
        right=right.raw,
        label=LABELS[attribute],
        said=said(attribute, level, holders=0),
        why=tuple(Reason(*reason) for reason in reasons(left.parsed, right.parsed)),
    )
