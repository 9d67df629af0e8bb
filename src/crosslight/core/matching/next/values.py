"""Values made ready, one by one: the form that compares, the exact key, looser variants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from crosslight.core.attributes import (
    accounts,
    addresses,
    documents,
    emails,
    handles,
    organisations,
    phones,
    plates,
    registrations,
    vehicles,
    vessels,
)
from crosslight.core.matching.next.model import Attribute
from crosslight.core.names.folds import fold

DIFFERENT = "different"
_SLIP_LENGTH = 5
_NUMBER_LENGTH = 7


@dataclass(frozen=True, slots=True)
class Value:
    """`form` compares; `key` is exact, empty where the value only describes.

    `variants` are looser. Two values that share none of these, nor a mark, are different.
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


def _number_level(left: str, right: str) -> str:
    """One character of a long number wrong, missing, too many or exchanged with its neighbour."""
    if left == right:
        return "same"
    if min(len(left), len(right)) < _NUMBER_LENGTH:
        return DIFFERENT
    return "one_character" if OSA.distance(left, right, score_cutoff=1) <= 1 else DIFFERENT


def _mailbox_level(left: str, right: str) -> str:
    if left == right:
        return "same"
    return "same_mailbox" if emails.mailbox(left) == emails.mailbox(right) else DIFFERENT


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
    return raw.strip().casefold() or None


def _place(raw: str, *, country: str | None) -> str | None:  # noqa: ARG001
    return place_form(raw) or None


@lru_cache(maxsize=65_536)
def place_form(raw: str) -> str:
    """Folded words in order of the alphabet: Tambacounda and Tambakunda become one."""
    return " ".join(sorted(fold(word) for word in addresses.words(raw)))


def _town(form: str) -> tuple[str, ...]:
    """The words of an address that name street, quarter and town."""
    return tuple(" ".join(form.split("|")[2:]).split())


def _as_is(form: str) -> str:
    return form


READINGS: Mapping[Attribute, Reading] = {
    Attribute.PHONE: Reading(
        "phone", phones.form, phones.key, phones.variants, phones.level, slips=True
    ),
    Attribute.EMAIL: Reading(
        "email",
        emails.normalise,
        _as_is,
        lambda form: (emails.mailbox(form),),
        _mailbox_level,
    ),
    Attribute.HANDLE: Reading("handle", handles.form, handles.key, handles.variants, handles.level),
    Attribute.ACCOUNT: Reading(
        "account", accounts.form, accounts.key, accounts.variants, accounts.level, slips=True
    ),
    Attribute.DOCUMENT: Reading(
        "doc", documents.form, documents.key, documents.variants, documents.level, slips=True
    ),
    Attribute.PLATE: Reading(
        "plate", plates.form, plates.key, plates.variants, plates.level, slips=True
    ),
    Attribute.REGISTRATION: Reading(
        "reg", registrations.normalise, _as_is, level=_number_level, slips=True
    ),
    Attribute.VESSEL: Reading(
        "vessel", vessels.form, vessels.key, vessels.variants, vessels.level, always=True
    ),
    Attribute.VIN: Reading("vin", vehicles.normalise, _as_is, level=_number_level, slips=True),
    Attribute.ORGANISATION: Reading(
        "organisation",
        organisations.form,
        variants=organisations.variants,
        level=organisations.level,
        always=True,
    ),
    Attribute.SEX: Reading("sex", _sex),
    Attribute.NATIONALITY: Reading("nationality", _nationality),
    Attribute.BIRTH_PLACE: Reading("place", _place, level=_place_level, always=True),
    Attribute.PLACE: Reading("place", _place, level=_place_level, always=True),
    Attribute.OCCUPATION: Reading("work", _place, level=_place_level, always=True),
    Attribute.ADDRESS: Reading(
        "address",
        addresses.form,
        addresses.key,
        addresses.variants,
        addresses.level,
        marks=_town,
    ),
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
