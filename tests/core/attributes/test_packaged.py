"""The package's data: words are words, as the comparisons look them up."""

from __future__ import annotations

import re

import pytest

from crosslight.core.attributes.packaged import load

_WORD = re.compile(r"[a-z0-9\u0600-\u06ff]+( [a-z0-9]+)*")


def _leaves(content):
    if isinstance(content, dict):
        content = content.values()
    elif not isinstance(content, list):
        return [content]
    return [leaf for item in content for leaf in _leaves(item)]


@pytest.mark.parametrize(
    "name", ["organisation_words-0.1.0.yaml", "address_words-0.1.0.yaml", "vessel_words-0.1.0.yaml"]
)
def test_every_entry_is_words_in_lower_case_without_accents(name):
    content = load(name)
    assert content.pop("version") == "0.1.0"
    assert all(isinstance(leaf, str) and _WORD.fullmatch(leaf) for leaf in _leaves(content))
