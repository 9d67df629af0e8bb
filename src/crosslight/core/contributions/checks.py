"""The machine's check: form only. It never judges what was observed (J7).

Codes: F-1xx what is missing or malformed, L-2xx what the contributor's class may not send,
C-220 what a possible victim has not agreed to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crosslight.core.attributes import dates
from crosslight.core.contributions.content import Content, Identifier
from crosslight.core.contributions.faults import FormatFault
from crosslight.core.contributions.identifiers import normalised, personal_in
from crosslight.core.indicators import Catalogue
from crosslight.core.vocabulary.contributions import (
    ContributionKind,
    IdentifierKind,
    VictimAwareness,
)
from crosslight.core.vocabulary.contributors import ContributorClass
from crosslight.core.vocabulary.law import LegalBasis

SHORTEST_FACTS = 20
LONGEST_FACTS = 2000
_WITHOUT_CONSENT = frozenset({VictimAwareness.NOT_ASKED, VictimAwareness.REFUSED})


@dataclass(frozen=True, slots=True)
class _Form:
    kind: ContributionKind
    content: Content
    contributor_class: ContributorClass
    catalogue: Catalogue
    today: date
    region: str | None
    files: int

    @property
    def is_report(self) -> bool:
        return self.kind is ContributionKind.RED_FLAG_REPORT

    @property
    def is_of_files(self) -> bool:
        """Its substance is files: what it needs besides is how they came about."""
        return self.kind is ContributionKind.OSINT_PRESERVATION


def check(
    kind: ContributionKind,
    content: Content,
    *,
    contributor_class: ContributorClass,
    catalogue: Catalogue,
    today: date,
    region: str | None = None,
    files: int = 0,
) -> tuple[FormatFault, ...]:
    """Every failed rule, in the order of the form; none: it can be received.

    `region` is the ISO country whose national phone numbers a free text may hold; `files` are those
    that have arrived whole.
    """
    form = _Form(kind, content, contributor_class, catalogue, today, region, files)
    return tuple(fault for rule in _RULES for fault in rule(form))


def check_answer(answer: str, *, content: Content, region: str | None) -> tuple[FormatFault, ...]:
    """What an answer to the desk lacks, or holds although a possible victim has not agreed."""
    if not answer:
        return (
            FormatFault(
                "F-115",
                "answer",
                "The answer is empty.",
                "Write what you hold; “We do not hold this” is an answer too.",
            ),
        )
    if content.victim_awareness not in _WITHOUT_CONSENT:
        return ()
    found = personal_in(answer, region=region)
    return tuple(
        _without_consent("answer", each.raw)
        for each in found
        if not _is_of_other(each, content, region=region)
    )


def _kind_allowed(form: _Form) -> Iterator[FormatFault]:
    if form.kind not in form.contributor_class.may_send:
        yield FormatFault(
            "L-201",
            "kind",
            "Your kind of organisation cannot send this kind of contribution.",
            form.contributor_class.may_not,
        )


def _indicators(form: _Form) -> Iterator[FormatFault]:
    if not form.content.observations and not form.is_of_files:
        yield FormatFault(
            "F-101",
            "observations",
            "No indicator is named.",
            "Choose at least one thing that you noticed.",
        )
    for at, observed in enumerate(form.content.observations):
        if observed.indicator_id not in form.catalogue.by_id:
            yield FormatFault(
                "F-102",
                f"observations.{at}.indicator_id",
                f"The catalogue {form.catalogue.version} has no such indicator.",
                "Choose it from the list of indicators.",
            )
        if observed.basis is None:
            yield FormatFault(
                "F-103",
                f"observations.{at}.basis",
                "It is not said how you know this.",
                "Say whether you saw it, were told, or read it in a document or system.",
            )


def _place_or_identifier(form: _Form) -> Iterator[FormatFault]:
    is_named = form.content.place or form.content.identifiers
    if not is_named and not form.is_of_files:
        yield FormatFault(
            "F-104",
            "place",
            "Neither a place nor an identifier is given.",
            "Give a place, a town or region is enough, or something that identifies it.",
        )


def _time(form: _Form) -> Iterator[FormatFault]:
    if form.content.timing is None and not form.is_of_files:
        yield FormatFault(
            "F-105",
            "timing",
            "When it happened is missing.",
            "Choose the nearest; “Not sure” is an answer too.",
        )
    if form.content.observed_on:
        yield from _observed_on(form)


def _observed_on(form: _Form) -> Iterator[FormatFault]:
    day = dates.parse(form.content.observed_on)
    if day is None:
        yield _wrong_date("observed_on", form.content.observed_on)
    elif (day.year, day.month, day.day) > (form.today.year, form.today.month, form.today.day):
        yield FormatFault(
            "F-110",
            "observed_on",
            "This date is in the future.",
            "Give the day on which it was noticed.",
        )


def _identifiers(form: _Form) -> Iterator[FormatFault]:
    for at, identifier in enumerate(form.content.identifiers):
        field = f"identifiers.{at}.raw"
        if _is_readable(identifier, region=form.region):
            continue
        if identifier.kind is IdentifierKind.BIRTH_DATE:
            yield _wrong_date(field, identifier.raw)
        elif identifier.kind is IdentifierKind.EMAIL:
            yield FormatFault(
                "F-111",
                field,
                "This is not an e-mail address.",
                "Correct it, or choose “Something else” as its kind.",
            )


def _is_readable(identifier: Identifier, *, region: str | None) -> bool:
    return bool(normalised(identifier, region=region).value)


def _words(form: _Form) -> Iterator[FormatFault]:
    length = len(form.content.facts)
    if (form.is_report or form.is_of_files) and length < SHORTEST_FACTS:
        yield FormatFault(
            "F-106",
            "facts",
            "What happened is missing or very short.",
            f"Write at least {SHORTEST_FACTS} characters: what you noticed, not what you conclude.",
        )
    if length > LONGEST_FACTS:
        yield FormatFault(
            "F-107",
            "facts",
            f"What happened is longer than {LONGEST_FACTS:,} characters.",
            "Shorten it; the desk asks where it needs more.",
        )
    if form.is_report and form.content.how_known is None:
        yield FormatFault(
            "F-112",
            "how_known",
            "It is not said how you know what you wrote.",
            "Say whether you saw it, were told, or read it in a document or system.",
        )


def _files(form: _Form) -> Iterator[FormatFault]:
    if form.is_of_files and not form.files:
        yield FormatFault(
            "F-116",
            "files",
            "No file has arrived yet.",
            "Add a file and wait until all of it was sent.",
        )


def _answers(form: _Form) -> Iterator[FormatFault]:
    if form.content.victim_awareness is None:
        yield FormatFault(
            "F-113",
            "victim_awareness",
            "It is not said whether a possible victim knows about this.",
            "Choose an answer; you need not name anyone.",
        )
    if form.content.sharing_wish is None:
        yield FormatFault(
            "F-114",
            "sharing_wish",
            "It is not said whether this may be passed to partner countries.",
            "Choose an answer; the desk keeps to it.",
        )


def _legal_basis(form: _Form) -> Iterator[FormatFault]:
    basis = form.content.legal_basis
    if basis is None:
        yield FormatFault(
            "F-108",
            "legal_basis",
            "The legal basis on which you send this is missing.",
            "Choose one of the bases offered for your kind of organisation.",
        )
    elif basis not in form.contributor_class.bases:
        yield FormatFault(
            "L-202",
            "legal_basis",
            "This legal basis is not open to your kind of organisation.",
            "Choose one of the bases offered for your kind of organisation.",
        )
    if basis is LegalBasis.AML_DUTY and form.is_report and not form.content.reference_of_fiu:
        yield FormatFault(
            "L-203",
            "reference_of_fiu",
            "The reference of your report to the financial intelligence unit is missing.",
            form.contributor_class.may_not,
        )


def _no_personal_data(form: _Form) -> Iterator[FormatFault]:
    """Who chose "no personal data" as the basis must hold to it."""
    if form.content.legal_basis is not LegalBasis.NO_PERSONAL_DATA:
        return
    for at, identifier in enumerate(form.content.identifiers):
        if identifier.is_personal:
            yield _personal(f"identifiers.{at}.raw", identifier.raw)
    for field, found in _in_texts(form):
        if not _is_business(found, form):
            yield _personal(field, found.raw)


def _is_business(found: Identifier, form: _Form) -> bool:
    return any(
        normalised(given, region=form.region).value == found.value and not given.is_personal
        for given in form.content.identifiers
    )


def _personal(field: str, raw: str) -> FormatFault:
    return FormatFault(
        "L-204",
        field,
        f"“{raw}” is personal data, but you chose “No personal data in it”.",
        "Remove it, or choose the basis on which you may send it.",
    )


def _consent(form: _Form) -> Iterator[FormatFault]:
    """Nothing that may point to a possible victim goes out against or without their word."""
    if form.content.victim_awareness not in _WITHOUT_CONSENT:
        return
    for at, identifier in enumerate(form.content.identifiers):
        if identifier.may_be_of_victim:
            yield _without_consent(f"identifiers.{at}.raw", identifier.raw)
    for field, found in _in_texts(form):
        if not _is_of_other(found, form.content, region=form.region):
            yield _without_consent(field, found.raw)


def _without_consent(field: str, raw: str) -> FormatFault:
    return FormatFault(
        "C-220",
        field,
        "Without agreement we can only accept information that does not identify the person.",
        f"Remove “{raw}”, or list it as an identifier of someone else than the possible victim.",
    )


def _in_texts(form: _Form) -> Iterator[tuple[str, Identifier]]:
    texts = {
        "facts": form.content.facts,
        "assessment": form.content.assessment,
        "place": form.content.place,
    }
    for field, text in texts.items():
        for found in personal_in(text, region=form.region):
            yield field, found


def _is_of_other(found: Identifier, content: Content, *, region: str | None) -> bool:
    """Whether the contributor listed the same value and said whose it is, not a victim's."""
    return any(
        normalised(given, region=region).value == found.value and not given.may_be_of_victim
        for given in content.identifiers
    )


def _wrong_date(field: str, raw: str) -> FormatFault:
    return FormatFault(
        "F-109",
        field,
        f"“{raw}” is not a date.",
        "Write it as in 2026-02-28; the year, or year and month, is enough.",
    )


_RULES = (
    _kind_allowed,
    _indicators,
    _place_or_identifier,
    _time,
    _identifiers,
    _words,
    _files,
    _answers,
    _legal_basis,
    _no_personal_data,
    _consent,
)
