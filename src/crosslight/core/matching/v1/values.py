"""Values made ready, one by one: the form that compares, the exact key, looser variants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, Protocol

from rapidfuzz.distance import OSA
from rigour.territories import lookup_territory

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
from crosslight.core.matching.model import Attribute
from crosslight.core.names.folds import fold

DIFFERENT = "different"
_SLIP_LENGTH = 5
_CODE_LETTERS = 2


class Value(NamedTuple):
    """`form` compares; `key` is exact, empty where the value only describes.

    `variants` are looser. Two values that share none of these, nor a mark, are different.
    A tuple, for millions are made.
    """

    raw: str
    form: str
    key: str = ""
    variants: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How values of one attribute are read, and how two of their forms relate.

    `marks` brings together for comparison, beside key and variants, what may be alike; `slips`
    says that numbers one character apart are to be compared too, `always` that all are.
    """

    prefix: str
    form: Callable[..., str | None]
    key: Callable[[str], str | None] = lambda _: None
    variants: Callable[[str], tuple[str, ...]] = lambda _: ()
    level: Callable[[str, str], str] = lambda left, right: "exact" if left == right else DIFFERENT
    marks: Callable[[str], tuple[str, ...]] = lambda _: ()
    slips: bool = False
    always: bool = False

    def read(self, raw: str, *, country: str | None) -> Value | None:
        form = self.form(raw, country=country)
        if not form:
            return None
        key = self.key(form)
        return Value(
            raw=raw,
            form=form,
            key=f"{self.prefix}:{key}" if key else "",
            variants=tuple(f"{self.prefix}~{variant}" for variant in self.variants(form)),
            marks=self.marks(form),
        )


def _place_level(left: str, right: str) -> str:
    if left == right:
        return "exact"
    ours, theirs = set(left.split()), set(right.split())
    if ours <= theirs or theirs <= ours:
        return "slip"
    is_long = min(len(left), len(right)) >= _SLIP_LENGTH
    return "slip" if is_long and OSA.distance(left, right, score_cutoff=1) <= 1 else DIFFERENT


_SEX = {
    "male": "m male man h homme hombre masculin masculino ذكر",
    "female": "f female woman w femme mujer feminin féminin femenino feminino أنثى",
}
_SEX_FORMS = {word: sex for sex, words in _SEX.items() for word in words.split()}


def _sex(raw: str, *, country: str | None) -> str | None:  # noqa: ARG001
    """`male` or `female`; nothing for anything else, which is compared with nothing."""
    return _SEX_FORMS.get(raw.strip().casefold())


def _nationality(raw: str, *, country: str | None) -> str | None:  # noqa: ARG001
    return _country_code(raw.strip().casefold()) or None


@lru_cache(maxsize=4_096)
def _country_code(stated: str) -> str:
    """ISO code of a country that is named in one of many languages, else what was stated."""
    if len(stated) == _CODE_LETTERS:
        return stated
    found = lookup_territory(stated)
    return found.code if found else stated


def _place(raw: str, *, country: str | None) -> str | None:  # noqa: ARG001
    return place_form(raw) or None


@lru_cache(maxsize=65_536)
def place_form(raw: str) -> str:
    """Folded words in order of the alphabet: Tambacounda and Tambakunda become one."""
    return " ".join(sorted(fold(word) for word in addresses.words(raw)))


def _town(form: str) -> tuple[str, ...]:
    """The words of an address that name street, quarter and town."""
    return tuple(" ".join(form.split("|")[2:4]).split())


class _Comparable(Protocol):
    """What the module of an attribute offers."""

    def form(self, raw: str, *, country: str | None = None) -> str | None: ...

    def key(self, form: str, /) -> str | None: ...

    def variants(self, form: str, /) -> tuple[str, ...]: ...

    def level(self, left: str, right: str, /) -> str: ...


def _by(module: _Comparable, prefix: str, *, slips: bool = False, always: bool = False) -> Reading:
    return Reading(
        prefix,
        module.form,
        module.key,
        module.variants,
        module.level,
        slips=slips,
        always=always,
    )


READINGS: Mapping[Attribute, Reading] = {
    Attribute.PHONE: _by(phones, "phone", slips=True),
    Attribute.EMAIL: _by(emails, "email", slips=True),
    Attribute.HANDLE: _by(handles, "handle"),
    Attribute.ACCOUNT: _by(accounts, "account", slips=True),
    Attribute.DOCUMENT: _by(documents, "doc", slips=True),
    Attribute.PLATE: _by(plates, "plate", slips=True),
    Attribute.REGISTRATION: _by(registrations, "reg", slips=True),
    Attribute.VESSEL: _by(vessels, "vessel", always=True),
    Attribute.VIN: _by(vehicles, "vin", slips=True),
    Attribute.ORGANISATION: _by(organisations, "organisation", always=True),
    Attribute.SEX: Reading("sex", _sex),
    Attribute.NATIONALITY: Reading("nationality", _nationality),
    Attribute.BIRTH_PLACE: Reading("place", _place, level=_place_level, always=True),
    Attribute.PLACE: Reading("place", _place, level=_place_level, always=True),
    Attribute.OCCUPATION: Reading("work", _place, level=_place_level, always=True),
    Attribute.ADDRESS: replace(_by(addresses, "address"), marks=_town),
    Attribute.ADVERT: _by(adverts, "advert"),
    Attribute.NETWORK: _by(networks, "network"),
    Attribute.DEVICE: _by(devices, "device", slips=True),
    Attribute.LINK: _by(urls, "link"),
    Attribute.FILE: _by(files, "file"),
    Attribute.CASE: _by(case_references, "case", always=True),
    Attribute.ROUTE: _by(routes, "route"),
}


def read(attribute: Attribute, raw: str, *, country: str | None) -> Value | None:
    """The value as it compares; None where `raw` is none of the attribute."""
    if attribute in _REPEATED:
        return _read_before(attribute, raw)
    return READINGS[attribute].read(raw, country=country)


# Few values that many hold, read without regard to the country of entry.
_REPEATED = frozenset(
    {
        Attribute.SEX,
        Attribute.NATIONALITY,
        Attribute.BIRTH_PLACE,
        Attribute.PLACE,
        Attribute.OCCUPATION,
    }
)


@lru_cache(maxsize=65_536)
def _read_before(attribute: Attribute, raw: str) -> Value | None:
    return READINGS[attribute].read(raw, country=None)


IDENTIFIERS = frozenset(
    {
        Attribute.PHONE,
        Attribute.EMAIL,
        Attribute.HANDLE,
        Attribute.ACCOUNT,
        Attribute.DOCUMENT,
        Attribute.PLATE,
        Attribute.REGISTRATION,
        Attribute.VESSEL,
        Attribute.VIN,
        Attribute.ADVERT,
        Attribute.NETWORK,
        Attribute.DEVICE,
        Attribute.LINK,
        Attribute.FILE,
        Attribute.CASE,
    }
)
