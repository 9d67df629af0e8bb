"""What holds for any text in any identifier module."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslight.core.attributes import (
    accounts,
    addresses,
    dates,
    documents,
    emails,
    handles,
    ibans,
    phones,
    plates,
    registrations,
    vehicles,
    vessels,
    wallets,
)

_ALL: list[ModuleType] = [
    accounts,
    addresses,
    dates,
    documents,
    emails,
    handles,
    ibans,
    phones,
    plates,
    registrations,
    vehicles,
    vessels,
    wallets,
]
_STABLE = [addresses, dates, emails, ibans, phones, registrations, vehicles, wallets]
_TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="0123456789+-/. :@IMOSNDKxX²①٣", max_size=30),
)
_COUNTRIES = st.sampled_from([None, "gb", "SN", "??"])


@pytest.mark.parametrize("module", _ALL, ids=lambda module: module.__name__.rpartition(".")[2])
@settings(deadline=None)
@given(raw=_TEXTS, country=_COUNTRIES)
def test_any_text_gives_a_value_to_show_or_nothing(module, raw, country):
    value = module.normalise(raw, country=country)
    assert value is None or (value and module.display(value))


@pytest.mark.parametrize("module", _STABLE, ids=lambda module: module.__name__.rpartition(".")[2])
@settings(deadline=None)
@given(raw=_TEXTS, country=_COUNTRIES)
def test_a_normal_form_is_its_own_normal_form(module, raw, country):
    value = module.normalise(raw, country=country)
    assert value is None or module.normalise(value, country=country) == value
