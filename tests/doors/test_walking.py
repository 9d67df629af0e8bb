"""The walk's own eyes: what a page shows and no entry names is found, whatever way it is shown."""

from __future__ import annotations

from crosslight.core.evidence.entry import Entry
from crosslight.core.policy import Actor
from crosslight.ledger.acts import Act
from tests.doors.walking import faults_of, refusals, unnamed

ENTITY, OTHER, MATCH = (f"{kind}_{'0' * 26}" for kind in ("ent", "con", "mat"))
KNOWN = {"O'Brien of the quay": frozenset({ENTITY})}
ACTOR = Actor(id="usr_" + "0" * 26)
NOBODY = frozenset[str]()


def entry(act: Act, **more) -> Entry:
    given = {"id": "led_x", "at": "t", "actor": ACTOR.id, "session": "s", "objects": (ENTITY,)}
    return Entry(act=act, **(given | more))


def test_an_identifier_and_an_escaped_text_are_seen() -> None:
    page = f"<a href='/x/{OTHER}/'>O&#x27;Brien of the quay</a>"
    assert unnamed(page, known=KNOWN, named=NOBODY, points_to=()) == [OTHER, *KNOWN]
    named = frozenset({ENTITY, OTHER})
    assert unnamed(page, known=KNOWN, named=named, points_to=()) == []
    assert unnamed(page, known=KNOWN, named=frozenset({ENTITY}), points_to=("con",)) == []


def test_a_text_is_never_excused_by_a_link() -> None:
    assert unnamed("O'Brien of the quay", known=KNOWN, named=NOBODY, points_to=("ent",))


def test_what_article_25_asks_of_an_entry_is_missed() -> None:
    bare = entry(Act.FEEDBACK_SENT, objects=(), session="")
    assert [each.partition(": ")[2] for each in faults_of([bare], actor=ACTOR, is_person=True)] == [
        "without justification",
        "without recipients",
        "without objects",
        "without the session",
    ]
    whole = entry(Act.FEEDBACK_SENT, justification="feedback", recipients=("org_x",))
    assert list(faults_of([whole], actor=ACTOR, is_person=True)) == []
    assert list(faults_of([whole], actor=Actor(id="usr_other"), is_person=True))


def test_a_refusal_of_somebody_else_or_of_something_else_is_none() -> None:
    right = entry(Act.ACT_REFUSED, reference="match.view", objects=(MATCH,), outcome="denied:P-003")
    assert refusals([right], actor=ACTOR, action="match.view", ids=(MATCH, "words")) == []
    assert refusals([], actor=ACTOR, action="match.view", ids=())
    assert refusals([right, right], actor=ACTOR, action="match.view", ids=())
    assert refusals([right], actor=Actor(id="usr_other"), action="match.view", ids=())
    assert refusals([right], actor=ACTOR, action="match.answer", ids=())
    assert refusals([right], actor=ACTOR, action="match.view", ids=(OTHER,))
