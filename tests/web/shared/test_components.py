from __future__ import annotations

import pytest
from django.test import Client

pytestmark = [pytest.mark.urls("tests.web.gallery"), pytest.mark.django_db]


def test_every_component_renders(client: Client) -> None:
    text = client.get("/gallery/").content.decode()

    for part in ("state-attention", 'class="table compare"', "audience", "date-parts", "chips"):
        assert part in text
    assert "‹RLO›" in text
    assert "<b>bold</b>" not in text


def test_faults_are_tied_to_their_fields(client: Client) -> None:
    text = client.post("/gallery/", {"name": ""}).content.decode()

    assert "There is a problem" in text
    assert 'href="#id_name"' in text
    assert 'aria-describedby="id_name_hint id_name_fault"' in text
    assert 'id="id_name_fault"' in text
    assert 'aria-invalid="true"' in text
