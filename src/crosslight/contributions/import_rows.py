"""Judging the rows of a table by the same checks as a form, with each fault in its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crosslight.contributions.import_words import known_words
from crosslight.contributions.models import ContributionImport, ImportRow
from crosslight.contributions.values import read_content
from crosslight.core.contributions import Content, FormatFault, check
from crosslight.core.contributions.importing import (
    REPEATED,
    Cells,
    Words,
    column_of,
    damage_fault,
    values_of,
)
from crosslight.core.indicators import Catalogue, catalogue
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.core.vocabulary.contributors import ContributorClass, ContributorKind, class_of
from crosslight.core.vocabulary.imports import ImportColumn, RowDamage
from crosslight.foundation import clock
from crosslight.foundation.errors import FieldErrors


@dataclass(frozen=True, slots=True)
class Reason:
    """`column` None: it is of the whole row."""

    column: ImportColumn | None
    fault: FormatFault


@dataclass(frozen=True, slots=True)
class Judged:
    """Either what a form would save, or why not."""

    values: Mapping[str, object]
    reasons: tuple[Reason, ...]

    @property
    def codes(self) -> list[str]:
        return list(dict.fromkeys(reason.fault.code for reason in self.reasons))


@dataclass(frozen=True, slots=True)
class Judge:
    """All that the rows of one import are judged by."""

    kind: ContributionKind
    columns: tuple[ImportColumn | None, ...]
    words: Words
    contributor_class: ContributorClass
    catalogue: Catalogue
    region: str
    today: date

    def of(self, row: ImportRow) -> Judged:
        if row.damage:
            return Judged({}, (Reason(None, damage_fault(RowDamage(row.damage))),))
        if row.repeats is not None:
            return Judged({}, (Reason(None, REPEATED),))
        return self.of_cells(self.cells_of(row.cells))

    def of_cells(self, cells: Cells) -> Judged:
        values, unread = values_of(cells, words=self.words)
        content, faults = self._content(values)
        found = (*unread, *faults, *(self._check(content) if content else ()))
        reasons = tuple(Reason(column_of(fault.field, values), fault) for fault in found)
        return Judged(values, _each_once(reasons))

    def cells_of(self, texts: Sequence[str]) -> Cells:
        """What is filled in, by what its column holds; a column that is left out is not there."""
        pairs = zip(self.columns, texts, strict=False)
        return {column: text for column, text in pairs if column is not None and text}

    def _content(
        self, values: Mapping[str, object]
    ) -> tuple[Content | None, tuple[FormatFault, ...]]:
        try:
            return read_content(values, stored={}, region=self.region), ()
        except FieldErrors as error:
            return None, tuple(
                FormatFault(each.code, each.field, each.message, each.remedy)
                for each in error.errors
            )

    def _check(self, content: Content) -> tuple[FormatFault, ...]:
        return check(
            self.kind,
            content,
            contributor_class=self.contributor_class,
            catalogue=self.catalogue,
            today=self.today,
            region=self.region,
        )


def judge_of(found: ContributionImport) -> Judge:
    """On the latest catalogue, as is the draft that a row becomes."""
    organisation, known = found.organisation, catalogue()
    return Judge(
        kind=ContributionKind(found.kind),
        columns=tuple(ImportColumn(code) if code else None for code in found.mapping),
        words=known_words(known.version),
        contributor_class=class_of(ContributorKind(organisation.contributor_kind)),
        catalogue=known,
        region=organisation.country.dialling_region,
        today=clock.today(),
    )


def _each_once(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """One reason of a kind in one cell: ten indicators without a basis are one thing to do."""
    kept = {(reason.column, reason.fault.code): reason for reason in reversed(reasons)}
    return tuple(reversed(kept.values()))
