"""What holds for the forms, keys and levels of every attribute."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslight.core.attributes import (
    accounts,
    addresses,
    adverts,
    case_references,
    devices,
    documents,
    emails,
    files,
    handles,
    networks,
    organisations,
    phones,
    plates,
    registrations,
    routes,
    urls,
    vehicles,
    vessels,
)

_ALL: list[ModuleType] = [
    accounts,
    addresses,
    adverts,
    case_references,
    devices,
    documents,
    emails,
    files,
    handles,
    networks,
    organisations,
    phones,
    plates,
    registrations,
    routes,
    urls,
    vehicles,
    vessels,
]
_TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="0123456789+-/. :|@?*IMOSNDKxXabcde²①٣", max_size=24),
)
_COUNTRIES = st.sampled_from([None, "gb", "SN", "??"])
_each = pytest.mark.parametrize(
    "module", _ALL, ids=lambda module: module.__name__.rpartition(".")[2]
)


@_each
@settings(deadline=None)
@given(raw=_TEXTS, country=_COUNTRIES)
def test_any_text_has_a_form_with_keys_or_none(module, raw, country):
    form = module.form(raw, country=country)
    if form is None:
        return
    assert form
    assert module.key(form) is None or module.key(form)
    assert all(module.variants(form))
    assert module.key(form) is None or module.level(form, form) in list(module.SENTENCES)[:2]


@_each
@settings(deadline=None)
@given(left=_TEXTS, right=_TEXTS, country=_COUNTRIES)
def test_levels_are_symmetric_and_all_have_a_sentence(module, left, right, country):
    forms = [module.form(raw, country=country) or raw for raw in (left, right)]
    level = module.level(*forms)
    assert level == module.level(*reversed(forms))
    assert level in module.SENTENCES


@_each
@settings(deadline=None)
@given(left=_TEXTS, right=_TEXTS, country=_COUNTRIES)
def test_forms_of_one_exact_key_are_never_different(module, left, right, country):
    forms = [module.form(raw, country=country) for raw in (left, right)]
    if None in forms or module.key(forms[0]) is None:
        return
    if module.key(forms[0]) == module.key(forms[1]):
        assert module.level(*forms) != "different"


@_each
def test_sentences_are_whole(module):
    assert all(text.endswith(".") and text[0].isupper() for text in module.SENTENCES.values())
