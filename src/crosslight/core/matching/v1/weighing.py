"""Whole batches of pairs weighed at once: what the online check and every bulk carrier call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching.model import Attribute, Population
from crosslight.core.matching.v1.bands import decide, facts_of
from crosslight.core.matching.v1.columns import FAMILIES, Columns
from crosslight.core.matching.v1.dates import compare_birth_dates
from crosslight.core.matching.v1.families import Family
from crosslight.core.matching.v1.figures import Figures, figures
from crosslight.core.matching.v1.findings import Finding, Floats, Pairs, taken
from crosslight.core.matching.v1.names import NameComparison
from crosslight.core.matching.v1.value_comparison import ValueComparison

_ADDRESS = FAMILIES.index(Family.ADDRESS)
_PRECISION = 3
_LEAST_POPULATION = 10_000
# Less than this is not worth a line in an explanation.
_NOTED = 0.1


@dataclass(frozen=True, slots=True)
class Weighed:
    """Of each pair the weight and the band's place in BANDS.

    A weight is log2 of how much likelier what was found is of one entity than of two; `findings`
    are what it is summed from, `model` whose figures they are.
    """

    weights: Floats
    bands: NDArray[np.int8]
    findings: tuple[Finding, ...]
    model: str


class Weigher:
    """Weighs pairs of records of `columns`; what depends on no pair is worked out once here."""

    def __init__(
        self, columns: Columns, population: Population, *, model: Figures | None = None
    ) -> None:
        self._columns = columns
        self._figures = model or figures()
        self._total = population.total
        self._names = NameComparison(columns, population, self._figures)
        self._values = [
            ValueComparison(attribute, columns, population, figures=self._figures)
            for attribute in self._figures.comparisons
            if attribute in columns.values
        ]

    def weigh(self, left: NDArray[np.integer], right: NDArray[np.integer]) -> Weighed:
        """Pairs as places in the columns; some hundred thousand at a time are worked best."""
        ours, theirs = left.astype(np.int64), right.astype(np.int64)
        findings = tuple(found for found in self._findings(ours, theirs) if len(found.pairs))
        weights = np.zeros(len(ours))
        for found in findings:
            weights[found.pairs] += np.round(found.weights, _PRECISION)
        kinship = self._kinship(findings, weights)
        if kinship is not None:
            weights[kinship.pairs] += kinship.weights
            findings = (*findings, kinship)
        weights = np.round(weights, _PRECISION)
        families = self._columns.families
        is_one_family = families[ours] == families[theirs]
        facts = facts_of(
            findings,
            weights,
            is_one_family=is_one_family,
            are_addresses=is_one_family & (families[ours] == _ADDRESS),
            figures=self._figures.bands,
        )
        bands = decide(facts, self._figures.bands)
        return Weighed(weights, bands, findings, self._figures.model)

    def _kinship(self, findings: tuple[Finding, ...], weights: Floats) -> Finding | None:
        """What the weight loses because two relatives would agree as well.

        Three kinds of pairs are told apart, not two: of one entity, of two without a tie, and of
        two relatives, who share surname, home and phone. The weight of one entity against the
        other two together is -log2(2^-weight + relatives / population * 2^-against relatives).
        """
        against = np.zeros(len(weights))
        for found in findings:
            against[found.pairs] += found.against_kin
        share = kin_share(self._figures, self._total)
        together = -np.log2(np.exp2(-weights) + share * np.exp2(-against))
        pairs = np.nonzero(weights - together >= _NOTED)[0]
        if not len(pairs):
            return None
        nothing = np.zeros(len(pairs), dtype=np.int64)
        return Finding(
            attribute=Attribute.KINSHIP,
            names=("shared",),
            pairs=pairs,
            levels=nothing.astype(np.int8),
            weights=np.round((together - weights)[pairs], _PRECISION),
            left=nothing,
            right=nothing,
            holders=nothing,
            against_kin=np.zeros(len(pairs)),
        )

    def _findings(self, left: Pairs, right: Pairs) -> Iterator[Finding]:
        names = self._names.of(left, right)
        others = [found for each in self._values if (found := each.of(left, right))]
        yield from _naming(names, others)
        yield compare_birth_dates(self._columns, left, right, figures=self._figures)
        yield from (found for found in others if found.attribute is not Attribute.ORGANISATION)


def kin_share(known: Figures, total: int) -> float:
    """The part of a population that are relatives of one of its entities."""
    return known.relatives / max(total, _LEAST_POPULATION)


def _naming(names: Finding, others: list[Finding]) -> Iterator[Finding]:
    """Names word by word, or as those of organisations: for each pair whichever says more."""
    whole = next((found for found in others if found.attribute is Attribute.ORGANISATION), None)
    if whole is None:
        yield names
        return
    said = np.full(max(names.pairs.max(initial=0), whole.pairs.max(initial=0)) + 1, -np.inf)
    said[names.pairs] = names.weights
    is_better = whole.weights > said[whole.pairs]
    yield taken(whole, np.nonzero(is_better)[0])
    yield taken(names, np.nonzero(~np.isin(names.pairs, whole.pairs[is_better]))[0])
