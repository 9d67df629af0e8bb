"""What may be said of an item in `metadata/package.json`, each fact with its form.

The list is closed. Names of natural persons have no place in it: organisations and pseudonyms
stand for people, and a file's own name is kept only by choice.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum
from urllib.parse import urlsplit

from crosslight.core.evidence.canonical import JSON
from crosslight.core.evidence.packages.faults import PackageFault, shown
from crosslight.core.evidence.packages.layout import PACKAGE_ID, SHA256
from crosslight.core.evidence.packages.moments import read_moment

CODE = re.compile(r"[a-z][a-z0-9_]{0,47}")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,63}/[a-z0-9][a-z0-9.+-]{0,63}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:.-]{0,79}")
_LONGEST_NAME, _LONGEST_URL = 255, 2048
_MANY = 64
_HTTP_STATUS = range(100, 600)

Check = Callable[[JSON], bool]


class Role(StrEnum):
    ORIGINAL = "original"
    CAPTURE = "capture"
    DERIVED = "derived"


class Clock(StrEnum):
    """Whose clock said when it was captured; they differ, so it is said."""

    BROWSER = "browser"
    TOOL = "tool"
    SERVER = "server"


def _matching(shape: re.Pattern[str]) -> Check:
    return lambda value: isinstance(value, str) and bool(shape.fullmatch(value))


def _is_line(value: JSON, *, longest: int) -> bool:
    return (
        isinstance(value, str)
        and 0 < len(value) <= longest
        and not any(unicodedata.category(character)[0] == "C" for character in value)
    )


def _is_url(value: JSON) -> bool:
    """Without a password in it: what opened the page is not part of the evidence."""
    if not isinstance(value, str) or not _is_line(value, longest=_LONGEST_URL):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc


def _is_address(value: JSON) -> bool:
    try:
        return isinstance(value, str) and str(ipaddress.ip_address(value)) == value
    except ValueError:
        return False


def _is_moment(value: JSON) -> bool:
    try:
        read_moment(value)
    except PackageFault:
        return False
    return True


def _is_status(value: JSON) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in _HTTP_STATUS


def _is_origin(value: JSON) -> bool:
    package, _, digest = value.partition("#") if isinstance(value, str) else ("", "", "")
    return bool(PACKAGE_ID.fullmatch(package) and SHA256.fullmatch(digest))


def _is_bool(value: JSON) -> bool:
    return isinstance(value, bool)


def are_codes(value: JSON) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= _MANY
        and all(map(_matching(CODE), value))
        and value == sorted(set(value))
    )


def _object_of(checks: Mapping[str, Check], *, required: frozenset[str]) -> Check:
    return lambda value: (
        isinstance(value, dict)
        and required <= value.keys() <= checks.keys()
        and all(checks[name](value[name]) for name in value)
    )


FACTS: Mapping[str, Check] = {
    "media_type_declared": _matching(_MEDIA_TYPE),
    "media_type_detected": _matching(_MEDIA_TYPE),
    "original_name": lambda value: _is_line(value, longest=_LONGEST_NAME),
    "derived_from": _is_origin,
    "source_url": _is_url,
    "captured_start": _is_moment,
    "captured_end": _is_moment,
    "clock": lambda value: value in list(Clock),
    "tool": _object_of(
        {
            "name": _matching(_VERSION),
            "version": _matching(_VERSION),
            "settings_sha256": _matching(SHA256),
        },
        required=frozenset({"name", "version"}),
    ),
    "http_status": _is_status,
    "resolved_ip": _is_address,
    "capture_context": _object_of(
        {"logged_in": _is_bool, "exit_country": _matching(_COUNTRY)}, required=frozenset()
    ),
    "defects": are_codes,
    "flags": _object_of(
        {
            "contains_location": _is_bool,
            "contains_request_credentials": _is_bool,
            "possible_minor": _is_bool,
        },
        required=frozenset(),
    ),
    "consent_ref": _matching(_REFERENCE),
}


def check_facts(facts: Mapping[str, JSON], *, role: Role, of: str) -> None:
    """`of` names the item in what is said of a fault."""
    for name, value in facts.items():
        if name not in FACTS:
            raise PackageFault(f"{of}: there is no fact {shown(name)}; the list is closed.")
        if not FACTS[name](value):
            raise PackageFault(f"{of}: {name} does not have its form.")
    if (role is Role.DERIVED) is not ("derived_from" in facts):
        raise PackageFault(f"{of}: derived_from goes with the role derived, and with no other.")
    times = [name for name in ("captured_start", "captured_end") if name in facts]
    if times and "clock" not in facts:
        raise PackageFault(f"{of}: {times[0]} does not say whose clock it is.")
    if len(times) == len(("start", "end")) and str(facts[times[0]]) > str(facts[times[1]]):
        raise PackageFault(f"{of}: the capture ends before it starts.")
