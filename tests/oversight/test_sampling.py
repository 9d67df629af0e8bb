"""Thirty accesses by lot: the same seed draws the same, and whoever drew says what they are."""

from __future__ import annotations

import pytest

from crosslight.core.evidence.sampling import ACCESSES, accesses_in, draw
from crosslight.core.vocabulary.oversight import AccessVerdict
from crosslight.foundation.errors import FieldErrors, NotAllowed, NotFoundOrHidden
from crosslight.ledger import services as ledger
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import latest_entries
from crosslight.oversight import services
from crosslight.oversight.errors import NothingToDraw
from crosslight.oversight.services import LedgerFilter
from tests.coordination.factories import acknowledged
from tests.factories import World


@pytest.fixture
def busy(world: World) -> World:
    """Forty consultations, and a disclosure."""
    acknowledged(world)
    for _ in range(40):
        services.consult_ledger(actor=world.nuria, wanted=LedgerFilter())
    return world


def test_a_draw_is_repeatable_fair_and_in_order() -> None:
    first = draw(range(1000), seed="4-6-1", most=30)
    assert first == draw(iter(range(1000)), seed="4-6-1", most=30)
    assert list(first) == sorted(set(first))
    assert len(first) == 30
    assert first != draw(range(1000), seed="4-6-2", most=30)
    assert draw(range(5), seed="x", most=30) == (0, 1, 2, 3, 4)


def test_every_number_comes_as_often_as_any_other() -> None:
    times = [0] * 20
    for seed in range(2000):
        for number in draw(range(20), seed=str(seed), most=5):
            times[number] += 1
    assert all(420 < count < 580 for count in times), times


def test_only_consultations_and_disclosures_are_drawn(busy: World) -> None:
    sample = services.draw_sample(actor=busy.auditor, seed="4-6-1")
    view = services.consult_sample(actor=busy.auditor, sample_id=sample.pk)
    assert len(view.entries) == 30
    assert {item.entry.act for item in view.entries} <= ACCESSES
    assert all(item.entry.justification for item in view.entries)
    assert all(item.index < sample.size for item in view.entries)


def test_the_same_is_drawn_from_an_export_without_this_server(busy: World, tmp_path) -> None:
    sample = services.draw_sample(actor=busy.auditor)
    numbers = [
        item.index
        for item in services.consult_sample(actor=busy.auditor, sample_id=sample.pk).entries
    ]
    ledger.export(tmp_path / "export")
    files = {
        path.relative_to(tmp_path / "export").as_posix(): path.read_bytes()
        for path in (tmp_path / "export").rglob("*")
        if path.is_file()
    }
    again = draw(accesses_in(files, most=sample.size), seed=sample.seed, most=30)
    assert list(again) == numbers


def test_drawing_looking_and_judging_are_on_record(busy: World) -> None:
    sample = services.draw_sample(actor=busy.auditor, seed="4-6-1")
    view = services.consult_sample(actor=busy.auditor, sample_id=sample.pk)
    index = view.entries[0].index
    mark = services.judge_access(
        actor=busy.auditor,
        sample_id=sample.pk,
        index=index,
        verdict=AccessVerdict.TO_ASK,
        note="Why at night?",
    )
    judged, looked, drawn = (each.entry for each in latest_entries(limit=3))
    assert (drawn.act, drawn.reference, drawn.objects) == (
        Act.ACCESSES_DRAWN,
        "4-6-1",
        (sample.pk,),
    )
    assert set(looked.objects) == {sample.pk, *(item.entry.id for item in view.entries)}
    assert judged.objects == (sample.pk, view.entries[0].entry.id, mark.pk)
    assert (judged.reference, judged.commitment is not None) == ("to_ask", True)


def test_the_last_word_counts_and_the_first_is_kept(busy: World) -> None:
    sample = services.draw_sample(actor=busy.auditor, seed="4-6-1")
    index = sample.accesses.earliest("index").index
    for verdict, note in ((AccessVerdict.TO_ASK, "Why?"), (AccessVerdict.IN_ORDER, "")):
        services.judge_access(
            actor=busy.auditor, sample_id=sample.pk, index=index, verdict=verdict, note=note
        )
    view = services.consult_sample(actor=busy.auditor, sample_id=sample.pk)
    assert view.marks[index].verdict == AccessVerdict.IN_ORDER
    assert sample.accesses.get(index=index).marks.count() == 2


def test_only_who_drew_it_judges(busy: World) -> None:
    sample = services.draw_sample(actor=busy.auditor, seed="4-6-1")
    index = sample.accesses.earliest("index").index
    assert not services.consult_sample(actor=busy.nuria, sample_id=sample.pk).may_judge
    with pytest.raises(NotAllowed):
        services.judge_access(
            actor=busy.nuria, sample_id=sample.pk, index=index, verdict=AccessVerdict.IN_ORDER
        )


def test_what_cannot_be_said_is_refused(busy: World) -> None:
    sample = services.draw_sample(actor=busy.auditor, seed="4-6-1")
    drawn = set(sample.accesses.values_list("index", flat=True))
    other = next(index for index in range(sample.size) if index not in drawn)
    with pytest.raises(NotFoundOrHidden):
        services.judge_access(
            actor=busy.auditor, sample_id=sample.pk, index=other, verdict=AccessVerdict.IN_ORDER
        )
    with pytest.raises(FieldErrors):
        services.judge_access(
            actor=busy.auditor,
            sample_id=sample.pk,
            index=min(drawn),
            verdict=AccessVerdict.TO_ASK,
            note=" ",
        )
    for seed in ("two words", "x" * 65, "é"):
        with pytest.raises(FieldErrors):
            services.draw_sample(actor=busy.auditor, seed=seed)


def test_of_nothing_nothing_is_drawn(world: World) -> None:
    with pytest.raises(NothingToDraw):
        services.draw_sample(actor=world.auditor)


@pytest.mark.parametrize("name", ["amina", "luis", "fatou", "administrator", "rco"])
def test_nobody_else_samples(busy: World, name: str) -> None:
    stranger = busy.actors[name]
    sample = services.draw_sample(actor=busy.auditor, seed="4-6-1")
    for attempt in (
        lambda: services.list_samples(actor=stranger),
        lambda: services.draw_sample(actor=stranger),
        lambda: services.consult_sample(actor=stranger, sample_id=sample.pk),
    ):
        with pytest.raises(NotAllowed):
            attempt()
