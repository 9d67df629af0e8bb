"""From the data of a catalogue to the catalogue; what does not hold together is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from crosslight.core.indicators.catalogues import AssessmentRules, Catalogue
from crosslight.core.indicators.entry import Entry
from crosslight.core.indicators.errors import CatalogueError
from crosslight.core.indicators.model import (
    AgeGroup,
    AssessmentList,
    Concept,
    Dimension,
    DimensionBasis,
    Evidence,
    ExploitationForm,
    Indicator,
    Polarity,
    Rating,
    Source,
    Strength,
    StrengthBasis,
    Typology,
    TypologyEntry,
)
from crosslight.core.indicators.rules import (
    DimensionRule,
    PersonRule,
    PersonRuleCase,
    TestVector,
    Threshold,
    is_known_condition,
)

_SECTIONS = (
    "meta",
    "code_lists",
    "exploitation_crosswalk",
    "concepts",
    "sources",
    "assessment_rules",
    "typologies",
    "indicators",
)
Kind = TypeVar("Kind", bound=StrEnum)
_OVERLAY = "analytic_overlay"
_INDICATOR_KEYS = (
    *("id", "label", "description", "dimension", "dimension_basis", "concept", "polarity"),
    *("strength", "applies_to", "exploitation", "observers", "source", "locator"),
    *("verified", "evidence", "strength_basis", "labels", "external_code", "note"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _References:
    """What an indicator may refer to."""

    concepts: Mapping[str, Concept]
    sources: Mapping[str, Source]
    observers: Mapping[str, str]
    exploitation: Mapping[str, ExploitationForm]


def parse_catalogue(raw: Mapping[str, object]) -> Catalogue:
    """Return the catalogue; `CatalogueError`, naming the entry, where it does not hold together."""
    document = Entry("catalogue", raw)
    document.allow_only(_SECTIONS)
    meta = document.entry("meta")
    lists = document.entry("code_lists")
    _check_code_lists(lists)
    references = _references(document, lists)
    by_id = _indicators(document, references)
    _check_totals(meta, by_id.values())
    return Catalogue(
        version=meta.text("version"),
        title=meta.text("title"),
        caution=meta.text("caution"),
        verified_meaning=meta.text("verified_meaning"),
        by_id=MappingProxyType(by_id),
        concepts=references.concepts,
        sources=references.sources,
        dimensions=_described(lists, "dimensions", Dimension),
        observers=references.observers,
        exploitation=references.exploitation,
        evidence=_described(lists, "evidence", Evidence),
        rules=_rules(document.entry("assessment_rules"), meta.text("version")),
        typologies=_typologies(document.entry("typologies"), references.exploitation),
    )


def _check_code_lists(lists: Entry) -> None:
    """Refuse a list that says other codes than the code that reads it."""
    written: tuple[tuple[str, type[StrEnum], Iterable[str]], ...] = (
        ("dimensions", Dimension, lists.entry("dimensions").names()),
        ("evidence", Evidence, lists.entry("evidence").names()),
        ("polarity", Polarity, lists.entry("polarity").names()),
        ("strength", Strength, lists.texts("strength")),
        ("strength_basis", StrengthBasis, lists.texts("strength_basis")),
    )
    for key, kind, codes in written:
        if set(codes) != {str(member) for member in kind}:
            raise lists.fault(f"{key} differs from the codes that this software knows.")


def _described(lists: Entry, key: str, kind: type[Kind]) -> Mapping[Kind, str]:
    texts = lists.entry(key).named_texts()
    return MappingProxyType({kind(code): text for code, text in texts.items()})


def _references(document: Entry, lists: Entry) -> _References:
    return _References(
        concepts=MappingProxyType(_concepts(document.entry("concepts"))),
        sources=MappingProxyType(_sources(document.entry("sources"))),
        observers=MappingProxyType(lists.entry("observers").named_texts()),
        exploitation=MappingProxyType(_exploitation(document, lists.entry("exploitation"))),
    )


def _concepts(section: Entry) -> dict[str, Concept]:
    concepts = {}
    for key in section.names():
        entry = section.entry(key)
        entry.allow_only(("label", "common_innocent_explanation"))
        concepts[key] = Concept(
            id=key,
            label=entry.text("label"),
            common_innocent_explanation=entry.optional_text("common_innocent_explanation"),
        )
    return concepts


def _sources(section: Entry) -> dict[str, Source]:
    sources = {}
    for key in section.names():
        entry = section.entry(key)
        entry.allow_only(("title", "publisher", "year", "url", "other_urls", "licence"))
        sources[key] = Source(
            id=key,
            title=entry.text("title"),
            publisher=entry.text("publisher"),
            year=entry.optional_text("year"),
            url=entry.optional_text("url"),
            other_urls=entry.texts("other_urls") if entry.has("other_urls") else (),
            licence=entry.text("licence"),
        )
    return sources


def _exploitation(document: Entry, labels: Entry) -> dict[str, ExploitationForm]:
    rows = {row.text("code"): row for row in document.entries("exploitation_crosswalk")}
    unknown = sorted(set(rows) - set(labels.names()))
    if unknown:
        raise labels.fault(f"the crosswalk has {', '.join(unknown)}, which is not known.")
    return {code: _form(code, labels.text(code), rows.get(code)) for code in labels.names()}


def _form(code: str, label: str, row: Entry | None) -> ExploitationForm:
    return ExploitationForm(
        code=code,
        label=label,
        eu_directive=row.text("eu_directive_2011_36_as_amended_2024_1712") if row else None,
        htcds=row.text("htcds_v2") if row else None,
        ctdc=row.text("ctdc") if row else None,
    )


def _indicators(document: Entry, references: _References) -> dict[str, Indicator]:
    by_id: dict[str, Indicator] = {}
    for entry in document.entries("indicators"):
        indicator = _indicator(entry, references)
        if indicator.id in by_id:
            raise entry.fault("the id is used twice.")
        by_id[indicator.id] = indicator
    return by_id


def _indicator(entry: Entry, references: _References) -> Indicator:
    entry.allow_only(_INDICATOR_KEYS)
    return Indicator(
        id=entry.text("id"),
        label=entry.text("label"),
        description=entry.text("description"),
        dimension=entry.choice("dimension", Dimension),
        dimension_basis=entry.choice("dimension_basis", DimensionBasis),
        concept=entry.code("concept", known=references.concepts),
        polarity=entry.choice("polarity", Polarity),
        ratings=MappingProxyType(_ratings(entry)),
        overlay=_overlay(entry),
        applies_to=frozenset(AgeGroup(code) for code in entry.codes("applies_to", known=AgeGroup)),
        exploitation=entry.codes("exploitation", known=references.exploitation),
        observers=entry.codes("observers", known=references.observers),
        source=entry.code("source", known=references.sources),
        locator=entry.text("locator"),
        is_verified=entry.flag("verified"),
        evidence=entry.choice("evidence", Evidence),
        labels=MappingProxyType(entry.entry("labels").named_texts() if entry.has("labels") else {}),
        external_code=entry.optional_text("external_code"),
        note=entry.optional_text("note"),
    )


def _overlay(entry: Entry) -> Strength | None:
    if not entry.has("strength") or not entry.entry("strength").has(_OVERLAY):
        return None
    return entry.entry("strength").choice(_OVERLAY, Strength)


def _ratings(entry: Entry) -> dict[AssessmentList, Rating]:
    if not entry.has("strength"):
        return {}
    strengths = entry.entry("strength")
    strengths.allow_only((*AssessmentList, _OVERLAY))
    rated = [name for name in AssessmentList if name in strengths.names()]
    return {name: _rating(entry, strengths, name) for name in rated}


def _rating(entry: Entry, strengths: Entry, name: AssessmentList) -> Rating:
    basis = entry.entry("strength_basis").choice(name, StrengthBasis)
    strength = strengths.choice(name, Strength) if strengths.has(name) else None
    if strength is not None and not basis.is_scorable:
        raise entry.fault(f"{name} has a strength although its basis is {basis}.")
    return Rating(strength=strength, basis=basis)


def _check_totals(meta: Entry, indicators: Iterable[Indicator]) -> None:
    counted = Counter(indicator.is_verified for indicator in indicators)
    found = {"total": counted.total(), "verified_true": counted[True]}
    for key, number in found.items():
        if meta.whole_number(key) != number:
            raise meta.fault(f"{key} is {meta.whole_number(key)}, but {number} were found.")


def _rules(section: Entry, version: str) -> AssessmentRules:
    return AssessmentRules(
        status=section.text("status"),
        unit=section.text("unit"),
        dimension_rule=_dimension_rule(section.entry("dimension_rule"), version),
        test_vectors=tuple(_vector(entry) for entry in section.entries("test_vectors")),
        person_rules=tuple(_person_rule(each, version) for each in section.entries("person_rules")),
        not_established=section.texts("not_established"),
        project_guards=section.texts("project_guards"),
    )


def _dimension_rule(entry: Entry, version: str) -> DimensionRule:
    return DimensionRule(
        id=entry.text("id"),
        version=version,
        evidence=entry.choice("evidence", Evidence),
        thresholds=tuple(_threshold(each) for each in entry.entries("positive_if_at_least_one_of")),
    )


def _threshold(entry: Entry) -> Threshold:
    entry.allow_only(("strong", "medium", "weak", "medium_or_weak"))
    if not any(entry.whole_number(key) for key in entry.names()):
        raise entry.fault("a threshold of nothing would always be met.")
    return Threshold(**{key: entry.whole_number(key) for key in entry.names()})


def _vector(entry: Entry) -> TestVector:
    return TestVector(
        strong=entry.whole_number("strong"),
        medium=entry.whole_number("medium"),
        weak=entry.whole_number("weak"),
        is_positive=entry.flag("positive"),
    )


def _person_rule(entry: Entry, version: str) -> PersonRule:
    return PersonRule(
        id=entry.text("id"),
        version=version,
        applies_to=entry.choice("applies_to", AgeGroup),
        evidence=entry.choice("evidence", Evidence),
        cases=tuple(_case(each) for each in entry.entries("then")),
        note=entry.text("note"),
    )


def _case(entry: Entry) -> PersonRuleCase:
    condition = entry.text("if")
    if not is_known_condition(condition):
        raise entry.fault(f"no function reads the condition {condition!r}.")
    return PersonRuleCase(condition=condition, result=entry.text("result"))


def _typologies(
    section: Entry, exploitation: Mapping[str, ExploitationForm]
) -> tuple[Typology, ...]:
    return tuple(_typology(key, section.entry(key), exploitation) for key in section.names())


def _typology(key: str, entry: Entry, exploitation: Mapping[str, ExploitationForm]) -> Typology:
    return Typology(
        id=key,
        evidence=entry.text("evidence"),
        is_verified=entry.flag("verified"),
        source_url=entry.text("source_url"),
        note=entry.text("note"),
        entries=tuple(
            TypologyEntry(
                id=each.text("id"),
                name=each.text("name"),
                exploitation=each.codes("exploitation_own_mapping", known=exploitation),
            )
            for each in entry.entries("types")
        ),
    )


def merge_documents(documents: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Join the files of one version; lists of indicators add up, any other section stands once."""
    merged: dict[str, object] = {}
    indicators: list[object] = []
    for name, raw in documents:
        document = Entry(name, raw)
        for key in document.names():
            if key == "indicators":
                indicators.extend(document.items(key))
            elif key in merged:
                raise CatalogueError(f"{name}: {key} was already given by another file.")
            else:
                merged[key] = document.value(key)
    return {**merged, "indicators": indicators}
