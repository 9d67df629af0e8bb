"""Names of headers that carry secrets. Their values are never kept, logged or shown.

A crawler that was logged in writes the investigator's session into the capture: whoever gets the
original can go on as them, and the suspect's provider can tell who looked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from crosslight.core.evidence.captures.findings import Code, Notes

SENT = frozenset({"cookie", "authorization", "proxy-authorization"})
RECEIVED = frozenset({"set-cookie", "set-cookie2"})
_INDEX_NAME = re.compile(
    rb'"req\.http:(cookie|authorization|proxy-authorization)"\s*:', re.IGNORECASE
)
_INDEX_KEY = "req.http:"
_FORM = "application/x-www-form-urlencoded"


def _fields(header: bytes) -> Iterator[tuple[str, bytes]]:
    """Names in lower case with their raw values, past the first line."""
    for line in header.split(b"\n")[1:]:
        name, colon, value = line.partition(b":")
        if colon:
            yield name.strip().decode("latin-1").lower(), value.strip()


def values_of(wanted: str, header: bytes) -> list[str]:
    """Of a header that carries no secret; in lower case."""
    return [value.decode("latin-1").lower() for name, value in _fields(header) if name == wanted]


def note_header(header: bytes, notes: Notes) -> None:
    for name in {name for name, _ in _fields(header)}:
        if name in SENT:
            notes.add(Code.CREDENTIALS_SENT, name)
        elif name in RECEIVED:
            notes.add(Code.CREDENTIALS_RECEIVED, name)


def note_request(header: bytes, *, has_body: bool, notes: Notes) -> None:
    """A form that was filled in may hold a password; what is in it is not looked at."""
    note_header(header, notes)
    if has_body:
        is_form = any(_FORM in kind for kind in values_of("content-type", header))
        notes.add(Code.FORMS_SENT, "form" if is_form else "other body")


def note_address(address: str, notes: Notes) -> None:
    """A user and a password before the host, as in https://user:word@example.org."""
    try:
        parts = urlsplit(address.strip("<> "))
    except ValueError:
        return
    if "@" in parts.netloc:
        notes.add(Code.CREDENTIALS_IN_ADDRESS)


def note_index_line(line: bytes, notes: Notes) -> None:
    """py-wacz copies headers of requests into its index, as `req.http:cookie`."""
    for name in _names_in_index(line):
        if name in SENT:
            notes.add(Code.CREDENTIALS_IN_INDEX, name)


def _names_in_index(line: bytes) -> set[str]:
    if b"http:" not in line.lower() and b"\\" not in line:
        return set()
    try:
        value = json.loads(line[line.index(b"{") :])
    except (ValueError, RecursionError):
        return {match.decode().lower() for match in _INDEX_NAME.findall(line)}
    names = value.keys() if isinstance(value, dict) else ()
    return {name.lower().removeprefix(_INDEX_KEY) for name in names if _INDEX_KEY in name.lower()}
