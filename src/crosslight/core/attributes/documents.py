"""Identity and travel documents: kind, issuing country and number."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz.distance import OSA
from stdnum.es import dni, nie
from stdnum.it import codicefiscale

from crosslight.core.attributes import lookalikes, mrz
from crosslight.core.attributes.sentences import gettext_noop
from crosslight.core.attributes.text import country_code, upper_alphanumerics

SENTENCES = MappingProxyType(
    {
        "exact": gettext_noop("The document numbers are the same."),
        "confusable": gettext_noop(
            "The document numbers differ only in characters that look alike."
        ),
        "trimmed": gettext_noop(
            "The document numbers are the same but for zeros or letters at the start."
        ),
        "same_number_other_kind": gettext_noop(
            "The same number is given for documents of different kinds."
        ),
        "other_country": gettext_noop(
            "The same number is given for documents of different countries."
        ),
        "one_character": gettext_noop(
            "The document numbers differ by one character or by two exchanged."
        ),
        "different": gettext_noop("The document numbers are different."),
    }
)

_KINDS = {
    "passport": "passport",
    "passeport": "passport",
    "pasaporte": "passport",
    "passaporte": "passport",
    "id": "id",
    "cni": "id",
    "cin": "id",
    "nie": "residence",
    "dni": "id",
    "visa": "visa",
    "visado": "visa",
    "residence": "residence",
    "licence": "licence",
    "tax": "tax",
    "social": "social",
    "document": "document",
}
_PREFIX = re.compile(r"^\s*(?P<kind>[^\W\d_]+)\b[\s:°.#-]+(?:(?P<country>[A-Za-z]{2})\s+)?(?=\S)")
_NUMBER_WORD = re.compile(
    r"^\s*(?P<kind>[^\W\d_]+)[\s:.-]+(?:(?:[Nn][or]|[Nn]um(?:ber|[eé]ro)?)[.:°º#]*\s+|[Nn][°º.]\s*)"
)
_COUNTRY_AFTER = re.compile(r"\(\s*([A-Z]{2})\s*\)\s*$")
# National numbers whose letters stand in fixed places and that check themselves.
SELF_CHECKING_SHAPES = r"[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]|[XYZ]-?\d{7}-?[A-Z]|\d{8}-?[A-Z]"
_CHECKS: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]"), codicefiscale.is_valid),
    (re.compile(r"[XYZ]\d{7}[A-Z]"), nie.is_valid),
    (re.compile(r"\d{8}[A-Z]"), dni.is_valid),
)
# Shapes of passport numbers that the issuing state keeps without exception (PRADO, Council of the
# European Union: public register of authentic travel and identity documents).
_PASSPORTS = {
    "BE": re.compile(r"[A-Z]{2}\d{6}"),
    "ES": re.compile(r"[A-Z]{2,3}\d{6}"),
    "FR": re.compile(r"\d{2}[A-Z]{2}\d{5}"),
    "GB": re.compile(r"\d{9}"),
    "IT": re.compile(r"[A-Z]{2}\d{7}"),
}
_START = re.compile(r"^[A-Z]{0,3}0*(?=.{6})")
_SHORTEST = 4
_LONGEST = 40
_SHORTEST_SLIP = 7
_ANY_KIND = frozenset({"", "document"})


@dataclass(frozen=True, slots=True)
class Document:
    kind: str | None
    country: str | None
    number: str


def parse(raw: str, *, country: str | None = None) -> Document | None:
    """Document from a machine-readable zone, `passport SN A0123456` or a bare number."""
    zone = mrz.read(raw) if "<" in raw else None
    if zone:
        return Document(kind=zone.kind, country=zone.country, number=zone.number)
    raw = _plain(raw)
    found = _PREFIX.match(raw)
    kind = _KINDS.get(found.group("kind").casefold()) if found else None
    written = found.group("country") if found and kind else None
    number = upper_alphanumerics(raw[found.end() :] if found and kind else raw)
    if not _SHORTEST <= len(number) <= _LONGEST or not any(map(str.isdigit, number)):
        return None
    return Document(kind=kind, country=country_code(written or country), number=number)


def _plain(raw: str) -> str:
    """`raw` without "No" after the kind, and with a country in brackets put before the number."""
    named = _NUMBER_WORD.match(raw)
    if named and named.group("kind").casefold() in _KINDS:
        raw = f"{named.group('kind')} {raw[named.end() :]}"
    stated = _COUNTRY_AFTER.search(raw)
    found = _PREFIX.match(raw) if stated else None
    if stated is None or found is None or found.group("country"):
        return raw
    if found.group("kind").casefold() not in _KINDS:
        return raw
    return f"{found.group('kind')} {stated.group(1)} {raw[found.end() : stated.start()]}"


def normalise(raw: str, *, country: str | None = None) -> str | None:
    """Number alone, upper case without separators; None when it cannot be a number."""
    document = parse(raw, country=country)
    return document.number if document else None


def check_fits(raw: str) -> bool | None:
    """Whether a self-checking number checks; None where its shape is not of such a kind.

    Countries share shapes, so a number that does not check is to be looked at, not refused.
    """
    number = upper_alphanumerics(raw)
    for shape, is_valid in _CHECKS:
        if shape.fullmatch(number):
            return bool(is_valid(number))
    return None


def comparable(number: str) -> str:
    """`number` with the letters that clerks confuse with digits written as digits."""
    return lookalikes.narrow(upper_alphanumerics(number))


def shape_fits(number: str, *, country: str) -> bool | None:
    """Whether `number` has the shape of a passport of `country`; None where no shape is sure."""
    shape = _PASSPORTS.get(country)
    return bool(shape.fullmatch(number)) if shape else None


def form(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """`NUMBER|kind|COUNTRY`; what is not written stays empty.

    The country of entry says nothing of who issued the paper.
    """
    document = parse(raw)
    if document is None:
        return None
    return f"{document.number}|{document.kind or ''}|{document.country or ''}"


def key(value: str) -> str | None:
    """Number with O and I read as digits, whatever its kind and country."""
    return comparable(value.partition("|")[0]) or None


def variants(value: str) -> tuple[str, ...]:
    """Number without the letters and zeros before it, all lookalikes read as digits."""
    return (_trimmed(value.partition("|")[0]),) if value.partition("|")[0] else ()


def _trimmed(number: str) -> str:
    return lookalikes.wide(_START.sub("", number))


@lru_cache(maxsize=65_536)
def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES."""
    ours, kind, state = _parts(left)
    theirs, other_kind, other_state = _parts(right)
    agreement = _number_level(ours, theirs)
    if agreement not in {"exact", "confusable"}:
        return agreement
    if state and other_state and state != other_state:
        return "other_country"
    if kind != other_kind and not {kind, other_kind} & _ANY_KIND:
        return "same_number_other_kind"
    return agreement


def _parts(value: str) -> tuple[str, str, str]:
    number, _, rest = value.partition("|")
    kind, _, state = rest.partition("|")
    return number, kind, state


def _number_level(left: str, right: str) -> str:
    if left == right:
        return "exact"
    if lookalikes.wide(left) == lookalikes.wide(right):
        return "confusable"
    if _is_start_missing(left, right) or _is_start_missing(right, left):
        return "trimmed"
    is_long = min(len(left), len(right)) >= _SHORTEST_SLIP
    ours, theirs = comparable(left), comparable(right)
    if is_long and OSA.distance(ours, theirs, score_cutoff=1) <= 1:
        return "one_character"
    return "different"


def _is_start_missing(whole: str, rest: str) -> bool:
    """Whether `whole` is `rest` with only letters or zeros before it; `A1` is not `B1`."""
    start = _START.match(whole)
    if start is None or len(rest) >= len(whole):
        return False
    missing = len(whole) - len(rest)
    return missing <= start.end() and lookalikes.wide(whole[missing:]) == lookalikes.wide(rest)


def display(value: str) -> str:
    return value
