"""The catalogue of indicators: what can be asked of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crosslight.core.indicators.errors import UnknownIndicator
from crosslight.core.indicators.model import (
    AssessmentList,
    Concept,
    Dimension,
    Evidence,
    ExploitationForm,
    Indicator,
    Label,
    Source,
    Typology,
)
from crosslight.core.indicators.rules import DimensionRule, PersonRule, TestVector

CATALOGUE_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRules:
    """The rules of one catalogue version, with what is known and not known about them."""

    status: str
    unit: str
    dimension_rule: DimensionRule
    test_vectors: tuple[TestVector, ...]
    person_rules: tuple[PersonRule, ...]
    not_established: tuple[str, ...]
    project_guards: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Catalogue:
    """One version of the catalogue, in the order of its data. Build it with `catalogue()`."""

    version: str
    title: str
    caution: str
    verified_meaning: str
    by_id: Mapping[str, Indicator]
    concepts: Mapping[str, Concept]
    sources: Mapping[str, Source]
    dimensions: Mapping[Dimension, str]
    observers: Mapping[str, str]
    exploitation: Mapping[str, ExploitationForm]
    evidence: Mapping[Evidence, str]
    rules: AssessmentRules
    typologies: tuple[Typology, ...]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(self.by_id.values())

    def get(self, indicator_id: str) -> Indicator:
        """Return the indicator; `UnknownIndicator` if this version has none of that id."""
        try:
            return self.by_id[indicator_id]
        except KeyError:
            raise UnknownIndicator(indicator_id) from None

    def concept_of(self, indicator: Indicator) -> Concept:
        return self.concepts[indicator.concept]

    def source_of(self, indicator: Indicator) -> Source:
        return self.sources[indicator.source]

    def for_observers(self, codes: Iterable[str]) -> tuple[Indicator, ...]:
        """Return the short list for a sector: what any of these observers can come across."""
        wanted = frozenset(codes)
        return tuple(each for each in self.indicators if not wanted.isdisjoint(each.observers))

    def rated(self, *, concept: str, list_name: AssessmentList) -> tuple[Indicator, ...]:
        """Return the indicators of a concept that the list rates and that may be scored."""
        return tuple(
            each
            for each in self.indicators
            if each.concept == concept and each.strength_on(list_name) is not None
        )

    def label(self, indicator: Indicator, language: str) -> Label:
        """Return the label in the language, or the English one, marked as a fallback.

        A regional language such as `fr-CH` is served by its base language.
        """
        wanted = _base_language(language)
        if wanted == CATALOGUE_LANGUAGE:
            return Label(text=indicator.label, language=CATALOGUE_LANGUAGE, is_fallback=False)
        if wanted in indicator.labels:
            return Label(text=indicator.labels[wanted], language=wanted, is_fallback=False)
        return Label(text=indicator.label, language=CATALOGUE_LANGUAGE, is_fallback=True)

    def search(self, text: str, *, language: str = CATALOGUE_LANGUAGE) -> tuple[Indicator, ...]:
        """Return the indicators that hold every word of the text, those with it in the label first.

        Accents and case do not matter. The label in the language, the English label, the
        description, the concept and the id are searched. A text without words finds nothing.
        """
        words = _fold(text).split()
        if not words:
            return ()
        found = [each for each in self.indicators if _has_all(self._text(each, language), words)]
        found.sort(key=lambda each: not _has_all(_fold(self.label(each, language).text), words))
        return tuple(found)

    def _text(self, indicator: Indicator, language: str) -> str:
        parts = (
            self.label(indicator, language).text,
            indicator.label,
            indicator.description,
            self.concept_of(indicator).label,
            indicator.id,
        )
        return _fold("\n".join(parts))


def _base_language(language: str) -> str:
    return language.replace("_", "-").split("-", 1)[0].lower()


def _has_all(folded: str, words: Iterable[str]) -> bool:
    return all(word in folded for word in words)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
