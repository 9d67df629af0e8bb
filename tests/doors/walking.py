"""Walking through a door: what the ledger says afterwards, and what the page showed."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from crosslight.contributions.models import Contribution
from crosslight.core.evidence.acts import NEEDS_JUSTIFICATION, ActClass
from crosslight.core.evidence.entry import Entry, is_identifier
from crosslight.core.vocabulary.people import ActorKind
from crosslight.investigations.models import Entity, Investigation, Statement
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import entries_count, read_entries
from crosslight.review.models import IntelligenceInput

KINDS = (
    *("con", "int", "inv", "ent", "mat", "han", "roo", "hai", "roi", "val", "pkg", "era"),
    *("imp", "typ"),
)
_ID = re.compile(rf"\b(?:{'|'.join(KINDS)})_[0-9a-hjkmnp-tv-z]{{26}}\b")
# Shorter texts stand on a page by chance.
_LEAST = 9


@contextmanager
def rolled_back() -> Iterator[None]:
    """What happens inside is as if it had not; acts inside take it for the outermost level."""
    atomic = transaction.atomic()
    atomic._from_testcase = True  # type: ignore[attr-defined]  as Django's own test cases do
    with atomic:
        yield
        transaction.set_rollback(True)


@contextmanager
def entries_of(found: list[Entry]) -> Iterator[None]:
    """Puts what the ledger gained inside into `found`."""
    before = entries_count()
    yield
    found += [each.entry for each in read_entries(after=before - 1, limit=1_000)]


def texts() -> Mapping[str, frozenset[str]]:
    """Every text about somebody in this world, with the records that hold it."""
    held: defaultdict[str, set[str]] = defaultdict(set)
    for entity in Entity.objects.all():
        held[entity.caption].add(entity.pk)
    for statement in Statement.objects.all():
        held[statement.value].add(statement.entity_id)
    for row in Contribution.objects.all():
        held[str(row.content.get("facts", ""))].add(row.pk)
    for sent in IntelligenceInput.objects.all():
        held[sent.title].add(sent.pk)
        held[sent.body].add(sent.pk)
    for case in Investigation.objects.all():
        held[case.title].add(case.pk)
        held[case.purpose].add(case.pk)
    return {text: frozenset(ids) for text, ids in held.items() if len(text) >= _LEAST}


def unnamed(
    body: str,
    *,
    known: Mapping[str, frozenset[str]],
    named: frozenset[str],
    points_to: tuple[str, ...],
) -> list[str]:
    """What the page shows and no entry names."""
    page = html.unescape(body)
    ids = {name for name in _ID.findall(page) if name[:3] not in points_to}
    said = [text for text, holders in known.items() if text in page and not holders & named]
    return sorted(ids - named) + said


def named_in(entries: list[Entry]) -> frozenset[str]:
    return frozenset(name for entry in entries for name in entry.objects)


def faults_of(entries: list[Entry], *, actor: Any, is_person: bool) -> Iterator[str]:
    """What article 25(1) asks of an entry and this one does not have."""
    for entry in entries:
        kind = entry.act.classification
        is_system = entry.actor.startswith("system:")
        if actor is not None and entry.actor != actor.id and not is_system:
            yield f"{entry.act}: done by {entry.actor}"
        if kind in NEEDS_JUSTIFICATION and not entry.justification:
            yield f"{entry.act}: without justification"
        if kind is ActClass.DISCLOSE and not entry.recipients:
            yield f"{entry.act}: without recipients"
        if kind in _ABOUT_RECORDS and not entry.objects and entry.act not in _MAY_BE_EMPTY:
            yield f"{entry.act}: without objects"
        if is_person and not is_system and not entry.session:
            yield f"{entry.act}: without the session"
        if not entry.at:
            yield f"{entry.act}: without time"


_ABOUT_RECORDS = frozenset(
    {
        ActClass.COLLECT,
        ActClass.ALTER,
        ActClass.CONSULT,
        ActClass.DISCLOSE,
        ActClass.COMBINE,
        ActClass.ERASE,
    }
)
# Where the whole ledger goes out, no single object is named; a list may be empty.
_MAY_BE_EMPTY = frozenset({Act.LEDGER_DISCLOSED, Act.VALUE_LISTED})


def refusals(entries: list[Entry], *, actor: Any, action: str, ids: tuple[str, ...]) -> list[str]:
    """Why these entries are not the one refusal that had to be recorded."""
    faults = []
    if [entry.act for entry in entries] != [Act.ACT_REFUSED]:
        return [f"left {[entry.act.value for entry in entries]} instead of one refusal"]
    (entry,) = entries
    if entry.actor != actor.id:
        faults.append(f"refused to {entry.actor}")
    if entry.reference != action:
        faults.append(f"refused {entry.reference!r} instead of {action!r}")
    wanted = {name for name in ids if is_identifier(name)}
    if not wanted <= set(entry.objects):
        faults.append(f"does not name {sorted(wanted - set(entry.objects))}")
    if actor.kind is ActorKind.PERSON and not entry.session:
        faults.append("without the session")
    return faults
