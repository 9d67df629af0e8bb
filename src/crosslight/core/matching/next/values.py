"""Values made ready, one by one: the form that compares, the exact key, a looser variant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from crosslight.core.attributes import (
    accounts,
    addresses,
    documents,
    emails,
    handles,
    phones,
    plates,
    registrations,
    vehicles,
    vessels,
)
from crosslight.core.matching.next.model import Attribute
from crosslight.core.names.folds import fold


@dataclass(frozen=True, slots=True)
class Value:
    """`form` compares; `key` is exact, empty where the value only describes; `variant` is looser.

    An empty `form` is a value that can't be normalised: it has a variant at best.
    """

    raw: str
    form: str
    key: str = ""
    variant: str = ""
    country: str = ""


Reader = Callable[[str, str | None], Value | None]


def _phone(raw: str, country: str | None) -> Value | None:
    number = phones.normalise(raw, country=country) or ""
    tail = phones.tail(number or raw)
    if not number and not tail:
        return None
    return Value(raw, number, number and f"phone:{number}", f"phonetail:{tail}" if tail else "")


def _email(raw: str, country: str | None) -> Value | None:
    form = emails.normalise(raw, country=country)
    if form is None:
        return None
    return Value(raw, form, f"email:{form}", f"mailbox:{emails.mailbox(form)}")


def _handle(raw: str, country: str | None) -> Value | None:
    form = handles.normalise(raw, country=country)
    if form is None:
        return None
    platform, _, name = form.partition(":")
    return Value(raw, form, f"handle:{form}" if platform else "", f"handlename:{name}")


def _document(raw: str, _: str | None) -> Value | None:
    """The country of entry says nothing of who issued the paper."""
    document = documents.parse(raw)
    if document is None:
        return None
    form = documents.comparable(document.number)
    return Value(raw, form, f"doc:{form}", country=document.country or "")


def _plate(raw: str, _: str | None) -> Value | None:
    """The country of entry says nothing of where the vehicle is registered."""
    plate = plates.parse(raw)
    if plate is None:
        return None
    form = plates.comparable(plate.characters)
    return Value(raw, form, f"plate:{form}", country=plate.country or "")


def _plain(name: str, normalise: Callable[..., str | None]) -> Reader:
    def read(raw: str, country: str | None) -> Value | None:
        form = normalise(raw, country=country)
        return Value(raw, form, f"{name}:{form}") if form else None

    return read


def _trait(form_of: Callable[[str], str]) -> Reader:
    def read(raw: str, _: str | None) -> Value | None:
        form = form_of(raw)
        return Value(raw, form) if form else None

    return read


def _address(raw: str, country: str | None) -> Value | None:
    form = addresses.normalise(raw, country=country)
    return Value(raw, form, variant=f"address:{form}") if form else None


_SEX = {
    "male": "m male man h homme hombre masculin masculino",
    "female": "f female woman w femme mujer feminin féminin femenino feminino",
}
_SEX_FORMS = {word: sex for sex, words in _SEX.items() for word in words.split()}


def sex_form(raw: str) -> str:
    """`male` or `female`; empty for anything else, which is compared with nothing."""
    return _SEX_FORMS.get(raw.strip().casefold(), "")


@lru_cache(maxsize=65_536)
def place_form(raw: str) -> str:
    """Folded words in order of the alphabet: Tambacounda and Tambakunda become one."""
    return " ".join(sorted(fold(word) for word in addresses.words(raw)))


READERS: Mapping[Attribute, Reader] = {
    Attribute.PHONE: _phone,
    Attribute.EMAIL: _email,
    Attribute.HANDLE: _handle,
    Attribute.ACCOUNT: _plain("account", accounts.normalise),
    Attribute.DOCUMENT: _document,
    Attribute.PLATE: _plate,
    Attribute.REGISTRATION: _plain("reg", registrations.normalise),
    Attribute.VESSEL: _plain("vessel", vessels.normalise),
    Attribute.VIN: _plain("vin", vehicles.normalise),
    Attribute.SEX: _trait(sex_form),
    Attribute.NATIONALITY: _trait(lambda raw: raw.strip().casefold()),
    Attribute.BIRTH_PLACE: _trait(place_form),
    Attribute.PLACE: _trait(place_form),
    Attribute.OCCUPATION: _trait(place_form),
    Attribute.ADDRESS: _address,
}
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
    }
)
