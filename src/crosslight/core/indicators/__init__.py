"""The indicator catalogue (versioned data) and the assessment rules.

`catalogue()` gives the catalogue, `assess()` reads what was observed about one person with it.
"""

from __future__ import annotations

from crosslight.core.indicators.assessment import Assessment, assess
from crosslight.core.indicators.catalogues import AssessmentRules, Catalogue
from crosslight.core.indicators.errors import (
    CatalogueError,
    UnknownCatalogueVersion,
    UnknownIndicator,
)
from crosslight.core.indicators.loading import catalogue, catalogue_versions
from crosslight.core.indicators.model import (
    ASSESSED_DIMENSIONS,
    AgeGroup,
    AssessmentList,
    Concept,
    Dimension,
    DimensionBasis,
    Evidence,
    ExploitationForm,
    Indicator,
    Label,
    Polarity,
    Rating,
    Source,
    Strength,
    StrengthBasis,
    Typology,
    TypologyEntry,
    lists_for,
)
from crosslight.core.indicators.results import (
    Counted,
    DimensionResult,
    NotCounted,
    NotCountedReason,
    Observation,
    ObservationBasis,
    ObservedIndicator,
    OpenQuestion,
    OutcomeReason,
    PersonResult,
)
from crosslight.core.indicators.rules import OUTPUT_TERM, DimensionRule, Outcome, PersonRule
from crosslight.core.indicators.scoring import (
    dimension_positive,
    is_reachable,
    reason_not_to_count,
)

__all__ = [
    "ASSESSED_DIMENSIONS",
    "OUTPUT_TERM",
    "AgeGroup",
    "Assessment",
    "AssessmentList",
    "AssessmentRules",
    "Catalogue",
    "CatalogueError",
    "Concept",
    "Counted",
    "Dimension",
    "DimensionBasis",
    "DimensionResult",
    "DimensionRule",
    "Evidence",
    "ExploitationForm",
    "Indicator",
    "Label",
    "NotCounted",
    "NotCountedReason",
    "Observation",
    "ObservationBasis",
    "ObservedIndicator",
    "OpenQuestion",
    "Outcome",
    "OutcomeReason",
    "PersonResult",
    "PersonRule",
    "Polarity",
    "Rating",
    "Source",
    "Strength",
    "StrengthBasis",
    "Typology",
    "TypologyEntry",
    "UnknownCatalogueVersion",
    "UnknownIndicator",
    "assess",
    "catalogue",
    "catalogue_versions",
    "dimension_positive",
    "is_reachable",
    "lists_for",
    "reason_not_to_count",
]
