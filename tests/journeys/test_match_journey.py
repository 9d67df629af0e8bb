"""Journey C in the browser: two units, from pasted text to an agreed handover and its outcome."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from crosslight.coordination.models import Match
from crosslight.coordination.services import decisions, entry, handovers, rooms
from crosslight.core.entities.draft import EntityDraft
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.vocabulary.coordination import Criterion, DecisionKind, EntityRole
from crosslight.core.vocabulary.law import DataSubjectCategory, HandlingCode
from crosslight.investigations.models import Entity, Statement
from tests.coordination.factories import decided, proposed
from tests.factories import World
from tests.investigations.factories import person, registered, said
from tests.journeys.conftest import DESKTOP, PHONE, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTED = "DIALLO-NKEMBA Mamadou Saliou 14/03/1987 +44 7700 900123 passport X0000000"
MOST_ACTIONS = 6
ONLY_A = ("DIALLO-NKEMBA", "X0000000", "Crew boats", "Interview with the harbour master")
ONLY_B = ("Mouhamadou", "canary-b", "Night lorries", "Police of Ostmark")


def _named(name: str) -> re.Pattern[str]:
    """What only a screen reader hears stands apart from what is seen."""
    return re.compile(re.escape(name).replace(":", r"\s*:"))


class Desk:
    """One person at one browser: does what hands do, and counts it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def press(self, name: str) -> None:
        self.actions += 1
        self.page.get_by_role("button", name=_named(name)).first.click()

    def follow(self, name: str) -> None:
        self.actions += 1
        self.page.get_by_role("link", name=_named(name)).first.click()

    def write(self, label: str, text: str) -> None:
        self.actions += 1
        self._seen(label).fill(text)

    def pick(self, label: str, option: str) -> None:
        self.actions += 1
        self._seen(label).select_option(label=option)

    def choose(self, label: str) -> None:
        self.actions += 1
        self.page.get_by_label(label).first.check()

    def _seen(self, label: str) -> Locator:
        """The first such box that is not folded away."""
        return self.page.get_by_label(label).locator("visible=true").first

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible()

    def sees_none_of(self, texts: tuple[str, ...]) -> None:
        shown = self.page.content()
        assert [text for text in texts if text in shown] == []


def held_by_b(world: World) -> None:
    """What unit B typed weeks ago: a man with a number that may not be passed on, and his van."""
    case = registered(world.ousman, world.lamin, title="Night lorries")
    man = person(
        said("name", "Mouhamadou S. Diallo Nkemba"),
        said("birthDate", "1987"),
        said("phone", "07700 900123", handling_code=HandlingCode.H2),
        said("notes", "canary-b-notes"),
        role=EntityRole.TRANSPORTER,
        subject_category=DataSubjectCategory.SUSPECT,
    )
    van = EntityDraft("Vehicle", (said("registrationNumber", "AB12 XYZ"),))
    for draft in (man, van):
        entry.enter_entity(actor=world.ousman, investigation_id=case.pk, draft=draft)


def test_two_units_find_the_same_man_and_agree_on_a_handover(
    page_of: OpenPage, real_world: World
) -> None:
    held_by_b(real_world)
    ndeye, fatou = Desk(page_of(real_world.ndeye)), Desk(page_of(real_world.fatou))
    ousman = Desk(page_of(real_world.ousman, viewport=PHONE))
    lamin = Desk(page_of(real_world.lamin))

    _open_a_case(ndeye)
    _register_it(fatou)
    _paste_a_record(ndeye)
    _acknowledge(ndeye, ousman)
    _compare_and_answer(ndeye, ousman)
    _decide_together(fatou, lamin)
    _hand_over(lamin)
    _accept_and_refuse(fatou)
    _say_what_came_of_it(fatou, lamin)

    match = Match.objects.get()
    assert match.state == MatchState.CLOSED
    received = Entity.objects.exclude(origin_handover="").get()
    assert received.unit_id == real_world.unit_a.pk
    for desk in (ndeye, fatou):
        desk.page.goto(f"/unit/matches/{match.pk}/")
        desk.sees_none_of(("canary-b", "Night lorries"))


def _open_a_case(officer: Desk) -> None:
    officer.page.goto("/home/")
    officer.follow("Open a case")
    officer.write("Title", "Crew boats")
    officer.write("Purpose", "Find who recruits for the crew boats")
    officer.pick("Crime area", "Labour exploitation")
    officer.press("Open the case")
    officer.sees("Your head is asked to register it.")


