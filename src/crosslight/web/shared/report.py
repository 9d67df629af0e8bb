"""What a contribution says, in words: the same on the contributor's pages and at the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from crosslight.core.contributions import Content, Identifier, Page
from crosslight.core.indicators import Catalogue
from crosslight.core.vocabulary.contributions import (
    ANSWER_LABELS,
    BASIS_LABELS,
    DANGER_LABELS,
    IDENTIFIER_LABELS,
    PARTY_ROLE_LABELS,
    SECTOR_LABELS,
    SHARING_LABELS,
    SURENESS_LABELS,
    TIMING_LABELS,
    VICTIM_AWARENESS_LABELS,
    Answer,
)
from crosslight.core.vocabulary.contributors import LABELS as CONTRIBUTOR_LABELS
from crosslight.core.vocabulary.law import LEGAL_BASIS_LABELS
from crosslight.partnerships import selectors as partnerships
from crosslight.web.shared.components import Row
from crosslight.web.shared.indicators import Sign, sign
from crosslight.web.shared.listing import listed
from crosslight.web.shared.words import word


@dataclass(frozen=True, slots=True)
class Noticed:
    """One observation: the sign, and how the contributor knows. `sign` None: not in the list."""

    id: str
    sign: Sign | None
    basis: str


@dataclass(frozen=True, slots=True)
class Identifying:
    kind: str
    raw: str
    role: str
    is_read: bool


def noticed(content: Content, known: Catalogue) -> tuple[Noticed, ...]:
    return tuple(
        Noticed(
            id=each.indicator_id,
            sign=sign(known.by_id[each.indicator_id], known)
            if each.indicator_id in known.by_id
            else None,
            basis=word(BASIS_LABELS, each.basis),
        )
        for each in content.observations
    )


def identifying(content: Content) -> tuple[Identifying, ...]:
    return tuple(_identifying(each) for each in content.identifiers)


def _identifying(identifier: Identifier) -> Identifying:
    return Identifying(
        kind=word(IDENTIFIER_LABELS, identifier.kind),
        raw=identifier.raw,
        role=word(PARTY_ROLE_LABELS, identifier.party_role),
        is_read=bool(identifier.value),
    )


def rows_of(content: Content, page: Page, *, known: Catalogue) -> tuple[Row, ...]:
    """The questions of one page with their answers; an unanswered one has an empty value."""
    return _ROWS[page](content, known)


def _noticed_rows(content: Content, known: Catalogue) -> tuple[Row, ...]:
    lines = "\n".join(
        f"{each.sign.label.text if each.sign else each.id} ({each.basis or '…'})"
        for each in noticed(content, known)
    )
    dangers = "\n".join(word(DANGER_LABELS, reason) for reason in content.danger)
    nobody = gettext("Nobody, as far as you know")
    return (
        Row(gettext("Noticed"), lines),
        Row(gettext("In danger now"), dangers or nobody),
    )


def _where_when_rows(content: Content, _: Catalogue) -> tuple[Row, ...]:
    region = gettext("only the region is known") if content.region_only and content.place else ""
    return (
        Row(gettext("Where"), listed(filter(None, (content.place, region)))),
        Row(gettext("Country"), country_name(content.country)),
        Row(gettext("When"), word(TIMING_LABELS, content.timing)),
        Row(gettext("Day"), content.observed_on),
        Row(gettext("Still happening"), word(ANSWER_LABELS, content.is_ongoing)),
    )


def _identifier_rows(content: Content, _: Catalogue) -> tuple[Row, ...]:
    lines = "\n".join(f"{each.kind}: {each.raw} ({each.role})" for each in identifying(content))
    return (Row(gettext("Identifies people or places"), lines),)


def _words_rows(content: Content, _: Catalogue) -> tuple[Row, ...]:
    return (
        Row(gettext("What happened"), content.facts),
        Row(gettext("How it is known"), word(BASIS_LABELS, content.how_known)),
        Row(gettext("How sure"), word(SURENESS_LABELS, content.sureness)),
        Row(gettext("What it may mean (own view)"), content.assessment),
    )


def _sharing_rows(content: Content, _: Catalogue) -> tuple[Row, ...]:
    contact = Answer.YES if content.may_contact else Answer.NO
    rows = (
        Row(gettext("The desk may make contact"), word(ANSWER_LABELS, contact)),
        Row(gettext("Partner countries"), word(SHARING_LABELS, content.sharing_wish)),
        Row(
            gettext("Possible victim knows"),
            word(VICTIM_AWARENESS_LABELS, content.victim_awareness),
        ),
        Row(gettext("Legal basis"), word(LEGAL_BASIS_LABELS, content.legal_basis)),
    )
    optional = (
        Row(gettext("Reference at the FIU"), content.reference_of_fiu),
        Row(gettext("Keyword of the call"), content.campaign_tag),
    )
    return rows + tuple(row for row in optional if row.value)


@dataclass(frozen=True, slots=True)
class RedFlagged:
    """One red flag of a typology: the sign, and who can notice it."""

    id: str
    sign: Sign | None
    seen_by: str


def red_flagged(content: Content, known: Catalogue) -> tuple[RedFlagged, ...]:
    return tuple(
        RedFlagged(
            id=flag.indicator_id,
            sign=sign(known.by_id[flag.indicator_id], known)
            if flag.indicator_id in known.by_id
            else None,
            seen_by=listed(word(CONTRIBUTOR_LABELS, kind) for kind in flag.seen_by),
        )
        for flag in content.red_flags
    )


def _pattern_rows(content: Content, _: Catalogue) -> tuple[Row, ...]:
    return (
        Row(gettext("Title"), content.title),
        Row(gettext("Sector"), word(SECTOR_LABELS, content.sector)),
        Row(gettext("Route"), content.route),
        Row(gettext("How it works"), content.how_it_works),
        Row(gettext("What helps against it"), content.mitigations),
    )


def _red_flag_rows(content: Content, known: Catalogue) -> tuple[Row, ...]:
    lines = "\n".join(
        f"{each.sign.label.text if each.sign else each.id} ({each.seen_by or '…'})"
        for each in red_flagged(content, known)
    )
    return (Row(gettext("Signs, and who can notice them"), lines),)


def _release_rows(content: Content, _: Catalogue) -> tuple[Row, ...]:
    contact = Answer.YES if content.may_contact else Answer.NO
    rows = (
        Row(gettext("Partner countries"), word(SHARING_LABELS, content.sharing_wish)),
        Row(gettext("The desk may make contact"), word(ANSWER_LABELS, contact)),
        Row(gettext("Legal basis"), word(LEGAL_BASIS_LABELS, content.legal_basis)),
    )
    tag = Row(gettext("Keyword of the call"), content.campaign_tag)
    return (*rows, tag) if content.campaign_tag else rows


_ROWS: Mapping[Page, Callable[[Content, Catalogue], tuple[Row, ...]]] = {
    Page.NOTICED: _noticed_rows,
    Page.WHERE_WHEN: _where_when_rows,
    Page.IDENTIFIERS: _identifier_rows,
    Page.WORDS: _words_rows,
    Page.SHARING: _sharing_rows,
    Page.PATTERN: _pattern_rows,
    Page.RED_FLAGS: _red_flag_rows,
    Page.RELEASE: _release_rows,
}


def country_name(code: str) -> str:
    """The name of a partner country; the code of any other."""
    names = {country.code: country.name for country in partnerships.countries()}
    return names.get(code, code)
