"""Asking another machine over HTTP: no redirect is followed, and no answer is waited for long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

_SECONDS = 10
_MOST_BYTES = 64 * 1024


class Unanswered(Exception):
    """Nobody answered, or not as HTTP asks; the message says what happened."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    kind: str
    body: bytes


def post(url: str, body: bytes, *, headers: Mapping[str, str]) -> Answer:
    """Send `body` and wait a few seconds; raise Unanswered for anything but a whole answer."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Unanswered("The address must begin with http:// or https://.")
    try:
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.hostname, parts.port, timeout=_SECONDS)
        try:
            path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
            connection.request("POST", path, body=body, headers=dict(headers))
            answer = connection.getresponse()
            data = answer.read(_MOST_BYTES + 1)
            kind_of_body = answer.headers.get_content_type()
        finally:
            connection.close()
    except (OSError, HTTPException, ValueError) as error:
        raise Unanswered(f"{parts.hostname} does not answer ({type(error).__name__}).") from error
    if len(data) > _MOST_BYTES:
        raise Unanswered(f"{parts.hostname} answers more than there is to say.")
    return Answer(answer.status, kind_of_body, data)
