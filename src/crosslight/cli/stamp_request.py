"""Asking a time-stamp authority over HTTP (RFC 3161, section 3.4): a hash goes, a token comes."""

from __future__ import annotations

import urllib.error
import urllib.request
from http.client import HTTPException
from urllib.parse import urlsplit

from crosslight.cli.support import PROBLEM, USAGE, Failure, fail
from crosslight.core.evidence.timestamps import MOST_BYTES

_SECONDS = 30
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"


def ask_authority(url: str, request: bytes) -> bytes:
    if urlsplit(url).scheme not in {"http", "https"}:
        raise fail(f"{url} is no address over HTTP.", status=USAGE)
    asked = urllib.request.Request(  # noqa: S310  the scheme was looked at
        url, data=request, headers={"Content-Type": _QUERY, "Accept": _REPLY}, method="POST"
    )
    kind: str
    data: bytes
    try:
        with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310
            kind, data = answer.headers.get_content_type(), answer.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise _unanswered(url, f"it answered with status {error.code}") from error
    except (OSError, HTTPException) as error:
        raise _unanswered(url, "no connection") from error
    if kind != _REPLY or len(data) > MOST_BYTES:
        raise _unanswered(url, "what it sent is no time stamp")
    return data


def _unanswered(url: str, why: str) -> Failure:
    return fail(
        f"The authority {url} gave no time stamp ({why}). The package is as it was. Try again "
        "later, or another authority: a stamp can be added at any time.",
        status=PROBLEM,
    )