def _register_it(head: Desk) -> None:
    head.page.goto("/home/")
    head.follow("Crew boats")
    head.press("Register")
    head.sees("Its records are matched from now on.")


def _paste_a_record(officer: Desk) -> None:
    officer.page.goto("/home/")
    officer.follow("Crew boats")
    officer.actions = 0
    officer.follow("Add record")
    officer.write("Paste", PASTED)
    officer.press("Continue")
    officer.sees("New record: Person")
    officer.sees_none_of(ONLY_B)
    officer.write("Source", "Interview with the harbour master")
    officer.pick("Role", "Suspected recruiter")
    officer.press("Save record")

    officer.sees("both sides are always told at the same moment")
    officer.sees_none_of((*ONLY_B, "Unit B"))
    assert officer.actions <= MOST_ACTIONS


def _acknowledge(*officers: Desk) -> None:
    match = Match.objects.get()
    after = ("You have acknowledged.", "Side by side")
    for officer, secrets, then in zip(officers, (ONLY_B, ONLY_A), after, strict=True):
        officer.page.goto("/home/")
        officer.sees(match.reference)
        officer.page.goto(f"/unit/matches/{match.pk}/")
        officer.sees("What agrees")
        officer.sees_none_of(secrets)
        officer.press("Acknowledge")
        officer.sees(then)


def _compare_and_answer(ndeye: Desk, ousman: Desk) -> None:
    match = Match.objects.get()
    ndeye.page.goto(f"/unit/matches/{match.pk}/")
    ndeye.sees("Side by side", "1987")
    ndeye.sees_none_of(ONLY_B)
    ndeye.page.keyboard.press("1")
    expect(ndeye.page.locator("[name=verdict]").first).to_be_checked()
    ndeye.write("Why?", "Same number, same year")
    ndeye.press("Record my answer")
    ndeye.sees("Unit B has not answered yet.")

    ousman.page.goto(f"/unit/matches/{match.pk}/")
    ousman.sees_none_of((*ONLY_A, "Same number, same year"))
    ousman.choose("Same")
    ousman.write("Why?", "It is him")
    ousman.press("Record my answer")
    ousman.sees("Both fill in the criteria sheet")


def _decide_together(fatou: Desk, lamin: Desk) -> None:
    match = Match.objects.get()
    fatou.page.goto(f"/unit/matches/{match.pk}/")
    fatou.follow("Decide together")
    fatou.follow("Fill your column")
    fatou.write("Where most of the offending happened", "On our quay, three boats")
    fatou.press("Save your column")
    fatou.sees("Your column of the sheet was saved.")
    fatou.follow("Propose this: Work together")
    fatou.choose("Unit A")
    fatou.write("Who does what", "A: quay. B: road.")
    fatou.write("Why?", "The same network")
    fatou.press("Propose")
    fatou.sees("Waiting for Unit B.")

    lamin.page.goto(f"/unit/matches/{match.pk}/decide/")
    lamin.sees("Your turn.", "On our quay, three boats", "A: quay. B: road.")
    lamin.follow("Propose this: Hand over")
    lamin.choose("Unit B gives to Unit A")
    lamin.write("What is given", "Two records")
    lamin.write("Why?", "Our file is one plate and one man")
    lamin.press("Propose")
    lamin.sees("Waiting for Unit A.")

    fatou.page.goto(f"/unit/matches/{match.pk}/decide/")
    fatou.write("Why do you agree?", "We are further on")
    fatou.press("Agree")
    fatou.sees("Hand over: Unit B gives to Unit A", "Lamin Example", "Fatou Example")


def _hand_over(lamin: Desk) -> None:
    lamin.page.goto("/unit/handovers/")
    lamin.follow("Unit B to Unit A")
    lamin.sees("Permission missing")
    lamin.follow("Record permission")
    lamin.write("Who gave the permission?", "Police of Ostmark")
    lamin.write("Reference of the permission", "OST-77")
    for part, text in (("Day", "1"), ("Month", "2"), ("Year", "2026")):
        lamin.write(part, text)
    lamin.press("Record permission")
    lamin.press("Pick: Mouhamadou S. Diallo Nkemba")
    lamin.press("Pick: AB12 XYZ")
    lamin.sees("2. Exactly what Unit A will receive")
    lamin.write("Type the name of the receiving unit", "Unit C")
    lamin.press("Hand over 2 records")
    lamin.sees("This is not the name of the receiving unit.")
    lamin.write("Type the name of the receiving unit", "Unit A")
    lamin.press("Hand over 2 records")
    lamin.sees("Waiting for Unit A.")


