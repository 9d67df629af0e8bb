"""The machine's check: form only. It never judges what was observed (J7).

Codes: F-1xx what is missing or malformed, L-2xx what the contributor's class may not send,
C-220 what a possible victim has not agreed to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from crosslight.core.attributes import dates
from crosslight.core.contributions.content import Content, Identifier, fields_of_kind
from crosslight.core.contributions.faults import FormatFault
from crosslight.core.contributions.identifiers import identifying_in, normalised, personal_in
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
SHORTEST_PATTERN = 50
_WITHOUT_CONSENT = frozenset({VictimAwareness.NOT_ASKED, VictimAwareness.REFUSED})
# Fields of these kinds and of no other; they in turn hold nothing of the other kinds.
_OWN_FORM = frozenset({ContributionKind.TYPOLOGY})
_OF_OTHER_FORMS = frozenset().union(
    *(fields_of_kind(kind) for kind in ContributionKind if kind not in _OWN_FORM)
)
_TEXTS_OF_TYPOLOGY = ("title", "route", "how_it_works", "mitigations", "campaign_tag")
_FOUND_LABELS: Mapping[IdentifierKind, str] = {
    IdentifierKind.PHONE: "This reads as a phone number.",
    IdentifierKind.EMAIL: "This reads as an e-mail address.",
    IdentifierKind.HANDLE: "This reads as an online account.",
    IdentifierKind.ACCOUNT: "This reads as a bank account or wallet.",
    IdentifierKind.DOCUMENT: "This reads as an identity document.",
    IdentifierKind.PLATE: "This reads as a number plate.",
    IdentifierKind.VIN: "This reads as the number of a vehicle.",
    IdentifierKind.BIRTH_DATE: ("This reads as a person with a date of birth."),
}


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
    return tuple(fault for rule in _RULES_OF.get(kind, _RULES) for fault in rule(form))


def check_answer(
    answer: str, *, kind: ContributionKind, content: Content, region: str | None
) -> tuple[FormatFault, ...]:
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
    if kind is ContributionKind.TYPOLOGY:
        return tuple(_of_someone("answer", each) for each in identifying_in(answer, region=region))
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


def _fields_of_kind(form: _Form) -> Iterator[FormatFault]:
    """Only what the form of this kind asks for: nothing hides in a field that no page shows."""
    given, empty = form.content.to_dict(), Content().to_dict()
    foreign = given.keys() - fields_of_kind(form.kind)
    if form.kind not in _OWN_FORM:
        foreign &= frozenset().union(*map(fields_of_kind, _OWN_FORM)) - _OF_OTHER_FORMS
    for name in given:
        if name in foreign and given[name] != empty[name]:
            yield FormatFault(
                "F-117",
                name,
                "This field does not belong to this kind of contribution.",
                "Leave it out, or send it with the kind that asks for it.",
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


def _victim_awareness(form: _Form) -> Iterator[FormatFault]:
    if form.content.victim_awareness is None:
        yield FormatFault(
            "F-113",
            "victim_awareness",
            "It is not said whether a possible victim knows about this.",
            "Choose an answer; you need not name anyone.",
        )


def _sharing_wish(form: _Form) -> Iterator[FormatFault]:
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
    elif basis not in form.contributor_class.bases_for(form.kind):
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


# --- typology: a pattern, and nobody in it --------------------------------------------------------


def _pattern(form: _Form) -> Iterator[FormatFault]:
    if not form.content.title:
        yield FormatFault(
            "F-118", "title", "The typology has no title.", "Name the pattern in a few words."
        )
    if form.content.sector is None:
        yield FormatFault(
            "F-119",
            "sector",
            "The sector is missing.",
            "Choose the nearest; “Several of these” is an answer too.",
        )
    if len(form.content.how_it_works) < SHORTEST_PATTERN:
        yield FormatFault(
            "F-120",
            "how_it_works",
            "How it works is missing or very short.",
            "Write at least 50 characters: who does what, in which order.",
        )


def _red_flags(form: _Form) -> Iterator[FormatFault]:
    if not form.content.red_flags:
        yield FormatFault(
            "F-121",
            "red_flags",
            "No red flag is named.",
            "Choose at least one sign by which the pattern can be noticed.",
        )
    for at, flag in enumerate(form.content.red_flags):
        if flag.indicator_id not in form.catalogue.by_id:
            yield FormatFault(
                "F-102",
                f"red_flags.{at}.indicator_id",
                f"The catalogue {form.catalogue.version} has no such indicator.",
                "Choose it from the list of indicators.",
            )
        if not flag.seen_by:
            yield FormatFault(
                "F-122",
                f"red_flags.{at}.seen_by",
                "It is not said who can notice this red flag.",
                "Choose at least one kind of organisation.",
            )


def _about_nobody(form: _Form) -> Iterator[FormatFault]:
    """Held to on every basis: whoever reads the library must find no one in it."""
    for field in _TEXTS_OF_TYPOLOGY:
        for found in identifying_in(getattr(form.content, field), region=form.region):
            yield _of_someone(field, found)


def _of_someone(field: str, found: Identifier) -> FormatFault:
    return FormatFault(
        "L-205",
        field,
        _FOUND_LABELS[found.kind],
        "A typology holds no personal data: take out whatever leads to one person.",
        found.raw,
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
    _fields_of_kind,
    _indicators,
    _place_or_identifier,
    _time,
    _identifiers,
    _words,
    _files,
    _victim_awareness,
    _sharing_wish,
    _legal_basis,
    _no_personal_data,
    _consent,
)
_RULES_OF: Mapping[ContributionKind, tuple[Callable[[_Form], Iterator[FormatFault]], ...]] = {
    ContributionKind.TYPOLOGY: (
        _kind_allowed,
        _fields_of_kind,
        _pattern,
        _red_flags,
        _about_nobody,
        _sharing_wish,
        _legal_basis,
    ),
}
