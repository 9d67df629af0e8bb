"""Thirty accesses drawn by lot, looked at one by one: lawful self-monitoring on record itself."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from crosslight.core.evidence.sampling import DRAWN, draw, is_seed
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_judge_access, may_sample_accesses
from crosslight.core.vocabulary.oversight import AccessVerdict
from crosslight.foundation.errors import FieldError, FieldErrors, NotFoundOrHidden
from crosslight.foundation.guard import require, require_standing
from crosslight.foundation.text import clean
from crosslight.foundation.transactions import act
from crosslight.ledger import accesses
from crosslight.ledger import services as ledger
from crosslight.ledger.accesses import Standing
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import IndexedEntry
from crosslight.oversight import selectors
from crosslight.oversight.errors import NothingToDraw
from crosslight.oversight.models import AccessMark, Sample, SampledAccess
from crosslight.oversight.selectors import SampleRow
from crosslight.oversight.services.reading import PURPOSE, names_in

MOST_SAMPLES = 50
LONGEST_NOTE = 1000
_SEED_BYTES = 16


@dataclass(frozen=True, slots=True)
class SampleView:
    """`marks` are the last ones, by the number of the entry."""

    sample: Sample
    entries: tuple[IndexedEntry, ...]
    marks: Mapping[int, AccessMark]
    names: Mapping[str, str]
    may_judge: bool


def list_samples(*, actor: Actor) -> list[SampleRow]:
    require(may_sample_accesses, actor)
    with act():
        rows = selectors.sample_rows(most=MOST_SAMPLES)
        ledger.record(
            actor=actor,
            act=Act.ACCESSES_CONSULTED,
            objects=[row.id for row in rows],
            justification=PURPOSE,
        )
    return rows


def draw_sample(*, actor: Actor, seed: str = "") -> Sample:
    """At most 30 of all consultations and disclosures so far; without a seed, by one of chance."""
    require(may_sample_accesses, actor)
    chosen = seed or secrets.token_hex(_SEED_BYTES)
    if not is_seed(chosen):
        raise FieldErrors((_no_seed(),))
    with act():
        standing = accesses.standing()
        numbers = () if standing is None else _drawn(chosen, standing)
        if standing is None or not numbers:
            raise NothingToDraw
        sample = Sample.objects.create(
            drawn_by_id=actor.id, origin=standing.origin, seed=chosen, size=standing.size
        )
        SampledAccess.objects.bulk_create(
            SampledAccess(sample=sample, index=number) for number in numbers
        )
        ledger.record(
            actor=actor,
            act=Act.ACCESSES_DRAWN,
            objects=[sample.pk],
            justification=PURPOSE,
            reference=chosen,
        )
    return sample


def consult_sample(*, actor: Actor, sample_id: str) -> SampleView:
    require_standing(may_sample_accesses, actor)
    with act():
        sample = selectors.sample(sample_id)
        entries = accesses.entries_at(selectors.numbers_of(sample))
        view = SampleView(
            sample=sample,
            entries=entries,
            marks=selectors.last_marks(sample),
            names=names_in(entries),
            may_judge=bool(may_judge_access(actor, selectors.facts_of_sample(sample))),
        )
        ledger.record(
            actor=actor,
            act=Act.ACCESSES_CONSULTED,
            objects=[sample.pk, *(item.entry.id for item in entries)],
            justification=PURPOSE,
        )
    return view


def judge_access(
    *, actor: Actor, sample_id: str, index: int, verdict: AccessVerdict, note: str = ""
) -> AccessMark:
    """Say of one access that it is in order, or that its person is to be asked; with a note."""
    text = clean(note, field="note", max_length=LONGEST_NOTE)
    require_standing(may_judge_access, actor)
    with act():
        sample = selectors.sample(sample_id)
        require(may_judge_access, actor, selectors.facts_of_sample(sample))
        access = sample.accesses.filter(index=index).first()
        if access is None:
            raise NotFoundOrHidden
        if verdict is AccessVerdict.TO_ASK and not text:
            raise FieldErrors((_no_note(),))
        mark = AccessMark.objects.create(
            access=access, verdict=verdict.value, note=text, by_id=actor.id
        )
        (judged,) = accesses.entries_at([index])
        ledger.record(
            actor=actor,
            act=Act.ACCESS_JUDGED,
            objects=[sample.pk, judged.entry.id, mark.pk],
            reference=verdict.value,
            payload={"note": text},
        )
    return mark


def _drawn(seed: str, standing: Standing) -> tuple[int, ...]:
    """The numbers of entries, drawn by their places in the shard: an export knows no others."""
    places = draw(accesses.access_places(standing), seed=seed, most=DRAWN)
    return tuple(standing.start + place for place in places)


def _no_seed() -> FieldError:
    return FieldError(
        "L-112",
        "seed",
        "This is not a seed of at most 64 letters, digits and signs without a blank.",
        "Correct it, or leave it empty.",
    )


def _no_note() -> FieldError:
    return FieldError(
        "L-113", "note", "It is not said what is to be asked.", "Say what you want to know."
    )