def _accept_and_refuse(fatou: Desk) -> None:
    fatou.page.goto("/unit/handovers/")
    fatou.follow("Unit B to Unit A")
    fatou.sees("2 records wait.", "AB12 XYZ")
    fatou.sees_none_of(("Night lorries", "Interview note 7", "Police of Ostmark"))
    fatou.press("Accept: Mouhamadou S. Diallo Nkemba")
    fatou.sees("1 record waits.")
    fatou.page.get_by_text("Refuse it", exact=True).click()
    fatou.pick("Why is it refused?", "Not held")
    fatou.press("Refuse: AB12 XYZ")
    fatou.sees("Receipt", "CD-0001-R")


def _say_what_came_of_it(*heads: Desk) -> None:
    match = Match.objects.get()
    for head in heads:
        head.page.goto(f"/unit/matches/{match.pk}/decide/")
        head.choose("A new link was proved")
        head.press("Send what came of it")
        head.sees("What came of it was recorded.")
    heads[-1].sees("Closed")


LONG = "Norhaven" * 30


def _pages_of_a_handover(world: World) -> list[str]:
    pair = decided(world, DecisionKind.HANDOVER)
    van = entry.enter_entity(
        actor=world.ousman,
        investigation_id=pair.inv_b.pk,
        draft=EntityDraft("Vehicle", (said("type", LONG),)),
    )
    handovers.add_item(actor=world.lamin, handover_id=pair.handover.pk, entity_id=van.pk)
    package = f"/unit/handovers/{pair.handover.pk}/"
    permission = f"{package}permission/{pair.entity_b.pk}/"
    return ["/unit/handovers/", package, permission, f"/unit/matches/{pair.match.pk}/decide/"]


def _pages_of_a_room(world: World) -> list[str]:
    pair = decided(world, DecisionKind.JOINT)
    room = f"/unit/rooms/{pair.room.pk}/"
    rooms.post_message(actor=world.lamin, room_id=pair.room.pk, text=LONG)
    rooms.plan_room(actor=world.lamin, room_id=pair.room.pk, version=1, text=LONG)
    name = Statement.objects.get(entity=pair.entity_b, property="name")
    rooms.publish_item(
        actor=world.lamin,
        room_id=pair.room.pk,
        entity_id=pair.entity_b.pk,
        statement_ids=[name.pk],
    )
    return ["/unit/rooms/", room, f"{room}plan/", f"{room}publish/{pair.entity_b.pk}/"]


def _pages_of_a_deliberation(world: World) -> list[str]:
    pair = proposed(world)
    decisions.fill_criteria(
        actor=world.lamin, match_id=pair.match.pk, answers={Criterion.DELAY: LONG}
    )
    match = f"/unit/matches/{pair.match.pk}/"
    return [f"{match}decide/", f"{match}criteria/", f"{match}propose/?kind=HANDOVER"]


@pytest.mark.parametrize(
    "pages", [_pages_of_a_deliberation, _pages_of_a_handover, _pages_of_a_room]
)
def test_pages_are_accessible_and_fit_the_screen(
    page_of: OpenPage, real_world: World, pages: Callable[[World], list[str]]
) -> None:
    addresses = pages(real_world)
    # French on a phone has the longest words on the narrowest page.
    for language, viewport in (*product(("en", "ar"), (PHONE, DESKTOP)), ("fr", PHONE)):
        page = page_of(real_world.lamin, viewport=viewport)
        page.goto("/home/")
        page.locator(f"button[lang={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        for address in addresses:
            page.goto(address)
            found = Axe().run(page).response["violations"]
            assert [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found] == []
            overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert overflow <= 0, address
        page.context.close()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_word_of_an_explanation_is_broken_in_two(
    page_of: OpenPage, real_world: World, language: str
) -> None:
    pair = proposed(real_world)
    page = page_of(real_world.lamin, viewport=DESKTOP)
    page.goto("/home/")
    page.locator(f"button[lang={language}]").click()
    page.goto(f"/unit/matches/{pair.match.pk}/")
    names = page.locator(".explained th[scope=row]")
    expect(names.first).to_be_visible()
    broken = names.evaluate_all(
        """cells => cells.flatMap(cell => {
            // The longest label of any language, at the width that the page gives the column.
            cell.textContent = "Nationality";
            const range = document.createRange();
            range.selectNodeContents(cell);
            return range.getClientRects().length > 1 ? [cell.textContent] : [];
        })"""
    )
    assert broken == []
