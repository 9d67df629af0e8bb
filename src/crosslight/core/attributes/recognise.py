"""The "paste anything" box: identifiers, dates and a likely name found in free text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from crosslight.core.attributes import (
    dates,
    documents,
    emails,
    handles,
    ibans,
    phones,
    plates,
    vehicles,
    vessels,
)

LONGEST_TEXT = 20_000


class Kind(StrEnum):
    NAME = "name"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    ACCOUNT = "account"
    DOCUMENT = "document"
    PLATE = "plate"
    VESSEL = "vessel"
    VIN = "vin"


@dataclass(frozen=True, slots=True)
class Recognised:
    """`raw` is `text[start:end]`; `ambiguous` asks a person to look, e.g. day or month first."""

    kind: Kind
    raw: str
    value: str
    start: int
    end: int
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class _Finder:
    """`pattern` has bounded repetitions only, so that a search stays linear in the text."""

    kind: Kind
    pattern: re.Pattern[str]
    read: Callable[[str, str | None], str | None]
    is_ambiguous: Callable[[str], bool]


def recognise(text: str, *, country: str | None = None) -> tuple[Recognised, ...]:
    """What the first 20,000 characters hold, in order of place; spans never overlap.

    `country` reads phone numbers written nationally. A name is only a candidate: the longest
    run of capitalised words that nothing else claimed.
    """
    searched = text[:LONGEST_TEXT]
    taken = bytearray(len(searched))
    found = [
        item for finder in _FINDERS for item in _found_by(finder, searched, taken, country=country)
    ]
    name = _name(searched, taken)
    if name:
        found.append(name)
    return tuple(sorted(found, key=lambda item: item.start))


def _found_by(
    finder: _Finder, text: str, taken: bytearray, *, country: str | None
) -> Iterator[Recognised]:
    for match in finder.pattern.finditer(text):
        start, end = match.span("value")
        raw = text[start:end]
        if any(taken[start:end]):
            continue
        value = finder.read(raw, country)
        if value is None:
            continue
        # The cue word goes with its value, or it would be taken for part of a name.
        taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
        yield Recognised(finder.kind, raw, value, start, end, finder.is_ambiguous(raw))


def _never(_: str) -> bool:
    return False


def _always(_: str) -> bool:
    return True


def _is_date_ambiguous(raw: str) -> bool:
    date = dates.parse(raw)
    return date is not None and date.is_ambiguous and not _YEAR_FIRST.match(raw)


def _read_phone(raw: str, country: str | None) -> str | None:
    return phones.normalise(raw, country=country)


def _read_document(raw: str, _: str | None) -> str | None:
    return documents.normalise(raw)


def _read_self_checking(raw: str, _: str | None) -> str | None:
    """Without a cue word only what checks, and a person still looks: one in 23 checks by chance."""
    return documents.normalise(raw) if documents.check_fits(raw) else None


def _read_plate(raw: str, _: str | None) -> str | None:
    return plates.normalise(raw)


def _read_handle(raw: str, _: str | None) -> str | None:
    return handles.normalise(raw)


_YEAR_FIRST = re.compile(r"\d{4}\D")
_DOCUMENT_CUES = (
    r"passport|passeport|pasaporte|passaporte|passport\s*(?:no|number)|identity\s*card|id\s*card"
    r"|id|cni|cin|dni|nie|carte\s*d['’]identit[eé]|c[eé]dula|bilhete|visa|residence\s*permit"
    r"|titre\s*de\s*s[eé]jour"
)
_PLATE_CUES = (
    r"plate|number\s*plate|plaque|immatriculation|immatricul[eé]e?|matr[ií]cula|reg(?:istration)?"
)
_CUE_END = r"\s{0,3}(?:no|nr|num|number|n[°º])?\s{0,2}[.:#°º]?\s{0,3}"

_FINDERS = (
    _Finder(
        Kind.EMAIL,
        re.compile(r"(?P<value>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})"),
        lambda raw, _: emails.normalise(raw),
        _never,
    ),
    _Finder(
        Kind.HANDLE,
        re.compile(r"(?P<value>(?:https?://|www\.)[^\s<>\"']{4,300})", re.IGNORECASE),
        _read_handle,
        _never,
    ),
    _Finder(
        Kind.HANDLE,
        re.compile(
            r"\b(?P<value>(?:facebook|instagram|tiktok|telegram|snapchat|twitter|fb|insta)"
            r"\s{0,2}:\s{0,2}@?[\w.-]{2,64}"
            r"|(?:facebook|fb|instagram|tiktok|x|twitter|t|snapchat|linkedin|vk)"
            r"\.(?:com|me)/[^\s<>\"']{2,200})",
            re.IGNORECASE,
        ),
        _read_handle,
        _never,
    ),
    _Finder(
        Kind.HANDLE,
        re.compile(r"(?<![\w@])(?P<value>@[A-Za-z0-9_.]{2,64})(?<!\.)"),
        _read_handle,
        _always,
    ),
    _Finder(
        Kind.ACCOUNT,
        re.compile(r"\b(?P<value>[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?)\b"),
        lambda raw, _: ibans.normalise(raw),
        _never,
    ),
    _Finder(
        Kind.VESSEL,
        re.compile(r"\b(?P<value>(?:IMO|MMSI)\D{0,3}\d{7,9})\b", re.IGNORECASE),
        lambda raw, _: vessels.normalise(raw),
        _never,
    ),
    _Finder(
        Kind.DOCUMENT,
        re.compile(
            rf"\b(?:{_DOCUMENT_CUES}){_CUE_END}"
            r"(?P<value>(?=[A-Z0-9-]{0,24}\d)[A-Z0-9][A-Z0-9-]{3,24})\b",
            re.IGNORECASE,
        ),
        _read_document,
        lambda raw: documents.check_fits(raw) is False,
    ),
    _Finder(
        Kind.DOCUMENT,
        re.compile(rf"(?<![\w+-])(?P<value>{documents.SELF_CHECKING_SHAPES})(?![\w-])"),
        _read_self_checking,
        _always,
    ),
    _Finder(
        Kind.PLATE,
        re.compile(
            rf"\b(?i:(?:{_PLATE_CUES}){_CUE_END})"
            r"(?P<value>[A-Z0-9]{1,8}(?:[ -][A-Z0-9]{1,6}){0,3}|[a-z0-9-]{3,12})\b"
        ),
        _read_plate,
        _never,
    ),
    _Finder(
        Kind.VIN,
        re.compile(r"\b(?P<value>(?=[A-Z0-9]{0,16}\d)[A-HJ-NPR-Z0-9]{17})\b"),
        lambda raw, _: vehicles.normalise(raw),
        lambda raw: not vehicles.is_check_digit_valid(raw),
    ),
    _Finder(
        Kind.BIRTH_DATE,
        re.compile(
            r"(?<![\d/.-])(?P<value>\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?![\d/-])"
        ),
        lambda raw, _: dates.normalise(raw),
        _is_date_ambiguous,
    ),
    _Finder(
        Kind.PHONE,
        re.compile(r"(?<![\w+])(?P<value>(?:\+|00)?\(?\d(?:[ ().-]{0,2}\d){6,16})(?!\w)"),
        _read_phone,
        lambda raw: not raw.startswith(("+", "00")),
    ),
)

_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’`-][^\W\d_]+)*\.?")
_JOINERS = frozenset(
    {"ould", "mint", "bint", "ben", "bin", "ibn", "de", "da", "do", "dos", "el", "al", "van"}
)
_NO_NAMES = frozenset(
    {"tel", "phone", "mobile", "born", "passport", "né", "née", "dob", "iban", "email", "mail"}
)
_MOST_NAME_WORDS = 8
_SHORTEST_NAME = 3


def _name(text: str, taken: bytearray) -> Recognised | None:
    """Longest run of capitalised words (or words of a script without case)."""
    runs = [run for run in _runs(text, taken) if not _is_code(text[run[0] : run[1]])]
    if not runs:
        return None
    start, end = max(runs, key=lambda run: (run[2], -run[0]))[:2]
    raw = text[start:end]
    longest = max(count for _, _, count in runs)
    is_ambiguous = longest == 1 or sum(count == longest for _, _, count in runs) > 1
    return Recognised(Kind.NAME, raw, " ".join(raw.split()), start, end, is_ambiguous)


def _is_code(run: str) -> bool:
    """One or two Latin letters alone are an initial or a code, and name nobody."""
    return run.isascii() and len(run.rstrip(".")) < _SHORTEST_NAME


def _runs(text: str, taken: bytearray) -> Iterator[tuple[int, int, int]]:
    """Start, end and number of words of each run of words that may be a name."""
    start, end, count = 0, 0, 0
    for word in _NAME_WORD.finditer(text):
        is_adjacent = count > 0 and text[end : word.start()].strip(" \t\u00a0") == ""
        if count and (not is_adjacent or count >= _MOST_NAME_WORDS):
            yield start, end, count
            count = 0
        if not _may_be_name(word.group(), is_inside=count > 0) or any(taken[slice(*word.span())]):
            if count:
                yield start, end, count
            count = 0
            continue
        start = start if count else word.start()
        end, count = word.end(), count + 1
    if count:
        yield start, end, count


def _may_be_name(word: str, *, is_inside: bool) -> bool:
    lowered = word.lower().rstrip(".")
    if lowered in _NO_NAMES:
        return False
    if is_inside and lowered in _JOINERS:
        return True
    return not word[0].islower()
