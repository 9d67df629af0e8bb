"""The library as a page: the same for contributors, desks and units."""

from __future__ import annotations

from html import unescape

import pytest

from tests.factories import World
from tests.review.factories import admitted_typology, in_library
from tests.web.signed_in import browser_of

READERS = ("amina", "banker", "luis", "ndeye", "vpo_a", "ncp_b", "rco", "auditor")


def read(world: World, reader: str, address: str = "/typologies/") -> str:
    response = browser_of(world.actors[reader]).get(address)
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


@pytest.mark.parametrize("reader", READERS)
def test_everyone_accredited_finds_it_in_the_menu_and_reads_it(world: World, reader: str) -> None:
    typology = in_library(world)
    page = read(world, reader)

    assert 'href="/typologies/"' in page
    assert "Deck hands who owe their fare" in page
    one = read(world, reader, f"/typologies/{typology.pk}/")
    assert "as a debt that the wage never pays off" in one
    assert "Port or seafarers' welfare" in one
    assert "May be innocent:" in one
    assert "Shelter Norhaven" not in one


def test_it_is_narrowed_by_sector(world: World) -> None:
    in_library(world)
    in_library(world, title="Beds that eat the wage", sector="agriculture")

    page = read(world, "ndeye", "/typologies/?sector=agriculture")
    assert "Beds that eat the wage" in page
    assert "Deck hands who owe their fare" not in page
    assert "Deck hands who owe their fare" in read(world, "ndeye", "/typologies/?sector=nonsense")


def test_an_empty_library_says_how_it_fills(world: World) -> None:
    admitted_typology(world)
    page = read(world, "amina")
    assert "No typology here yet" in page
    assert "Deck hands" not in page


def test_nobody_else_reads_it(world: World, client) -> None:
    typology = in_library(world)
    for address in ("/typologies/", f"/typologies/{typology.pk}/"):
        assert client.get(address).status_code == 302
    assert browser_of(world.expired).get("/typologies/").status_code == 403
    assert browser_of(world.amina).get("/typologies/typ_nothing/").status_code == 404


def test_it_is_nobody_s_home(world: World) -> None:
    """Whoever has no page of their own is told so, as before."""
    home = browser_of(world.administrator).get("/home/")
    assert home.status_code == 200
    assert browser_of(world.luis).get("/home/")["Location"] == "/desk/"
