"""The catalogue of indicators: what can be asked of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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
from crosslight.core.indicators.translations import NO_TRANSLATION, Translation

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
    # By language.
    translations: Mapping[str, Translation] = field(default_factory=dict)

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
        said = self._translation(language).labels.get(indicator.id)
        first = indicator.labels.get(_base_language(language))
        return _label(indicator.label, said or first, language=language)

    def description(self, indicator: Indicator, language: str) -> Label:
        said = self._translation(language).descriptions.get(indicator.id)
        return _label(indicator.description, said, language=language)

    def idea(self, concept: Concept, language: str) -> Label:
        """Return the label of the concept, as `label` returns that of an indicator."""
        said = self._translation(language).concepts.get(concept.id)
        return _label(concept.label, said, language=language)

    def innocent_explanation(self, concept: Concept, language: str) -> Label | None:
        english = concept.common_innocent_explanation
        if english is None:
            return None
        said = self._translation(language).innocent.get(concept.id)
        return _label(english, said, language=language)

    def _translation(self, language: str) -> Translation:
        return self.translations.get(_base_language(language), NO_TRANSLATION)

    def search(self, text: str, *, language: str = CATALOGUE_LANGUAGE) -> tuple[Indicator, ...]:
        """Return the indicators that hold every word of the text, those with it in the label first.

        Accents and case do not matter. Label, description and concept are searched in the language
        and in English, and the id. A text without words finds nothing.
        """
        words = _fold(text).split()
        if not words:
            return ()
        found = [each for each in self.indicators if _has_all(self._text(each, language), words)]
        found.sort(key=lambda each: not _has_all(_fold(self.label(each, language).text), words))
        return tuple(found)

    def _text(self, indicator: Indicator, language: str) -> str:
        concept = self.concept_of(indicator)
        parts = (
            self.label(indicator, language).text,
            self.description(indicator, language).text,
            self.idea(concept, language).text,
            indicator.label,
            indicator.description,
            concept.label,
            indicator.id,
        )
        return _fold("\n".join(parts))


def _label(english: str, said: str | None, *, language: str) -> Label:
    wanted = _base_language(language)
    if wanted == CATALOGUE_LANGUAGE:
        return Label(text=english, language=CATALOGUE_LANGUAGE, is_fallback=False)
    if said is not None:
        return Label(text=said, language=wanted, is_fallback=False)
    return Label(text=english, language=CATALOGUE_LANGUAGE, is_fallback=True)


def _base_language(language: str) -> str:
    return language.replace("_", "-").split("-", 1)[0].lower()


def _has_all(folded: str, words: Iterable[str]) -> bool:
    return all(word in folded for word in words)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
