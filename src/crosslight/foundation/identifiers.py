"""Opaque identifiers with a kind prefix (`con_…`): they order by time and say nothing else."""

from __future__ import annotations

import re
import secrets

from crosslight.foundation import clock

# Crockford's base 32, as in the ULID specification: no I, L, O, U.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_SHAPE = re.compile(r"[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}")
RECEIPT_GROUPS = 4


def new_id(kind: str) -> str:
    """`kind` is three letters; the rest is a ULID: 48 bits of milliseconds, 80 of chance."""
    milliseconds = int(clock.now().timestamp() * 1000)
    return f"{kind}_{_encode(milliseconds << 80 | secrets.randbits(80), length=26)}"


def is_id(value: str, *, kind: str) -> bool:
    return bool(_SHAPE.fullmatch(value)) and value.startswith(f"{kind}_")


def new_receipt_code() -> str:
    """Sixteen characters in groups of four, easy to copy by hand: `K7Q2-MX94-…`."""
    code = _encode(secrets.randbits(80), length=16).upper()
    return "-".join(code[at : at + 4] for at in range(0, 4 * RECEIPT_GROUPS, 4))


def new_secret(size: int = 32) -> str:
    return secrets.token_urlsafe(size)


def _encode(number: int, *, length: int) -> str:
    letters = []
    for _ in range(length):
        number, rest = divmod(number, 32)
        letters.append(_ALPHABET[rest])
    return "".join(reversed(letters))
